import AtollJobSet
import AtollModel

extension JobSetRun {
    /// Decides everything that follows from what is known, and does it: the order is JobSet's own reconcile loop.
    ///
    /// Level-triggered: running it again without news changes nothing. Only jobs with news are looked at, unless the
    /// news is about more than jobs. Returns true when the JobSet is gone for good.
    mutating func reconcile(in cluster: inout Cluster, at now: Instant, into effects: inout Effects) -> Bool {
        var selection = takeNews(in: cluster, at: now)
        // A decision can make room for the next one (a failure starts a restart, a stopped pod frees a seat, a ReplicatedJob
        // without pods lets the next one start). Every round moves something forward, so the bound is never met; it only
        // keeps a bug from hanging the loop.
        for _ in 0..<8 + 2 * jobs.count {
            let before = decisions
            decide(about: selection, in: &cluster, at: now)
            let after = decisions
            if after == before { break }
            // A round may end early: what it was to look at stays selected.
            selection.add(Array(unsaved.jobs[before.unsavedJobs...]))
            if after.jobSet != before.jobSet { selection = .all }
        }
        tellAttempts(in: &cluster)
        selection.add(unsaved.jobs)
        updateStatus(of: selection, at: now)
        placementLack = lackOfPlacement
        assert(oversight(in: cluster, at: now) == nil, "\(name): \(oversight(in: cluster, at: now) ?? "")")
        if isDeleting && isGone {
            leaveClaims(in: &cluster, at: now)
            leave(&cluster, into: &effects)
            return true
        }
        save(in: &cluster, into: &effects)
        return false
    }

    private mutating func takeNews(in cluster: Cluster, at now: Instant) -> JobSelection {
        defer { news = .some([]) }
        let haveHostsChanged = cluster.inventory.fitnessChanges != fitnessChangesSeen
        fitnessChangesSeen = cluster.inventory.fitnessChanges
        let isSomethingDue = cluster.agenda.earliest.map { $0 <= now } ?? false
        return haveHostsChanged || isSomethingDue || hasDeadlines ? .all : news
    }

    /// Nil after every reconcile: what is known of the jobs is what counting all of them gives, and looking at all of
    /// them decides nothing. Else what is wrong.
    private func oversight(in cluster: Cluster, at now: Instant) -> String? {
        var (run, cluster) = (self, cluster)
        run.placementLack = nil
        guard run.lackOfPlacement == placementLack else { return "\(run.lackOfPlacement) was not seen" }
        if !spec.isManagedElsewhere {
            run.recount(.all)
            guard run.tally == tally else { return "\(run.tally) was counted as \(tally)" }
        }
        let before = run.decisions
        run.decide(about: .all, in: &cluster, at: now)
        return run.decisions == before ? nil : "\(before) could become \(run.decisions)"
    }

    private mutating func decide(about selection: JobSelection, in cluster: inout Cluster, at now: Instant) {
        var positions = positions(in: selection)
        sweepPrevious(at: positions, in: &cluster)
        if isDeleting {
            for position in positions { stopPods(at: position, in: &cluster) }
            return releaseWhatIsEmpty(at: positions, in: &cluster)
        }
        if spec.isManagedElsewhere { return }
        if isFinished {
            stopActiveJobs(at: positions, in: &cluster)
            releaseWhatIsEmpty(at: positions, in: &cluster)
            return expire(in: &cluster, at: now)
        }
        enforceDeadlines(in: &cluster, at: now)
        updateStatus(of: selection, at: now)
        if haveGatesChanged(in: cluster.inventory) { positions = self.positions }
        if isOverdue(in: &cluster, at: now), !successPolicyIsMet { return finish(.deadlineExceeded, at: now) }
        let failed = failedJobs
        if !failed.isEmpty { return applyFailurePolicy(to: failed, in: &cluster, at: now) }
        if successPolicyIsMet { return finish(.completed, at: now) }
        resizeJobs(at: positions, in: &cluster, now: now)
        guard makeClaims(in: &cluster, at: now) else { return }
        if isHeldBack { return holdStill(in: &cluster, at: now) }
        if let ending = restartInPlace(at: positions, in: cluster.inventory, now: now) {
            return finish(ending, at: now)
        }
        leaveLostHosts(from: positions, in: cluster)
        leaveUnusableHosts(from: positions, in: &cluster)
        guard isPlaced() else { return }
        startInOrder(positions, in: &cluster, at: now)
    }

    /// Compared before and after a round: equal means that nothing is left to decide.
    private var decisions: Decisions {
        Decisions(
            jobSet: Decisions.OfJobSet(
                restarts: jobSet.status.restarts,
                terminalState: jobSet.status.terminalState,
                placementChanges: placementChanges,
                isHeldBack: isHeldBack,
                conditions: jobSet.status.conditions.count
            ),
            unsavedJobs: unsaved.jobs.count
        )
    }

    private struct Decisions: Equatable {
        /// What concerns all jobs.
        struct OfJobSet: Equatable {
            var restarts: Int32
            var terminalState: String
            var placementChanges: UInt64
            var isHeldBack: Bool
            var conditions: Int
        }

        var jobSet: OfJobSet
        var unsavedJobs: Int
    }

    /// True while its jobs are suspended, by its own spec or to be moved.
    var isHeldBack: Bool { spec.suspend || eviction != nil }

    /// Gives back what earlier incarnations still held, and forgets those that are gone, but the last one of each job:
    /// its output explains the restart.
    private mutating func sweepPrevious(at positions: [JobPosition], in cluster: inout Cluster) {
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
