extension YAMLNode {
    /// Reads YAML or JSON: one node for each document that is not empty, in order.
    ///
    /// Anchors and aliases are expanded. Refused, with the place: keys that are not text or are there twice, merge
    /// keys, tags other than those of plain YAML text, lists and mappings, and whatever exceeds `limits`.
    public static func parse(
        _ text: String,
        limits: YAMLLimits = .production
    ) throws(YAMLError) -> [YAMLNode] {
        try parse(bytes: Array(text.utf8), limits: limits)
    }

    /// The same for bytes as they came from a file or a peer; what is not UTF-8 is refused.
    public static func parse(
        bytes: [UInt8],
        limits: YAMLLimits = .production
    ) throws(YAMLError) -> [YAMLNode] {
        try YAMLComposer.compose(bytes, limits: limits)
    }
}
