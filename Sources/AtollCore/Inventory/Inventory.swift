public import AtollModel

/// All hosts, by name and by a slot number that stays the same while the coordinator runs.
public struct Inventory: Equatable, Sendable {
    public private(set) var hosts: [HostState] = []
    private var slots: [HostID: Int] = [:]
    /// Hosts by island, for each key that somebody has asked about.
    var levels: [String: IslandLevel] = [:]
    private(set) var census = DeviceCensus()
    /// Slots with something to send, in the order they came up, each once.
    private(set) var unsentSlots: [Int] = []
    private var isUnsent: [Bool] = []

    /// - Parameter topologyKeys: levels whose islands are compared from the beginning.
    init(topologyKeys: [String] = []) {
        for key in topologyKeys { census.follow(key, hosts: []) }
    }

    public var count: Int { hosts.count }

    public func slot(of host: HostID) -> Int? { slots[host] }

    public subscript(slot: Int) -> HostState { hosts[slot] }

    public subscript(host: HostID) -> HostState? { slots[host].map { hosts[$0] } }

    /// Changes one host in place; its labels are changed by `report` alone.
    mutating func update<Result>(_ slot: Int, _ change: (inout HostState) -> Result) -> Result {
        change(&hosts[slot])
    }

    @discardableResult
    mutating func add(_ facts: HostFacts, instance: ObjectUID?, link: HostLink) -> Int {
        let slot = hosts.count
        hosts.append(HostState(facts: facts, instance: instance, link: link))
        isUnsent.append(false)
        slots[facts.host] = slot
        census.insert(slot, hosts[slot])
        for key in levels.keys.sorted() { levels[key]?.insert(slot, value: facts.labels[key]) }
        return slot
    }

    /// Takes over what the host says about itself now.
    mutating func report(_ facts: HostFacts, slot: Int) {
        let before = hosts[slot].facts
        let isElsewhere = before.devices != facts.devices || before.labels != facts.labels
        leaveIslands(slot)
        if isElsewhere { census.remove(slot, hosts[slot]) }
        hosts[slot].report(facts, levels: census.levels)
        if isElsewhere { census.insert(slot, hosts[slot]) }
        enterIslands(slot)
        for key in levels.keys.sorted() where before.labels[key] != facts.labels[key] {
            levels[key]?.remove(slot, value: before.labels[key])
            levels[key]?.insert(slot, value: facts.labels[key])
        }
    }

    /// A host came back after a reboot; its other facts follow.
    mutating func noteBoot(_ id: String, address: String, slot: Int) {
        hosts[slot].facts.bootID = id
        hosts[slot].facts.address = address
    }

    /// The islands under a key. Quick for a key that was prepared, else every host is looked at.
    public func level(_ key: String) -> IslandLevel {
        if let level = levels[key] { return level }
        var values: [String: [Int]] = [:]
        for (slot, host) in hosts.enumerated() {
            if let value = host.facts.labels[key], !value.isEmpty { values[value, default: []].append(slot) }
        }
        return IslandLevel(values)
    }

    /// Keeps the islands of a key at hand from now on.
    mutating func prepareLevel(_ key: String) {
        guard levels[key] == nil else { return }
        census.follow(key, hosts: hosts)
        levels[key] = level(key)
        for host in hosts where host.isUnverified {
            if let value = host.facts.labels[key] { levels[key]?.addUnverified(in: value) }
        }
    }

    mutating func reserve(_ seat: Seat) {
        guard let slot = slots[seat.host] else { return }
        hosts[slot].reserve(seat)
    }

    mutating func release(_ seat: Seat) {
        guard let slot = slots[seat.host] else { return }
        hosts[slot].seatCount -= 1
        precondition(hosts[slot].seatCount >= 0, "seat \(seat) was released twice")
        if !seat.devices.isEmpty { hosts[slot].release(seat.devices) }
    }

    // MARK: What agents are told to hold

    mutating func assign(_ pod: PodAssignment, slot: Int) {
        guard hosts[slot].desired[pod.id] != pod else { return }
        hosts[slot].desired[pod.id] = pod
        markUnsent(pod.id, slot: slot)
    }

    /// A pod that has ended must not be started again by an agent that lost its records: from now on the whole set says
    /// `stop`. An agent that is connected holds the ended pod already and is told nothing.
    mutating func markEnded(_ pod: PodID, slot: Int) { hosts[slot].desired[pod]?.goal = .stop }

    mutating func forget(_ pod: PodID, slot: Int) {
        guard hosts[slot].desired[pod] != nil else { return }
        hosts[slot].desired[pod] = nil
        markUnsent(pod, slot: slot)
    }

    /// Tells a host to delete the folder of a claim, or no longer to.
    mutating func setRemoval(_ claim: VolumeClaimID, isWanted: Bool, slot: Int) {
        hosts[slot].removals[claim.uid] = isWanted ? claim : nil
        hosts[slot].areRemovalsUnsent = true
        markUnsent(slot)
    }

    mutating func markUnsent(_ pod: PodID, slot: Int) {
        hosts[slot].unsent.append(pod)
        markUnsent(slot)
    }

    mutating func markUnsent(_ slot: Int) {
        guard !isUnsent[slot] else { return }
        isUnsent[slot] = true
        unsentSlots.append(slot)
    }

    /// The slots with something to send; they are considered sent from now on.
    mutating func takeUnsentSlots() -> [Int] {
        for slot in unsentSlots { isUnsent[slot] = false }
        defer { unsentSlots.removeAll(keepingCapacity: true) }
        return unsentSlots
    }
}
