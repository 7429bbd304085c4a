import AtollModel
import HeapModule

/// Finds places for all pods of one JobSet at once, or says why not (I2).
///
/// Pure: reads a snapshot and changes nothing. Exclusive classes choose whole islands first, then the others share
/// what is left. Source of the semantics: JobSet's exclusive placement, one child job to one topology domain.
struct Planner {
    private let inventory: Inventory
    /// Hosts on which this plan has put pods, as they are then. Apart from the snapshot, which stays shared that way.
    private var changed: [Int: HostState] = [:]
    private let claims: Claims
    private let limits: Limits
    /// Hosts that this plan has put into an exclusive island.
    private var enclosed: Set<Int> = []

    init(inventory: Inventory, claims: Claims, limits: Limits) {
        self.inventory = inventory
        self.claims = claims
        self.limits = limits
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
        for (index, job) in request.classes.enumerated() where job.topologyKey == nil {
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
        let level = inventory.level(key)
        let surveys = members.map { survey(level, key: key, for: request.classes[$0]) }
        var matching = IslandMatching(
            candidates: surveys.map(\.candidates),
            needed: members.map { request.classes[$0].replicas }
        )
        guard matching.solve() else {
            for (position, member) in members.enumerated() {
                let found = matching.chosen[position].count
                guard found < request.classes[member].replicas else { continue }
                shortages.append(surveys[position].shortage(request.classes[member], available: found))
            }
            return
        }
        for (position, member) in members.enumerated() {
            // Ranks follow the islands' names, whichever way they were found.
            for number in matching.chosen[position].sorted() {
                let island = IslandID(key: key, value: level.values[number])
                let hosts = level[island.value]
                enclosed.formUnion(hosts)
                let seats = seats(for: request.classes[member], on: hosts)
                precondition(seats.count == request.classes[member].seats, "\(island) was surveyed as big enough")
                jobs[member].append(Placement.Job(island: island, seats: seats))
            }
        }
    }

    /// Which islands of a level a class could have now, smallest sufficient first, and what is wrong with the others.
    private func survey(_ level: IslandLevel, key: String, for job: PlacementRequest.JobClass) -> Survey {
        var survey = Survey(existing: level.values.count)
        var ranked: [(number: Int, room: Int)] = []
        for (number, value) in level.values.enumerated() {
            let hosts = level[value]
            if let cause = obstacle(on: hosts, island: IslandID(key: key, value: value)) {
                survey.note(cause, value)
                continue
            }
            let room = hosts.reduce(0) { $0 + capacity(of: $1, for: job) }
            if room >= job.seats {
                ranked.append((number, room))
            } else {
                survey.note(smallness(of: hosts, for: job), value)
            }
        }
        survey.candidates = ranked.sorted { ($0.room, $0.number) < ($1.room, $1.number) }.map(\.number)
        return survey
    }

    /// What keeps an island from being taken whole (I1), whoever asks.
    private func obstacle(on hosts: [Int], island: IslandID) -> PlacementReport.Obstacle.Cause? {
        if let holder = claims[island] { return .held(by: holder.jobSet) }
        for slot in hosts {
            if enclosed.contains(slot) { return .inUse }
            if let holder = claims.holder(ofHostWith: inventory.hosts[slot].facts.labels) {
                return .held(by: holder.jobSet)
            }
            if inventory.hosts[slot].isUnverified { return .hostsNotReady }
            if inventory.hosts[slot].seatCount > 0 || !inventory.hosts[slot].strays.isEmpty { return .inUse }
        }
        return nil
    }

    /// Which of several reasons explains best why a free island has too little room.
    private func smallness(of hosts: [Int], for job: PlacementRequest.JobClass) -> PlacementReport.Obstacle.Cause {
        let matching = hosts.filter { inventory.hosts[$0].matches(job.nodeSelector) }
        if matching.isEmpty { return .selectorMismatch }
        if matching.contains(where: { !inventory.hosts[$0].isReady }) { return .hostsNotReady }
        if matching.contains(where: { inventory.hosts[$0].cordon != nil }) { return .cordoned }
        if let need = job.devices,
            matching.contains(where: { inventory.hosts[$0].freeDeviceCount(of: need.vendor) < need.count })
        {
            return .tooFewDevices
        }
        return .tooFewHosts
    }

    /// More seats for a job on the hosts of the island that it holds.
    private func grow(
        _ job: PlacementRequest.JobClass,
        within island: IslandID,
        into jobs: inout [Placement.Job?],
        shortages: inout [PlacementReport.Shortage]
    ) {
        let hosts = inventory.level(island.key)[island.value]
        let room = hosts.reduce(0) { $0 + capacity(of: $1, for: job) }
        guard room >= job.seats else {
            var survey = Survey(existing: hosts.count)
            survey.note(smallness(of: hosts, for: job), island.value)
            return shortages.append(survey.shortage(job, available: room))
        }
        jobs.append(Placement.Job(island: island, seats: seats(for: job, on: emptiest(hosts, for: job))))
    }

    // MARK: Shared hosts

    private mutating func placeShared(
        _ job: PlacementRequest.JobClass,
        into jobs: inout [Placement.Job?],
        shortages: inout [PlacementReport.Shortage]
    ) {
        var survey = Survey(existing: inventory.count)
        var usable: [Int] = []
        for slot in inventory.hosts.indices {
            if let cause = obstacle(onHost: slot, for: job) {
                survey.note(cause, inventory[slot].id.name)
            } else {
                usable.append(slot)
            }
        }
        let room = usable.reduce(0) { $0 + capacity(of: $1, for: job) }
        guard room >= job.replicas * job.seats else {
            shortages.append(survey.shortage(job, available: room))
            return
        }
        for _ in 0..<job.replicas {
            let seats = seats(for: job, on: emptiest(usable, for: job))
            for seat in seats { reserve(seat) }
            jobs.append(Placement.Job(island: nil, seats: seats))
        }
    }

    /// The emptiest hosts, so that the pods of a job spread: as few as give each pod one of its own, or all that have
    /// room where there are fewer.
    private func emptiest(_ slots: [Int], for job: PlacementRequest.JobClass) -> [Int] {
        // Of thousands of hosts a few are wanted: the best so far are kept, and most others meet only the worst of them.
        var best = Heap<Candidate>()
        for slot in slots where capacity(of: slot, for: job) > 0 {
            let candidate = Candidate(slot: slot, seatCount: seatCount(of: slot), name: inventory.hosts[slot].id.name)
            if best.count < job.seats {
                best.insert(candidate)
            } else if let worst = best.max, candidate < worst {
                best.replaceMax(with: candidate)
            }
        }
        return best.unordered.map(\.slot)
    }

    private mutating func reserve(_ seat: Seat) {
        guard let slot = inventory.slot(of: seat.host) else { return }
        changed[slot, default: inventory[slot]].reserve(seat)
    }

    private func obstacle(onHost slot: Int, for job: PlacementRequest.JobClass) -> PlacementReport.Obstacle.Cause? {
        if let holder = claims.holder(ofHostWith: inventory.hosts[slot].facts.labels) {
            return .held(by: holder.jobSet)
        }
        if enclosed.contains(slot) { return .inUse }
        if !inventory.hosts[slot].matches(job.nodeSelector) { return .selectorMismatch }
        if !inventory.hosts[slot].isReady { return .hostsNotReady }
        if inventory.hosts[slot].cordon != nil { return .cordoned }
        return capacity(of: slot, for: job) > 0 ? nil : .tooFewDevices
    }

    // MARK: Both

    /// How many pods of a class a host could take now.
    ///
    /// Asked for every host of the cluster, so the host is looked at where it lies: a copy of one is not cheap.
    private func capacity(of slot: Int, for job: PlacementRequest.JobClass) -> Int {
        if !changed.isEmpty, let host = changed[slot] {
            return host.capacity(for: job, podsMax: limits.podsPerHost)
        }
        return inventory.hosts[slot].capacity(for: job, podsMax: limits.podsPerHost)
    }

    private func seatCount(of slot: Int) -> Int {
        (changed.isEmpty ? nil : changed[slot]?.seatCount) ?? inventory.hosts[slot].seatCount
    }

    /// One job's seats on some hosts: neighbouring indexes on neighbouring hosts, spread as evenly as they allow.
    private func seats(for job: PlacementRequest.JobClass, on slots: [Int]) -> [Seat] {
        let hosts = slots.sorted { NaturalOrder.precedes(inventory.hosts[$0].id.name, inventory.hosts[$1].id.name) }
        let room = hosts.map { capacity(of: $0, for: job) }
        let shares = EvenShares(of: job.seats, room: room).counts
        return zip(hosts, shares).flatMap { slot, share in
            let host = changed[slot] ?? inventory[slot]
            let devices = job.devices.map { host.freeDevices(of: $0.vendor) } ?? []
            let each = job.devices?.count ?? 0
            return (0..<share).map { Seat(host: host.id, devices: Array(devices[($0 * each)..<(($0 + 1) * each)])) }
        }
    }
}

/// A host that a job on shared hosts could use; the smaller, the better.
private struct Candidate: Comparable {
    let slot: Int
    let seatCount: Int
    let name: String

    static func < (left: Candidate, right: Candidate) -> Bool {
        if left.seatCount != right.seatCount { return left.seatCount < right.seatCount }
        return NaturalOrder.precedes(left.name, right.name)
    }
}

extension HostState {
    /// How many pods of a class it could take now.
    fileprivate func capacity(for job: PlacementRequest.JobClass, podsMax: Int) -> Int {
        guard isSchedulable, matches(job.nodeSelector) else { return 0 }
        let places = podsMax - seatCount
        guard let need = job.devices else { return places }
        return min(places, freeDeviceCount(of: need.vendor) / need.count)
    }
}

/// Divides pods among hosts so that the fullest host gets as few as possible.
struct EvenShares {
    let counts: [Int]

    init(of total: Int, room: [Int]) {
        var counts = Array(repeating: 0, count: room.count)
        var left = total
        var level = 1
        while left > 0 {
            var gave = false
            for index in room.indices where left > 0 && counts[index] < min(level, room[index]) {
                counts[index] += 1
                left -= 1
                gave = true
            }
            guard gave || room.contains(where: { $0 > level }) else { break }
            level += 1
        }
        self.counts = counts
    }
}

/// What was found while looking at the islands or hosts for one class.
private struct Survey {
    let existing: Int
    var candidates: [Int] = []
    private var obstacles: [PlacementReport.Obstacle] = []

    init(existing: Int) { self.existing = existing }

    mutating func note(_ cause: PlacementReport.Obstacle.Cause, _ name: String) {
        guard let index = obstacles.firstIndex(where: { $0.cause == cause }) else {
            obstacles.append(PlacementReport.Obstacle(cause: cause, count: 1, examples: [name]))
            return
        }
        obstacles[index].count += 1
        if obstacles[index].examples.count < 4 { obstacles[index].examples.append(name) }
    }

    func shortage(_ job: PlacementRequest.JobClass, available: Int) -> PlacementReport.Shortage {
        PlacementReport.Shortage(
            replicatedJob: job.replicatedJob,
            needed: job.topologyKey == nil ? job.replicas * job.seats : job.replicas,
            available: available,
            topologyKey: job.topologyKey,
            seatsPerJob: job.seats,
            devices: job.devices,
            existing: existing,
            obstacles: obstacles
        )
    }
}

extension PlacementRequest {
    /// The distinct exclusive keys, in the order they first appear.
    fileprivate var exclusiveKeys: [String] {
        var keys: [String] = []
        for job in classes { if let key = job.topologyKey, !keys.contains(key) { keys.append(key) } }
        return keys
    }
}
