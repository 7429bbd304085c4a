import AtollModel
import AtollYAML

// Values of a node that has passed `SchemaCheck`; absent and null are nil or empty.
extension YAMLNode {
    func mapping(_ key: String) -> YAMLNode { value(key) ?? .map([]) }

    func list(_ key: String) -> [YAMLNode] { value(key)?.items ?? [] }

    func text(_ key: String) -> String? { value(key)?.string }

    func texts(_ key: String) -> [String] { list(key).compactMap(\.string) }

    func int32s(_ key: String) -> [Int32] { list(key).compactMap { $0.int.flatMap(Int32.init(exactly:)) } }

    func flag(_ key: String) -> Bool? { value(key)?.bool }

    func int32(_ key: String) -> Int32? { value(key)?.int.flatMap(Int32.init(exactly:)) }

    func int64(_ key: String) -> Int64? { value(key)?.int.map(Int64.init) }

    func choice<Word: RawRepresentable<String>>(_ key: String) -> Word? { text(key).flatMap(Word.init(rawValue:)) }

    func labels(_ key: String) -> Labels {
        // Sorted first: appending to a sorted map is cheap, inserting in front is not.
        let pairs = (value(key)?.pairs ?? []).sorted { $0.key < $1.key }
        return Labels(pairs.lazy.map { ($0.key, $0.value.string ?? "") })
    }

    /// The fields that were accepted without being honoured, in key order.
    func unhonouredPairs(_ table: FieldTable) -> [YAMLPair] {
        (pairs ?? []).filter { pair in
            guard !pair.value.isNull, let field = table[pair.key] else { return false }
            return switch field.treatment {
            case .accepted, .ignored: true
            case .honoured, .refused: false
            }
        }
        .map { YAMLPair(key: $0.key, value: $0.value.unmarked) }
        .sorted { $0.key < $1.key }
    }
}
