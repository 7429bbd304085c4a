/// Asks an agent to look at its host and to draw what it sees; answered by one `TopologyText`.
public struct TopologyRead: Equatable, Sendable {
    public enum Format: String, CaseIterable, Sendable { case tree, matrix, json, yaml, dot, svg }

    /// Chosen by the coordinator; the answer carries it.
    public var read: UInt64
    public var format: Format

    public init(read: UInt64, format: Format) {
        self.read = read
        self.format = format
    }
}

public struct TopologyText: Equatable, Sendable {
    public enum Outcome: Equatable, Sendable {
        /// At most `bytesMax` of UTF-8, ending in a newline.
        case text(String)
        /// Why there is none.
        case failed(String)
    }

    /// A longer text is not sent.
    public static let bytesMax = 4 << 20

    public var read: UInt64
    public var outcome: Outcome

    public init(read: UInt64, outcome: Outcome) {
        self.read = read
        self.outcome = outcome
    }
}
