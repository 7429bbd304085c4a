import AtollModel

extension CoordinatorCore {
    /// Offers what is free to those who wait, oldest first. Only those are asked for whom something may have changed.
    mutating func placeWaiting(at now: Instant, into effects: inout Effects) {
        var looks = 0
        for sequence in queue.sequences {
            guard looks < cluster.limits.queueScan else { break }
            guard let name = order[sequence], let run = runs[name], run.triedAtFreedom != cluster.freedom,
                run.wantsPlacement
            else { continue }
            looks += 1
            place(name, at: now, into: &effects)
        }
    }

    /// Claims all islands of a JobSet and starts it, or takes note of what is missing (I2).
    private mutating func place(_ name: ObjectName, at now: Instant, into effects: inout Effects) {
        guard let run = runs[name] else { return }
        let request = PlacementRequest(run.jobSet, vacancies: run.placement?.vacancies, growths: run.growths)
        cluster.inventory.prepare(request.exclusiveKeys)
        switch cluster.plan(request) {
        case .placed(let placement):
            runs[name]?.wasPlaced(placement, for: request, in: &cluster, at: now)
            effects.notes.append(.placed(name, islands: placement.islands.count, pods: placement.seatCount))
            reconcile(name, at: now, into: &effects)
        case .short(let report):
            runs[name]?.triedAtFreedom = cluster.freedom
            let reason = report.message
            guard runs[name]?.mustWait(reason, at: now) == true else { return }
            effects.notes.append(.waiting(name, reason: reason))
            reconcile(name, at: now, into: &effects)
        }
    }
}

extension Cluster {
    /// The planner and its snapshot are gone when this returns: what then changes a host copies none of the others.
    fileprivate func plan(_ request: PlacementRequest) -> Planner.Outcome {
        var planner = Planner(inventory: inventory, limits: limits)
        return planner.plan(request)
    }
}

extension JobSetRun {
    /// Holds the places found for all jobs, for those that had to leave theirs, or for those that grow.
    mutating func wasPlaced(
        _ placement: Placement,
        for request: PlacementRequest,
        in cluster: inout Cluster,
        at now: Instant
    ) {
        var whole = self.placement ?? Placement(jobs: jobs.map { Array(repeating: nil, count: $0.count) })
        let vacant = positions.filter { whole[$0] == nil }
        whole.fill(with: placement)
        for position in vacant {
            if let place = whole[position] { cluster.hold(place, for: holder(at: position)) }
        }
        for (job, places) in zip(request.classes, placement.jobs) {
            guard let growth = job.growth else { continue }
            let seats = places.compactMap(\.self).flatMap(\.seats)
            cluster.reserve(seats)
            whole[growth.position]?.seats += seats
        }
        tellPeersAgain(in: &cluster)
        if self.placement == nil { fitnessChangesWhenPlaced = cluster.inventory.fitnessChanges }
        self.placement = whole
        news = .all
        unsaved.jobSet = true
        waiting = nil
        let islands = placement.islands.count
        let message =
            islands == 0
            ? "placed \(placement.seatCount) pod\(plural(placement.seatCount))"
            : "claimed \(islands) island\(plural(islands)) for \(placement.seatCount) pod\(plural(placement.seatCount))"
        note(.normal, "Placed", message, at: now.wall)
    }

    /// Returns whether the reason is news.
    mutating func mustWait(_ reason: String, at now: Instant) -> Bool {
        guard waiting?.reason != reason else { return false }
        waiting = Waiting(since: waiting?.since ?? now.wall, reason: reason)
        news = .all
        note(.warning, "FailedPlacement", reason, at: now.wall)
        return true
    }
}
