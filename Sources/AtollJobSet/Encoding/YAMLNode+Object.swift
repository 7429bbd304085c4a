import AtollModel
import AtollYAML

extension YAMLNode {
    /// A mapping in key order, as the Kubernetes API prints objects; entries without a value are left out.
    static func object(_ entries: [(String, YAMLNode?)], and more: [YAMLPair] = []) -> YAMLNode {
        let pairs = entries.compactMap { key, value in value.map { YAMLPair(key: key, value: $0) } }
        return YAMLNode(.mapping((pairs + more).sorted { $0.key < $1.key }))
    }

    /// Nil where there are none.
    static func labels(_ labels: Labels) -> YAMLNode? {
        labels.isEmpty ? nil : .map(labels.map { ($0, .string($1)) })
    }

    /// Nil where there are none.
    static func texts(_ texts: [String]) -> YAMLNode? { texts.isEmpty ? nil : .list(texts.map(YAMLNode.string)) }

    /// Nil where the text is empty.
    static func text(_ text: String) -> YAMLNode? { text.isEmpty ? nil : .string(text) }

    /// Nil where there are none.
    static func integers(_ integers: [Int32]) -> YAMLNode? { integers.isEmpty ? nil : .list(integers.map { .int($0) }) }

    /// Nil where it would be empty.
    var unlessEmpty: YAMLNode? { pairs?.isEmpty == true ? nil : self }
}
