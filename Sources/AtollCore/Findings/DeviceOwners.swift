/// Which hosts report a device, by its unique id. Nearly all have one owner, and cost one entry.
struct DeviceOwners: Equatable, Sendable {
    private var first: [String: Int] = [:]
    private var further: [String: [Int]] = [:]

    mutating func insert(_ id: String, _ slot: Int) {
        guard !id.isEmpty else { return }
        guard let owner = first[id] else { return first[id] = slot }
        // Partitions of a device may share its id.
        guard owner != slot, further[id]?.contains(slot) != true else { return }
        further[id, default: []].append(slot)
    }

    mutating func remove(_ id: String, _ slot: Int) {
        guard !id.isEmpty else { return }
        if first[id] == slot {
            first[id] = further[id]?.removeFirst()
        } else {
            further[id]?.removeAll { $0 == slot }
        }
        if further[id]?.isEmpty == true { further[id] = nil }
    }

    /// In the order in which they came.
    func others(_ id: String, than slot: Int) -> [Int] {
        guard !further.isEmpty, let more = further[id], let owner = first[id] else { return [] }
        return ([owner] + more).filter { $0 != slot }
    }
}
