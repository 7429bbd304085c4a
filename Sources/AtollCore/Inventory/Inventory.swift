public import AtollModel

/// All hosts, by name and by a slot number that stays the same while the coordinator runs.
public struct Inventory: Equatable, Sendable {
    public private(set) var hosts: [HostState] = []
    private var slots: [HostID: Int] = [:]
    /// Hosts by island, for each key that somebody has asked about, in key order.
    var levels: [IslandLevel] = []
    public internal(set) var claims = Claims()
    private(set) var census = DeviceCensus()
    /// What placement asks about each host, by slot.
    private(set) var rooms: [HostRoom] = []
    /// How many claimed islands each host is in, by slot.
    private var claimCounts: [Int] = []
    /// Slots by the names of their hosts; those that came since the last `prepare` are missing.
    private(set) var order = NameOrder()
    /// Those of `order` that are open.
    private(set) var open = OpenHosts(below: 0)
    /// Slots with something to send, in the order they came up, each once.
    private(set) var unsentSlots: [Int] = []
    private var isUnsent: [Bool] = []
    /// Grows when a host's address may have become another one.
    private(set) var addressChanges: UInt64 = 0
    /// Grows when a host may have become unfit for pods that have a seat there and have not started.
    private(set) var fitnessChanges: UInt64 = 0

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
        let wasShunned = hosts[slot].isShunned
        defer {
            refresh(slot)
            if hosts[slot].isShunned != wasShunned { fitnessChanges += 1 }
        }
        return change(&hosts[slot])
    }

    /// Something came from a host's agent. Comes often, and is nothing that placement asks about.
    mutating func heard(_ slot: Int, at now: Instant) { hosts[slot].lastHeard = now }

    @discardableResult
    mutating func add(_ facts: HostFacts, instance: ObjectUID?, link: HostLink) -> Int {
        let slot = hosts.count
        addressChanges += 1
        hosts.append(HostState(facts: facts, instance: instance, link: link))
        isUnsent.append(false)
        slots[facts.host] = slot
        // Not of a host that has only said hello: handing it over would be a copy for nothing.
        if hosts[slot].isDescribed { census.insert(slot, hosts[slot]) }
        for index in levels.indices { levels[index].insert(slot, value: facts.labels[levels[index].key]) }
        claimCounts.append(claims.count(aroundHostWith: facts.labels))
        rooms.append(HostRoom(hosts[slot], isClaimed: claimCounts[slot] > 0))
        return slot
    }

    /// Takes over what the host says about itself now.
    mutating func report(_ facts: HostFacts, slot: Int) {
        let before = hosts[slot].facts
        let isElsewhere = before.devices != facts.devices || before.labels != facts.labels
        if before.address != facts.address { addressChanges += 1 }
        leaveIslands(slot)
        if isElsewhere {
            if hosts[slot].isDescribed { census.remove(slot, hosts[slot]) }
            fitnessChanges += 1
        }
        hosts[slot].report(facts, levels: census.levels)
        if isElsewhere { census.insert(slot, hosts[slot]) }
        enterIslands(slot)
        if before.labels != facts.labels { move(slot, from: before.labels, to: facts.labels) }
        refresh(slot)
    }

    private mutating func move(_ slot: Int, from old: Labels, to new: Labels) {
        for index in levels.indices {
            let key = levels[index].key
            guard old[key] != new[key] else { continue }
            levels[index].remove(slot, value: old[key])
            levels[index].insert(slot, value: new[key])
        }
        claimCounts[slot] = claims.count(aroundHostWith: new)
    }

    /// A host came back after a reboot; its other facts follow.
    mutating func noteBoot(_ id: String, address: String, slot: Int) {
        addressChanges += 1
        hosts[slot].facts.bootID = id
        hosts[slot].facts.address = address
        hosts[slot].hasRebooted = true
    }

    /// Compares the islands of a key from now on.
    mutating func follow(_ key: String) { census.follow(key, hosts: hosts) }

    // MARK: Seats

    mutating func reserve(_ seat: Seat) {
        guard let slot = slots[seat.host] else { return }
        update(slot) { $0.reserve(seat) }
    }

    mutating func release(_ seat: Seat) {
        guard let slot = slots[seat.host] else { return }
        update(slot) { $0.release(seat) }
    }

    // MARK: What placement asks

    /// Free devices of one vendor on a host, ascending.
    func freeDevices(of vendor: AcceleratorVendor, slot: Int) -> [UInt32] {
        // Few hosts have devices of several. Of the others no more is read than it takes: a whole state is large.
        if hosts[slot].freeCounts[vendor] == hosts[slot].freeDevices.count { return hosts[slot].freeDevices }
        return hosts[slot].freeDevices(amongSeveral: vendor)
    }

    /// Keeps what placement asks about a host in step with it.
    private mutating func refresh(_ slot: Int) {
        let room = HostRoom(hosts[slot], isClaimed: claimCounts[slot] > 0)
        let before = rooms[slot]
        guard room != before else { return }
        rooms[slot] = room
        if slot < order.count {
            open.remove(order.ranks[slot], before)
            open.insert(order.ranks[slot], room)
        }
        guard room.isUntouched != before.isUntouched else { return }
        for index in levels.indices { levels[index].hostChanged(slot, isUntouched: room.isUntouched) }
    }

    /// Hosts of an island have come under a claim, or are no longer.
    mutating func addClaims(_ count: Int, to slots: [Int]) {
        for slot in slots {
            claimCounts[slot] += count
            refresh(slot)
        }
    }

    /// Takes in the names of new hosts.
    mutating func rankHosts() {
        guard order.count < hosts.count else { return }
        let hosts = hosts
        order.grow(to: hosts.count) { hosts[$0].id.name }
        open = OpenHosts(below: hosts.count)
        for (rank, slot) in order.numbers.enumerated() { open.insert(rank, rooms[slot]) }
    }

    // MARK: What agents are told to hold

    mutating func assign(_ pod: PodAssignment, slot: Int) {
        let before = hosts[slot].desired[pod.id]
        guard before != pod else { return }
        hosts[slot].desired[pod.id] = pod
        guard pod.goal == .run, before?.goal == .run else { return markUnsent(pod.id, slot: slot) }
        hosts[slot].unsentAttempts.append(pod.id)
        markUnsent(slot)
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
