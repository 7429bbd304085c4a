import AtollModel

/// How several inputs become one value.
public enum LabelReduction: String, CaseIterable, Equatable, Sendable {
    /// All the same, or else the rule is ambiguous and the label stays unset: no value is ever picked.
    case allEqual
    /// The first in the order of the paths: alternatives of `{a,b}` as written, each sorted bytewise.
    case first
    /// The distinct values, sorted and joined by `-`.
    case uniqueJoin
    /// How many inputs gave a value.
    case count
    /// The least and the greatest, where numbers count by their value: `8` is less than `16`.
    case min, max

    /// - Parameter values: at least one.
    func reduce(_ values: [String]) -> LabelResult {
        let distinct = Set(values).sorted(by: NaturalOrder.precedes)
        switch self {
        case .first: return .value(values[0])
        case .uniqueJoin: return .value(distinct.joined(separator: "-"))
        case .allEqual: return distinct.count == 1 ? .value(distinct[0]) : .ambiguous(distinct)
        case .count: return .value("\(values.count)")
        case .min: return .value(distinct[0])
        case .max: return .value(distinct[distinct.count - 1])
        }
    }
}
