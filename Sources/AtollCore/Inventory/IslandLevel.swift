import AtollModel

/// The islands of one topology key: value to hosts.
public struct IslandLevel: Equatable, Sendable {
    /// Values in natural order.
    public private(set) var values: [String] = []
    private var slots: [String: [Int]] = [:]

    /// Slots of an island's hosts, ascending; empty for an island that does not exist.
    public subscript(value: String) -> [Int] { slots[value] ?? [] }

    init(_ slots: [String: [Int]]) {
        self.slots = slots
        values = slots.keys.sorted(by: NaturalOrder.precedes)
    }

    mutating func insert(_ slot: Int, value: String?) {
        guard let value, !value.isEmpty else { return }
        if slots[value] == nil {
            values.insert(value, at: values.firstIndex { !NaturalOrder.precedes($0, value) } ?? values.count)
        }
        slots[value, default: []].append(slot)
    }

    mutating func remove(_ slot: Int, value: String?) {
        guard let value, let index = slots[value]?.firstIndex(of: slot) else { return }
        slots[value]?.remove(at: index)
        guard slots[value]?.isEmpty == true else { return }
        slots[value] = nil
        values.removeAll { $0 == value }
    }
}
