/// What a text may cost before it is refused.
public struct YAMLLimits: Equatable, Sendable {
    /// Bytes of the text, and of all scalars and keys once aliases are expanded.
    public var bytesMax: Int
    /// Nested sequences and mappings, aliases expanded.
    public var depthMax: Int
    /// Scalars, sequences and mappings of all documents, aliases expanded.
    public var nodesMax: Int

    public init(bytesMax: Int, depthMax: Int, nodesMax: Int) {
        self.bytesMax = bytesMax
        self.depthMax = depthMax
        self.nodesMax = nodesMax
    }

    public static let production = YAMLLimits(bytesMax: 16 << 20, depthMax: 100, nodesMax: 1_000_000)
    /// For tests that reach the limits.
    public static let tiny = YAMLLimits(bytesMax: 1024, depthMax: 4, nodesMax: 20)
}
