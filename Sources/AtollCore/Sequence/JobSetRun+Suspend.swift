import AtollJobSet
import AtollModel

/// Stopping without an end: by the spec's own word, or to move elsewhere.
extension JobSetRun {
    /// Stops all pods, keeps the jobs, and gives the islands back when the last pod is gone. A JobSet that was evicted
    /// then waits for other places. Source: semantics b.12.
    mutating func holdStill(in cluster: inout Cluster, at now: Instant) {
        waiting = nil
        if !isHeld, jobSet.status.executionAttempts != nil {
            isHeld = true
            unsaved.jobSet = true
        }
        let isBlocked = isBlockedByEarlierPods(in: cluster.inventory)
        for number in jobs.indices {
            // While suspended all jobs exist but those that wait for another; InOrder does not hold them back.
            let mayExist = dependenciesHold(of: number)
            for index in jobs[number].indices {
                let position = JobPosition(replicatedJob: number, index: index)
                if mayExist, !isBlocked { createIfMissing(position, in: &cluster, at: now) }
                suspend(position, in: &cluster)
            }
        }
        let message = spec.suspend ? "jobset is suspended" : "jobset is suspended to be moved: \(eviction ?? "")"
        setCondition(.suspended, true, reason: "SuspendedJobs", message: message, at: now)
        setCondition(.restartingJobSet, false, reason: "JobSetSuspended", message: "jobset is suspended", at: now)
        releaseWhenEmpty(in: &cluster)
        guard placement == nil, eviction != nil else { return }
        eviction = nil
        unsaved.jobSet = true
    }

    private mutating func suspend(_ position: JobPosition, in cluster: inout Cluster) {
        guard let job = self[position].current, job.isActive, !job.isSuspended else { return }
        self[position].current?.isSuspended = true
        // All pods of the JobSet will start again: none stands in for a failed one among others that run.
        for index in job.pods.indices { self[position].current?.pods[index].isStandIn = nil }
        stopPods(at: position, in: &cluster)
        unsaved.jobs.append(position)
    }

    // MARK: Leaving hosts that a person wants empty

    /// Makes the whole JobSet leave its places, if a job of it that is not done has pods on a host. Like Kueue's
    /// eviction it is no failure, counts as no restart, and jobs that are done stay so. Jobs that do not exist yet leave
    /// by themselves, see `leaveUnusableHosts`. Returns whether it has to leave.
    mutating func evict(from host: HostID, reason: String, at now: Instant) -> Bool {
        guard !isFinished, !isDeleting, !isHeldBack, positions.contains(where: { isActive($0, on: host) }) else {
            return false
        }
        eviction = reason
        note(.warning, "Evicted", reason, at: now.wall)
        return true
    }

    private func isActive(_ position: JobPosition, on host: HostID) -> Bool {
        guard self[position].current?.isActive == true else { return false }
        return placement?[position]?.seats.contains { $0.host == host } ?? false
    }

    /// A job that is created anew takes no seat on a host that is cordoned or lost or has come to another island, and none
    /// whose devices fail: it gets another place.
    mutating func leaveUnusableHosts(from positions: [JobPosition], in cluster: inout Cluster) {
        guard placement != nil, cluster.inventory.fitnessChanges != fitnessChangesWhenPlaced else { return }
        for position in positions where self[position].current == nil && !isOccupied(position) {
            guard let place = placement?[position],
                place.seats.contains(where: { cluster.inventory.isUnusable($0, in: place.island) })
            else { continue }
            cluster.release(place)
            placement?[position] = nil
            waiting = nil
            triedAtFreedom = 0
            unsaved.jobSet = true
        }
    }
}

extension Inventory {
    /// True when nothing should be started there, whoever has the seat.
    ///
    /// Asked of every seat, so no more is read of a host than it takes: a whole one is many times as much.
    fileprivate func isUnusable(_ seat: Seat, in island: IslandID?) -> Bool {
        guard let slot = slot(of: seat.host) else { return false }
        if !rooms[slot].isSchedulable, hosts[slot].isShunned { return true }
        if let island, hosts[slot].facts.labels[island.key] != island.value { return true }
        for device in seat.devices where !hosts[slot].isUsable(device: device) { return true }
        return false
    }
}
