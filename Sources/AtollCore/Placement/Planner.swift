import AtollModel

/// Finds places for all pods of one JobSet at once, or says why not (I2).
///
/// Pure: reads a snapshot and changes nothing. Exclusive classes choose whole islands first, then the others share
/// what is left. Source of the semantics: JobSet's exclusive placement, one child job to one topology domain.
///
/// A plan that succeeds looks at free islands and at the emptiest hosts alone. Only one that fails looks at the rest,
/// to say what is in the way: `Planner+Shortage.swift`.
struct Planner {
    /// Prepared for the keys of the request.
    let inventory: Inventory
    let limits: Limits
    /// What the plan has put on hosts so far, by slot.
    private var drafts: [Int: Draft] = [:]
    /// The open hosts as they are then.
    private var open: OpenHosts
    /// Hosts that this plan has put into an exclusive island.
    private(set) var enclosed: RankSet

    private struct Draft {
        var room: HostRoom
        var devices: [UInt32] = []
    }

    init(inventory: Inventory, limits: Limits) {
        precondition(inventory.order.count == inventory.count, "the inventory is not prepared")
        self.inventory = inventory
        self.limits = limits
        open = inventory.open
        enclosed = RankSet(below: inventory.count)
    }

    enum Outcome: Equatable {
        case placed(Placement)
        case short(PlacementReport)
    }

    mutating func plan(_ request: PlacementRequest) -> Outcome {
        var jobs: [[Placement.Job?]] = Array(repeating: [], count: request.classes.count)
        var shortages: [PlacementReport.Shortage] = []
        // Islands of different keys may overlap, so each key is settled before the next looks.
        for key in request.exclusiveKeys {
            let members = request.classes.indices.filter { request.classes[$0].topologyKey == key }
            placeExclusively(members, of: request, key: key, into: &jobs, shortages: &shortages)
        }
        if request.classes.contains(where: { $0.topologyKey == nil }) { closeEnclosed() }
        for index in request.sharedClasses {
            let job = request.classes[index]
            if let island = job.growth?.island {
                grow(job, within: island, into: &jobs[index], shortages: &shortages)
            } else {
                placeShared(job, into: &jobs[index], shortages: &shortages)
            }
        }
        return shortages.isEmpty ? .placed(Placement(jobs: jobs)) : .short(PlacementReport(shortages: shortages))
    }

    // MARK: Exclusive islands

    private mutating func placeExclusively(
        _ members: [Int],
        of request: PlacementRequest,
        key: String,
        into jobs: inout [[Placement.Job?]],
        shortages: inout [PlacementReport.Shortage]
    ) {
        let islands = inventory.freeIslands(key)
        var matching = IslandMatching(
            candidates: members.map { candidates(among: islands, for: request.classes[$0]) },
            needed: members.map { request.classes[$0].replicas }
        )
        guard matching.solve() else {
            for (position, member) in members.enumerated() {
                let (job, found) = (request.classes[member], matching.chosen[position].count)
                if found < job.replicas { shortages.append(shortage(of: job, among: islands, key, available: found)) }
            }
            return
        }
        for (position, member) in members.enumerated() {
            // Ranks follow the islands' names, whichever way they were found.
            for number in matching.chosen[position].sorted() {
                let island = IslandID(key: key, value: islands.values[number])
                let hosts = islands.slots[number]
                for slot in hosts { enclosed.insert(slot) }
                let seats = shares(of: request.classes[member], on: hosts).flatMap(\.seats)
                precondition(seats.count == request.classes[member].seats, "\(island) was surveyed as big enough")
                jobs[member].append(Placement.Job(island: island, seats: seats))
            }
        }
    }

    /// Numbers of the islands that a class could have now, smallest sufficient first.
    private func candidates(among islands: FreeIslands, for job: PlacementRequest.JobClass) -> [Int] {
        var ranked: [(room: Int, number: Int)] = []
        for number in islands.numbers where !isEnclosed(islands.slots[number]) {
            let room = room(on: islands.slots[number], for: job)
            if room >= job.seats { ranked.append((room, number)) }
        }
        return ranked.sorted(by: <).map(\.number)
    }

    private func isEnclosed(_ slots: [Int]) -> Bool { !enclosed.isEmpty && slots.contains(where: enclosed.contains) }

    /// More seats for a job on the hosts of the island that it holds.
    private func grow(
        _ job: PlacementRequest.JobClass,
        within island: IslandID,
        into jobs: inout [Placement.Job?],
        shortages: inout [PlacementReport.Shortage]
    ) {
        let hosts = inventory.level(island.key)[island.value]
        let room = room(on: hosts, for: job)
        guard room >= job.seats else {
            return shortages.append(shortage(of: job, on: hosts, island, available: room))
        }
        let seats = shares(of: job, on: emptiest(hosts, for: job)).flatMap(\.seats)
        jobs.append(Placement.Job(island: island, seats: seats))
    }

    // MARK: Shared hosts

    /// No other pod comes to an island that is exclusive from now on.
    private mutating func closeEnclosed() {
        for slot in enclosed { open.remove(inventory.order.ranks[slot], inventory.rooms[slot]) }
    }

    private mutating func placeShared(
        _ job: PlacementRequest.JobClass,
        into jobs: inout [Placement.Job?],
        shortages: inout [PlacementReport.Shortage]
    ) {
        guard hasRoom(for: job) else { return shortages.append(shortage(of: job)) }
        for _ in 0..<job.replicas {
            let shares = shares(of: job, on: emptiest(for: job))
            for share in shares { reserve(share) }
            jobs.append(Placement.Job(island: nil, seats: shares.flatMap(\.seats)))
        }
    }

    private func hasRoom(for job: PlacementRequest.JobClass) -> Bool {
        var missing = job.replicas * job.seats
        var hosts = open.emptiest(for: job.devices)
        while missing > 0, let rank = hosts.next() {
            missing -= capacity(of: inventory.order.numbers[rank], for: job)
        }
        return missing <= 0
    }

    /// The emptiest hosts, so that the pods of a job spread: as few as give each pod one of its own, or all that have
    /// room where there are fewer.
    private func emptiest(for job: PlacementRequest.JobClass) -> [Int] {
        var slots: [Int] = []
        var hosts = open.emptiest(for: job.devices)
        while slots.count < job.seats, let rank = hosts.next() {
            let slot = inventory.order.numbers[rank]
            if capacity(of: slot, for: job) > 0 { slots.append(slot) }
        }
        return slots
    }

    private func emptiest(_ slots: [Int], for job: PlacementRequest.JobClass) -> [Int] {
        let usable = slots.filter { capacity(of: $0, for: job) > 0 }
        let ranks = inventory.order.ranks
        return Array(
            usable.sorted { (room(of: $0).seatCount, ranks[$0]) < (room(of: $1).seatCount, ranks[$1]) }
                .prefix(job.seats)
        )
    }

    private mutating func reserve(_ share: Share) {
        var draft = drafts[share.slot] ?? Draft(room: inventory.rooms[share.slot])
        let rank = inventory.order.ranks[share.slot]
        open.remove(rank, draft.room)
        draft.room.seatCount += share.seats.count
        let devices = share.seats.flatMap(\.devices)
        draft.devices += devices
        if let vendor = share.vendor { draft.room.free[vendor] -= devices.count }
        open.insert(rank, draft.room)
        drafts[share.slot] = draft
    }

    // MARK: Both

    private func room(of slot: Int) -> HostRoom {
        if !drafts.isEmpty, let draft = drafts[slot] { return draft.room }
        return inventory.rooms[slot]
    }

    /// How many pods of a class a host could take now.
    func capacity(of slot: Int, for job: PlacementRequest.JobClass) -> Int {
        let room = room(of: slot)
        guard room.isSchedulable else { return 0 }
        if !job.nodeSelector.isEmpty, !inventory.hosts[slot].matches(job.nodeSelector) { return 0 }
        let places = limits.podsPerHost - room.seatCount
        guard let need = job.devices else { return places }
        return min(places, room.free[need.vendor] / need.count)
    }

    func room(on slots: [Int], for job: PlacementRequest.JobClass) -> Int {
        slots.reduce(0) { $0 + capacity(of: $1, for: job) }
    }

    /// The seats of one job on one host.
    private struct Share {
        let slot: Int
        let seats: [Seat]
        /// Of the devices; nil without.
        let vendor: AcceleratorVendor?
    }

    /// One job's seats on some hosts: neighbouring indexes on neighbouring hosts, spread as evenly as they allow.
    private func shares(of job: PlacementRequest.JobClass, on slots: [Int]) -> [Share] {
        let ranks = inventory.order.ranks
        let slots = slots.sorted { ranks[$0] < ranks[$1] }
        let counts = EvenShares(of: job.seats, room: slots.map { capacity(of: $0, for: job) }).counts
        return zip(slots, counts).map { slot, count in
            let host = inventory.hosts[slot].id
            guard let need = job.devices else {
                return Share(slot: slot, seats: Array(repeating: Seat(host: host), count: count), vendor: nil)
            }
            let devices = freeDevices(of: need.vendor, on: slot)
            let seats = (0..<count).map { Seat(host: host, devices: devices.part($0, of: need.count)) }
            return Share(slot: slot, seats: seats, vendor: need.vendor)
        }
    }

    private func freeDevices(of vendor: AcceleratorVendor, on slot: Int) -> [UInt32] {
        let free = inventory.freeDevices(of: vendor, slot: slot)
        guard !drafts.isEmpty, let taken = drafts[slot]?.devices else { return free }
        return free.filter { !taken.contains($0) }
    }
}

extension [UInt32] {
    /// The elements of the part with this number, all parts being of one size.
    fileprivate func part(_ number: Int, of size: Int) -> [UInt32] {
        size == count ? self : Array(self[(number * size)..<((number + 1) * size)])
    }
}

extension PlacementRequest {
    /// The distinct exclusive keys, in the order they first appear.
    var exclusiveKeys: [String] {
        var keys: [String] = []
        for job in classes { if let key = job.topologyKey, !keys.contains(key) { keys.append(key) } }
        return keys
    }
}
