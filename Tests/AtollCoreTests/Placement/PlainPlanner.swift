import AtollModel

@testable import AtollCore

/// Places what `Planner` places, in the way that is easiest to see to be right: every host and island is looked at for
/// each job. What it chooses and the reasons that it gives are what the planner must come to.
struct PlainPlanner {
    private let inventory: Inventory
    private let limits: Limits
    /// Hosts as they are with what the plan has put on them.
    private var hosts: [HostState]
    private var enclosed: Set<Int> = []
    private var shortages: [PlacementReport.Shortage] = []

    init(inventory: Inventory, limits: Limits) {
        self.inventory = inventory
        self.limits = limits
        hosts = inventory.hosts
    }

    mutating func plan(_ request: PlacementRequest) -> Planner.Outcome {
        var jobs: [[Placement.Job?]] = Array(repeating: [], count: request.classes.count)
        for key in request.exclusiveKeys {
            let members = request.classes.indices.filter { request.classes[$0].topologyKey == key }
            placeExclusively(members, of: request, key, &jobs)
        }
        for index in request.sharedClasses {
            let job = request.classes[index]
            if let island = job.growth?.island {
                grow(job, within: island, &jobs[index])
            } else {
                placeShared(job, &jobs[index])
            }
        }
        return shortages.isEmpty ? .placed(Placement(jobs: jobs)) : .short(PlacementReport(shortages: shortages))
    }

    private mutating func placeExclusively(
        _ members: [Int],
        of request: PlacementRequest,
        _ key: String,
        _ jobs: inout [[Placement.Job?]]
    ) {
        let islands = islands(under: key)
        let candidates = members.map { member in
            let job = request.classes[member]
            return islands.indices.filter { obstacle(on: islands[$0], for: job) == nil }
                .sorted { (room(on: islands[$0].slots, job), $0) < (room(on: islands[$1].slots, job), $1) }
        }
        var matching = IslandMatching(candidates: candidates, needed: members.map { request.classes[$0].replicas })
        let isSolved = matching.solve()
        for (member, chosen) in zip(members, matching.chosen) {
            let job = request.classes[member]
            if isSolved {
                for number in chosen.sorted() {
                    enclosed.formUnion(islands[number].slots)
                    let island = islands[number].id
                    jobs[member].append(Placement.Job(island: island, seats: seats(job, on: islands[number].slots)))
                }
            } else if chosen.count < job.replicas {
                note(job, chosen.count, islands.map { ($0.id.value, obstacle(on: $0, for: job)) })
            }
        }
    }

    private mutating func grow(
        _ job: PlacementRequest.JobClass,
        within island: IslandID,
        _ jobs: inout [Placement.Job?]
    ) {
        let slots = inventory.hosts.indices.filter { inventory.hosts[$0].facts.labels[island.key] == island.value }
        let room = room(on: slots, job)
        if room >= job.seats {
            jobs.append(Placement.Job(island: island, seats: seats(job, on: emptiest(slots, job))))
        } else {
            note(job, room, existing: slots.count, [(island.value, smallness(of: slots, for: job))])
        }
    }

    private mutating func placeShared(_ job: PlacementRequest.JobClass, _ jobs: inout [Placement.Job?]) {
        let obstacles = hosts.indices.map { (hosts[$0].id.name, obstacle(onHost: $0, for: job)) }
        let usable = hosts.indices.filter { obstacles[$0].1 == nil }
        let room = room(on: usable, job)
        guard room >= job.replicas * job.seats else { return note(job, room, obstacles) }
        for _ in 0..<job.replicas {
            let seats = seats(job, on: emptiest(usable, job))
            for seat in seats { hosts[inventory.slot(of: seat.host) ?? -1].reserve(seat) }
            jobs.append(Placement.Job(island: nil, seats: seats))
        }
    }

    // MARK: Hosts and islands

    private struct Island {
        let id: IslandID
        let slots: [Int]
    }

    private func islands(under key: String) -> [Island] {
        let values = Set(hosts.compactMap { $0.facts.labels[key] }).filter { !$0.isEmpty }
        return values.sorted(by: NaturalOrder.precedes).map { value in
            let slots = hosts.indices.filter { hosts[$0].facts.labels[key] == value }
            return Island(id: IslandID(key: key, value: value), slots: byName(slots))
        }
    }

    private func byName(_ slots: [Int]) -> [Int] {
        slots.sorted { NaturalOrder.precedes(hosts[$0].id.name, hosts[$1].id.name) }
    }

    private func emptiest(_ slots: [Int], _ job: PlacementRequest.JobClass) -> [Int] {
        let usable = slots.filter { room(on: [$0], job) > 0 }.sorted { left, right in
            let (left, right) = (hosts[left], hosts[right])
            if left.seatCount != right.seatCount { return left.seatCount < right.seatCount }
            return NaturalOrder.precedes(left.id.name, right.id.name)
        }
        return Array(usable.prefix(job.seats))
    }

    private func room(on slots: [Int], _ job: PlacementRequest.JobClass) -> Int {
        slots.map { slot in
            let host = hosts[slot]
            guard host.isReady, host.cordon == nil, host.matches(job.nodeSelector) else { return 0 }
            let places = limits.podsPerHost - host.seatCount
            return job.devices.map { min(places, freeDevices(of: $0.vendor, on: host).count / $0.count) } ?? places
        }.reduce(0, +)
    }

    private func freeDevices(of vendor: AcceleratorVendor, on host: HostState) -> [UInt32] {
        let ofVendor = host.facts.devices.filter { $0.vendor == vendor }.map(\.index)
        return host.freeDevices.filter(ofVendor.contains)
    }

    private func seats(_ job: PlacementRequest.JobClass, on slots: [Int]) -> [Seat] {
        let slots = byName(slots)
        let counts = EvenShares(of: job.seats, room: slots.map { room(on: [$0], job) }).counts
        return zip(slots, counts).flatMap { slot, count in
            var devices = job.devices.map { freeDevices(of: $0.vendor, on: hosts[slot]) } ?? []
            return (0..<count).map { _ in
                defer { devices.removeFirst(job.devices?.count ?? 0) }
                return Seat(host: hosts[slot].id, devices: Array(devices.prefix(job.devices?.count ?? 0)))
            }
        }
    }

    // MARK: Reasons

    private func obstacle(on island: Island, for job: PlacementRequest.JobClass) -> PlacementReport.Obstacle.Cause? {
        if let holder = inventory.claims[island.id] { return .held(by: holder.jobSet) }
        for slot in island.slots {
            if enclosed.contains(slot) { return .inUse }
            if let holder = holder(of: hosts[slot]) { return .held(by: holder.jobSet) }
            if hosts[slot].isUnverified { return .hostsNotReady }
            if hosts[slot].seatCount > 0 || !hosts[slot].strays.isEmpty { return .inUse }
        }
        return room(on: island.slots, job) < job.seats ? smallness(of: island.slots, for: job) : nil
    }

    private func obstacle(onHost slot: Int, for job: PlacementRequest.JobClass) -> PlacementReport.Obstacle.Cause? {
        let host = hosts[slot]
        if let holder = holder(of: host) { return .held(by: holder.jobSet) }
        if enclosed.contains(slot) { return .inUse }
        if !host.matches(job.nodeSelector) { return .selectorMismatch }
        if !host.isReady { return .hostsNotReady }
        if host.cordon != nil { return .cordoned }
        return room(on: [slot], job) > 0 ? nil : .tooFewDevices
    }

    private func holder(of host: HostState) -> Claims.Holder? {
        inventory.claims.keys.lazy.compactMap { key in
            host.facts.labels[key].flatMap { inventory.claims[IslandID(key: key, value: $0)] }
        }.first
    }

    private func smallness(of slots: [Int], for job: PlacementRequest.JobClass) -> PlacementReport.Obstacle.Cause {
        let matching = slots.map { inventory.hosts[$0] }.filter { $0.matches(job.nodeSelector) }
        if matching.isEmpty { return .selectorMismatch }
        if !matching.allSatisfy(\.isReady) { return .hostsNotReady }
        if matching.contains(where: { $0.cordon != nil }) { return .cordoned }
        let isShort = job.devices.map { need in
            matching.contains { freeDevices(of: need.vendor, on: $0).count < need.count }
        }
        return isShort == true ? .tooFewDevices : .tooFewHosts
    }

    private mutating func note(
        _ job: PlacementRequest.JobClass,
        _ available: Int,
        existing: Int? = nil,
        _ found: [(name: String, cause: PlacementReport.Obstacle.Cause?)]
    ) {
        var obstacles: [PlacementReport.Obstacle] = []
        for (_, cause) in found {
            guard let cause, !obstacles.contains(where: { $0.cause == cause }) else { continue }
            let names = found.filter { $0.cause == cause }.map(\.name)
            obstacles.append(.init(cause: cause, count: names.count, examples: Array(names.prefix(4))))
        }
        shortages.append(
            PlacementReport.Shortage(
                replicatedJob: job.replicatedJob,
                needed: job.topologyKey == nil ? job.replicas * job.seats : job.replicas,
                available: available,
                topologyKey: job.topologyKey,
                seatsPerJob: job.seats,
                devices: job.devices,
                existing: existing ?? found.count,
                obstacles: obstacles
            )
        )
    }
}
