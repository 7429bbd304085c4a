/// A YAML value with the place it came from. Mappings keep their order and have unique text keys.
public struct YAMLNode: Equatable, Sendable {
    public enum Content: Equatable, Sendable {
        /// `isPlain` is true for an unquoted scalar that reads as null, a boolean or a number; everything else,
        /// quoted or not, is text. `YAMLScalarKind` has the rules.
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
