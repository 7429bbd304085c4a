import AtollModel

/// The islands of one topology key: value to hosts.
public struct IslandLevel: Equatable, Sendable {
    let key: String
    /// Values in natural order.
    public private(set) var values: [String] = []
    private var slots: [String: [Int]] = [:]
    /// How many hosts of an island are unverified, where any is; see `Inventory+Verification.swift`.
    private var unverified: [String: Int] = [:]
    /// Nil until somebody asks, and after an island's hosts have changed.
    private(set) var free: FreeIslands?

    /// Slots of an island's hosts, ascending; empty for an island that does not exist.
    public subscript(value: String) -> [Int] { slots[value] ?? [] }

    init(key: String, _ slots: [String: [Int]]) {
        self.key = key
        self.slots = slots
        values = slots.keys.sorted(by: NaturalOrder.precedes)
    }

    mutating func insert(_ slot: Int, value: String?) {
        guard let value, !value.isEmpty else { return }
        free = nil
        if slots[value] == nil {
            values.insert(value, at: values.partitioned { NaturalOrder.precedes($0, value) })
        }
        slots[value, default: []].append(slot)
    }

    mutating func remove(_ slot: Int, value: String?) {
        guard let value, let index = slots[value]?.firstIndex(of: slot) else { return }
        free = nil
        slots[value]?.remove(at: index)
        guard slots[value]?.isEmpty == true else { return }
        slots[value] = nil
        values.removeAll { $0 == value }
    }

    // MARK: Islands that could be taken

    mutating func findFree(_ rooms: [HostRoom], _ order: NameOrder) {
        if free == nil { free = FreeIslands(of: self, rooms: rooms, order: order) }
    }

    mutating func hostChanged(_ slot: Int, isUntouched: Bool) { free?.hostChanged(slot, isUntouched: isUntouched) }

    // MARK: Islands that are held up

    var hasUnverified: Bool { !unverified.isEmpty }

    func hasUnverified(in value: String) -> Bool { unverified[value] != nil }

    mutating func addUnverified(in value: String) { unverified[value, default: 0] += 1 }

    /// Returns whether that was the last one of its island.
    mutating func removeUnverified(in value: String) -> Bool {
        guard let count = unverified[value] else { return false }
        unverified[value] = count > 1 ? count - 1 : nil
        return count == 1
    }
}
