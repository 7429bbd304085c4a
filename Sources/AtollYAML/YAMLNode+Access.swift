extension YAMLNode {
    /// The value under a key; nil when there is none or this is not a mapping.
    public subscript(key: String) -> YAMLNode? { pairs?.first { $0.key == key }?.value }

    /// The entries of a mapping, in the order of the text.
    public var pairs: [YAMLPair]? {
        if case .mapping(let pairs) = content { pairs } else { nil }
    }

    /// The items of a sequence.
    public var items: [YAMLNode]? {
        if case .sequence(let items) = content { items } else { nil }
    }

    /// What a scalar means; nil for a sequence or mapping.
    public var scalarKind: YAMLScalarKind? {
        guard case .scalar(let text, let isPlain) = content else { return nil }
        return isPlain ? YAMLScalarKind(plain: text) : .text
    }

    /// The characters of a scalar of any kind, for values such as quantities that may be a number or text.
    public var scalarText: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// The value of a scalar that is text; nil for a number, a boolean and null.
    public var string: String? { scalarKind == .text ? scalarText : nil }

    /// Nil for anything but an integer that fits.
    public var int: Int? {
        if case .integer(let value) = scalarKind { value } else { nil }
    }

    /// Nil for anything but an unquoted boolean.
    public var bool: Bool? {
        if case .boolean(let value) = scalarKind { value } else { nil }
    }

    public var isNull: Bool { scalarKind == .null }

    /// The same value without places in a text, so that values from different texts compare equal.
    public var unmarked: YAMLNode {
        switch content {
        case .scalar: YAMLNode(content)
        case .sequence(let items): YAMLNode(.sequence(items.map(\.unmarked)))
        case .mapping(let pairs):
            YAMLNode(.mapping(pairs.map { YAMLPair(key: $0.key, value: $0.value.unmarked) }))
        }
    }
}
