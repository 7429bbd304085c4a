/// Which hosts report a device, by its unique id. Nearly all have one owner, and cost one entry.
///
/// Ids are kept as fingerprints: a host's report brings many, and none of them is looked at again unless a second host
/// reports it.
struct DeviceOwners: Equatable, Sendable {
    private var first: [UInt64: Int] = [:]
    private var further: [UInt64: [Int]] = [:]

    mutating func insert(_ id: String, _ slot: Int) {
        guard !id.isEmpty else { return }
        let key = fingerprint(of: id)
        guard let owner = first.updateValue(slot, forKey: key) else { return }
        first[key] = owner
        // Partitions of a device may share its id.
        guard owner != slot, further[key]?.contains(slot) != true else { return }
        further[key, default: []].append(slot)
    }

    mutating func remove(_ id: String, _ slot: Int) {
        guard !id.isEmpty else { return }
        let key = fingerprint(of: id)
        if first[key] == slot {
            first[key] = further[key]?.removeFirst()
        } else {
            further[key]?.removeAll { $0 == slot }
        }
        if further[key]?.isEmpty == true { further[key] = nil }
    }

    /// In the order in which they came. Hosts with another id of the same fingerprint may be among them.
    func others(_ id: String, than slot: Int) -> [Int] {
        guard !further.isEmpty else { return [] }
        let key = fingerprint(of: id)
        guard let more = further[key], let owner = first[key] else { return [] }
        return ([owner] + more).filter { $0 != slot }
    }

    /// FNV-1a, 64 bits wide. RFC 9923.
    private func fingerprint(of id: String) -> UInt64 {
        id.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
