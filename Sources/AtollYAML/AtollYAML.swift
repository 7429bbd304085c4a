/// A YAML value with the place it came from. Mappings keep their order and have unique text keys.
public struct YAMLNode: Equatable, Sendable {
    public enum Content: Equatable, Sendable {
        /// `isPlain` is true for an unquoted scalar, the only kind that may mean null, a number or a boolean.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([YAMLPair])
    }

    public var content: Content
    public var mark: YAMLMark

    public init(_ content: Content, mark: YAMLMark = YAMLMark()) {
        self.content = content
        self.mark = mark
    }
}

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

/// A place in the text; both numbers start at 1, and 0 means unknown.
public struct YAMLMark: Equatable, Sendable {
    public var line, column: Int

    public init(line: Int = 0, column: Int = 0) {
        self.line = line
        self.column = column
    }
}
