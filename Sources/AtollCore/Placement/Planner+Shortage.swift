import AtollModel

/// Why a plan failed: everything that the class could have used is looked at, and what stands in the way is counted.
extension Planner {
    /// Of a class that wants islands of its own.
    func shortage(
        of job: PlacementRequest.JobClass,
        among islands: FreeIslands,
        _ key: String,
        available: Int
    ) -> PlacementReport.Shortage {
        var survey = Survey(existing: islands.values.count)
        for (number, value) in islands.values.enumerated() {
            let hosts = islands.slots[number]
            if let cause = obstacle(on: hosts, island: IslandID(key: key, value: value)) {
                survey.note(cause, value)
            } else if room(on: hosts, for: job) < job.seats {
                survey.note(smallness(of: hosts, for: job), value)
            }
        }
        return survey.shortage(job, available: available)
    }

    /// Of a job that does not find more room on the island that it holds.
    func shortage(
        of job: PlacementRequest.JobClass,
        on hosts: [Int],
        _ island: IslandID,
        available: Int
    ) -> PlacementReport.Shortage {
        var survey = Survey(existing: hosts.count)
        survey.note(smallness(of: hosts, for: job), island.value)
        return survey.shortage(job, available: available)
    }

    /// Of a class that shares hosts with others.
    func shortage(of job: PlacementRequest.JobClass) -> PlacementReport.Shortage {
        var survey = Survey(existing: inventory.count)
        var room = 0
        for slot in inventory.hosts.indices {
            if let cause = obstacle(onHost: slot, for: job) {
                survey.note(cause, inventory.hosts[slot].id.name)
            } else {
                room += capacity(of: slot, for: job)
            }
        }
        return survey.shortage(job, available: room)
    }

    /// What keeps an island from being taken whole (I1), whoever asks.
    private func obstacle(on hosts: [Int], island: IslandID) -> PlacementReport.Obstacle.Cause? {
        if let holder = inventory.claims[island] { return .held(by: holder.jobSet) }
        for slot in hosts {
            if enclosed.contains(slot) { return .inUse }
            guard !inventory.rooms[slot].isUntouched else { continue }
            if let holder = holder(ofHost: slot) { return .held(by: holder.jobSet) }
            return inventory.hosts[slot].isUnverified ? .hostsNotReady : .inUse
        }
        return nil
    }

    private func obstacle(onHost slot: Int, for job: PlacementRequest.JobClass) -> PlacementReport.Obstacle.Cause? {
        if let holder = holder(ofHost: slot) { return .held(by: holder.jobSet) }
        if enclosed.contains(slot) { return .inUse }
        if !inventory.hosts[slot].matches(job.nodeSelector) { return .selectorMismatch }
        if !inventory.hosts[slot].isReady { return .hostsNotReady }
        if inventory.hosts[slot].cordon != nil { return .cordoned }
        return capacity(of: slot, for: job) > 0 ? nil : .tooFewDevices
    }

    /// Of an island that it is in.
    private func holder(ofHost slot: Int) -> Claims.Holder? {
        guard inventory.rooms[slot].isClaimed else { return nil }
        return inventory.claims.holder(ofHostWith: inventory.hosts[slot].facts.labels)
    }

    /// Which of several reasons explains best why a free island has too little room.
    private func smallness(of hosts: [Int], for job: PlacementRequest.JobClass) -> PlacementReport.Obstacle.Cause {
        let matching = hosts.filter { inventory.hosts[$0].matches(job.nodeSelector) }
        if matching.isEmpty { return .selectorMismatch }
        if matching.contains(where: { !inventory.hosts[$0].isReady }) { return .hostsNotReady }
        if matching.contains(where: { inventory.hosts[$0].cordon != nil }) { return .cordoned }
        if let need = job.devices, matching.contains(where: { inventory.rooms[$0].free[need.vendor] < need.count }) {
            return .tooFewDevices
        }
        return .tooFewHosts
    }
}

/// What was found while looking at the islands or hosts for one class.
private struct Survey {
    let existing: Int
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
