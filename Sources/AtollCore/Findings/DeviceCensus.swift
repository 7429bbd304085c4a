import AtollModel

/// Which devices the hosts of each island have, and which hosts say that a device is theirs: kept up with every report,
/// so that nobody has to look at all hosts to see that one is unlike the others.
struct DeviceCensus: Equatable, Sendable {
    /// Topology keys whose islands are compared: those of the operator, then those that were asked for.
    private(set) var levels: [String] = []
    private var islands: [IslandID: Island] = [:]
    private var owners = DeviceOwners()

    /// What the hosts of an island have.
    fileprivate struct Island: Equatable, Sendable {
        /// One for each kind of equipment, which are few.
        var groups: [Group] = []

        struct Group: Equatable, Sendable {
            let equipment: String
            var slots: [Int]
        }
    }

    /// How a host's equipment compares with its island's.
    struct Oddity {
        let island: IslandID
        /// What others have, the most frequent first, and how many do.
        let others: [(equipment: String, hosts: Int)]
    }

    mutating func follow(_ key: String, hosts: [HostState]) {
        guard !levels.contains(key) else { return }
        levels.append(key)
        for (slot, host) in hosts.enumerated() { insert(slot, host, into: key) }
    }

    mutating func insert(_ slot: Int, _ host: HostState) {
        guard host.isDescribed else { return }
        for key in levels { insert(slot, host, into: key) }
        for device in host.facts.devices { owners.insert(device.uniqueID, slot) }
    }

    mutating func remove(_ slot: Int, _ host: HostState) {
        guard host.isDescribed else { return }
        for island in islands(around: host.facts.labels) { remove(slot, host, island) }
        for device in host.facts.devices { owners.remove(device.uniqueID, slot) }
    }

    private mutating func insert(_ slot: Int, _ host: HostState, into key: String) {
        guard host.isDescribed, let value = host.facts.labels[key], !value.isEmpty else { return }
        islands[IslandID(key: key, value: value), default: Island()].insert(slot, host.equipment)
    }

    private mutating func remove(_ slot: Int, _ host: HostState, _ island: IslandID) {
        islands[island]?.remove(slot, host.equipment)
        if islands[island]?.groups.isEmpty == true { islands[island] = nil }
    }

    // MARK: Questions

    /// The islands that a host with these labels is in, one for each level at most.
    func islands(around labels: Labels) -> [IslandID] {
        levels.compactMap { key in labels[key].map { IslandID(key: key, value: $0) } }
    }

    /// Nil for a host that has what most of its island have.
    func oddity(of host: HostState, under key: String) -> Oddity? {
        guard host.isDescribed, let value = host.facts.labels[key] else { return nil }
        let island = IslandID(key: key, value: value)
        guard let groups = islands[island]?.groups, groups.count > 1 else { return nil }
        let others = groups.filter { $0.equipment != host.equipment }
            .sorted { ($1.slots.count, $0.equipment) < ($0.slots.count, $1.equipment) }
        let own = groups.first { $0.equipment == host.equipment }?.slots.count ?? 0
        guard let first = others.first, first.slots.count >= own else { return nil }
        return Oddity(island: island, others: others.map { ($0.equipment, $0.slots.count) })
    }

    /// Hosts of an island that do not have what most of it have, in order.
    func oddSlots(in island: IslandID) -> [Int] {
        guard let groups = islands[island]?.groups, groups.count > 1 else { return [] }
        let most = groups.reduce(0) { max($0, $1.slots.count) }
        let isTie = groups.count { $0.slots.count == most } > 1
        return groups.filter { isTie || $0.slots.count < most }.flatMap(\.slots).sorted()
    }

    /// Other hosts that report the same device, and maybe some that do not.
    func otherOwners(of device: Device, than slot: Int) -> [Int] { owners.others(device.uniqueID, than: slot) }
}

extension DeviceCensus.Island {
    fileprivate mutating func insert(_ slot: Int, _ equipment: String) {
        if let index = groups.firstIndex(where: { $0.equipment == equipment }) {
            groups[index].slots.append(slot)
        } else {
            groups.append(Group(equipment: equipment, slots: [slot]))
        }
    }

    fileprivate mutating func remove(_ slot: Int, _ equipment: String) {
        guard let index = groups.firstIndex(where: { $0.equipment == equipment }) else { return }
        groups[index].slots.removeAll { $0 == slot }
        if groups[index].slots.isEmpty { groups.remove(at: index) }
    }
}
