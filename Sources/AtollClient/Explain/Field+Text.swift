import AtollJobSet

extension Field {
    /// The type as `kubectl explain` writes it: `[]string`.
    var typeText: String { typeName ?? type.text }
}

extension FieldType {
    fileprivate var text: String {
        switch self {
        case .any: "Object"
        case .text, .choice: "string"
        case .integerOrText: "IntOrString"
        case .boolean: "boolean"
        case .int32, .int64: "integer"
        case .texts: "[]string"
        case .int32s: "[]integer"
        case .textMap: "map[string]string"
        case .quantity: "Quantity"
        case .quantities: "map[string]Quantity"
        case .object(let table): table.title
        case .objects(let table, _, _): "[]\(table.title)"
        }
    }

    /// What restricts the values, a line each; empty where the type says all.
    var valuesTexts: [String] {
        switch self {
        case .any, .text, .integerOrText, .texts, .textMap, .quantity, .quantities, .object: []
        case .boolean: ["true, false"]
        case .int32(let minimum): minimum == .min ? [] : ["\(minimum) to \(Int32.max)"]
        case .int64(let minimum): minimum == .min ? [] : ["at least \(minimum)"]
        case .choice(let words, let refused):
            [words.joined(separator: ", ")] + refused.sorted { $0.key < $1.key }.map { "refused: \($0.value)" }
        case .int32s(let countMax): ["at most \(countMax) items"]
        case .objects(_, let countMax, let key):
            [countMax == .max ? nil : "at most \(countMax) items", key.map { "no two items with the same \($0)" }]
                .compactMap(\.self)
        }
    }
}

extension Field.Treatment {
    var text: String {
        switch self {
        case .honoured: "honoured"
        case .accepted: "accepted, as what it says is true anyway or only for reading"
        case .ignored: "accepted with a warning, and ignored"
        case .refused: "refused"
        }
    }

    /// In a list of fields; nil for the honoured ones, which are what users look for.
    var mark: String? {
        switch self {
        case .honoured: nil
        case .accepted: "accepted"
        case .ignored: "ignored"
        case .refused: "refused"
        }
    }

    var reason: String? {
        switch self {
        case .honoured, .accepted: nil
        case .ignored(let reason), .refused(let reason): reason
        }
    }

    var style: Style? {
        switch self {
        case .honoured: .good
        case .accepted: nil
        case .ignored: .attention
        case .refused: .bad
        }
    }
}
