/// One entry of a mapping.
public struct YAMLPair: Equatable, Sendable {
    public var key: String
    public var keyMark: YAMLMark
    public var value: YAMLNode

    public init(key: String, keyMark: YAMLMark = YAMLMark(), value: YAMLNode) {
        self.key = key
        self.keyMark = keyMark
        self.value = value
    }
}
