extension YAMLNode {
    public static let null = YAMLNode(.scalar("null", isPlain: true))

    public static func string(_ text: String) -> YAMLNode { YAMLNode(.scalar(text, isPlain: false)) }

    public static func int(_ value: some BinaryInteger) -> YAMLNode {
        YAMLNode(.scalar(String(value), isPlain: true))
    }

    public static func bool(_ value: Bool) -> YAMLNode { YAMLNode(.scalar(value ? "true" : "false", isPlain: true)) }

    public static func list(_ items: [YAMLNode]) -> YAMLNode { YAMLNode(.sequence(items)) }

    /// A mapping in the given order; entries without a value are left out. Keys must be unique.
    public static func map(_ entries: [(String, YAMLNode?)]) -> YAMLNode {
        YAMLNode(.mapping(entries.compactMap { key, value in value.map { YAMLPair(key: key, value: $0) } }))
    }
}
