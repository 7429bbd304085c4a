import AtollJobSet
import AtollModel

extension JobSetRun {
    /// Decides everything that follows from what is known, and does it: the order is JobSet's own reconcile loop.
    ///
    /// Level-triggered: running it again without news changes nothing. Returns true when the JobSet is gone for good.
    mutating func reconcile(in cluster: inout Cluster, at now: Instant, into effects: inout Effects) -> Bool {
        // A decision can make room for the next one (a failure starts a restart, a stopped pod frees a seat). Every
        // round moves something forward, so the bound is never met; it only keeps a bug from hanging the loop.
        for _ in 0..<8 {
            let before = decisions
            decide(in: &cluster, at: now)
            if decisions == before { break }
        }
        tellAttempts(in: &cluster)
        updateStatus(at: now)
        if isDeleting && isGone {
            leaveClaims(in: &cluster, at: now)
            leave(&cluster, into: &effects)
            return true
        }
        save(in: &cluster, into: &effects)
        return false
    }

    private mutating func decide(in cluster: inout Cluster, at now: Instant) {
        sweepPrevious(in: &cluster)
        if isDeleting {
            stopEverything(in: &cluster)
            return releaseWhatIsEmpty(in: &cluster)
        }
        if spec.isManagedElsewhere { return }
        if isFinished {
            stopActiveJobs(in: &cluster)
            releaseWhatIsEmpty(in: &cluster)
            return expire(in: &cluster, at: now)
        }
        enforceDeadlines(in: &cluster, at: now)
        updateStatus(at: now)
        if isOverdue(in: &cluster, at: now), !successPolicyIsMet { return finish(.deadlineExceeded, at: now) }
        if let failed = firstFailure { return applyFailurePolicy(failed, in: &cluster, at: now) }
        if successPolicyIsMet { return finish(.completed, at: now) }
        resizeJobs(in: &cluster, at: now)
        guard makeClaims(in: &cluster, at: now) else { return }
        if isHeldBack { return holdStill(in: &cluster, at: now) }
        if let ending = restartInPlace(at: now) { return finish(ending, at: now) }
        leaveLostHosts(in: cluster)
        leaveUnusableHosts(in: &cluster)
        guard placement?.isComplete == true else { return }
        startInOrder(in: &cluster, at: now)
    }

    /// Compared before and after a round: equal means that nothing is left to decide.
    private var decisions: Decisions {
        Decisions(
            restarts: jobSet.status.restarts,
            terminalState: jobSet.status.terminalState,
            seats: placement?.seatCount,
            isHeldBack: isHeldBack,
            conditions: jobSet.status.conditions.count,
            unsavedJobs: unsaved.jobs.count
        )
    }

    private struct Decisions: Equatable {
        var restarts: Int32
        var terminalState: String
        var seats: Int?
        var isHeldBack: Bool
        var conditions: Int
        var unsavedJobs: Int
    }

    /// True while its jobs are suspended, by its own spec or to be moved.
    var isHeldBack: Bool { spec.suspend || eviction != nil }

    /// True when a placement is wanted and missing.
    var wantsPlacement: Bool {
        (placement?.isComplete != true || !growths.isEmpty) && !isHeldBack && !isFinished && !isDeleting
            && !spec.isManagedElsewhere && !lacksClaims
    }

    /// Gives back what earlier incarnations still held, and forgets those that are gone, but the last one of each job:
    /// its output explains the restart.
    private mutating func sweepPrevious(in cluster: inout Cluster) {
        for position in positions {
            for index in self[position].previous.indices where self[position].previous[index].isGone {
                guard let place = self[position].previous[index].left else { continue }
                cluster.release(place)
                self[position].previous[index].left = nil
                unsaved.jobs.append(position)
            }
        }
        for position in positions where self[position].previous.count > 1 {
            let surplus = self[position].previous.dropLast().filter(\.isGone)
            guard !surplus.isEmpty else { continue }
            for incarnation in surplus { cluster.forget(incarnation) }
            self[position].previous.removeAll { old in surplus.contains { $0.id == old.id } }
            unsaved.jobs.append(position)
        }
    }
}

extension JobSetSpec {
    /// Another controller has been named to act on this JobSet: we keep it and do nothing.
    var isManagedElsewhere: Bool { managedBy != nil && managedBy != "jobset.sigs.k8s.io/jobset-controller" }
}

extension Cluster {
    /// Tells the hosts of an incarnation's pods that nobody will ask about them again.
    mutating func forget(_ incarnation: JobIncarnation) {
        for index in incarnation.pods.indices {
            if let seat = incarnation.seat(ofPod: index) { forget(incarnation.podID(index), on: seat) }
        }
        owners[incarnation.id] = nil
    }
}
