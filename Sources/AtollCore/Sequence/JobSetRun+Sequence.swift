import AtollJobSet
import AtollModel

extension JobSetRun {
    /// Creates missing jobs and starts pods, one ReplicatedJob after the other as `startupPolicy` and `dependsOn`
    /// allow (I5). Source: semantics b.2 and b.3.
    ///
    /// - Parameter positions: the jobs to look at, in spec order.
    mutating func startInOrder(_ positions: [JobPosition], in cluster: inout Cluster, at now: Instant) {
        countExecution()
        var rest = positions[...]
        for number in jobs.indices {
            let own = rest.prefix { $0.replicatedJob == number }
            rest = rest.dropFirst(own.count)
            guard dependenciesHold(of: number) else { continue }
            start(own, in: &cluster, at: now)
            guard spec.startupOrder == .inOrder, !hasStarted(number) else { continue }
            let message = "in order startup policy is in progress"
            setCondition(
                .startupPolicyInProgress,
                true,
                reason: "InOrderStartupPolicyInProgress",
                message: message,
                at: now
            )
            return
        }
        if spec.startupOrder == .inOrder {
            let message = "in order startup policy has completed"
            setCondition(
                .startupPolicyCompleted,
                true,
                reason: "InOrderStartupPolicyCompleted",
                message: message,
                at: now
            )
        }
        setCondition(.suspended, false, reason: "ResumeJobs", message: "jobset is resumed", at: now)
    }

    private mutating func start(_ positions: ArraySlice<JobPosition>, in cluster: inout Cluster, at now: Instant) {
        var isBlocked = isBlockedByEarlierPods(in: cluster.inventory)
        for position in positions {
            if !isBlocked { createIfMissing(position, in: &cluster, at: now) }
            guard self[position].current != nil else { continue }
            unsuspend(position)
            startPods(at: position, in: &cluster, now: now)
            // A job that has lost its place leaves pods behind.
            if self[position].current == nil { isBlocked = isBlockedByEarlierPods(in: cluster.inventory) }
        }
    }

    /// Counts the first time it runs, as 0, and each time that it runs again after it was held back.
    private mutating func countExecution() {
        guard isHeld || jobSet.status.executionAttempts == nil else { return }
        jobSet.status.executionAttempts = jobSet.status.executionAttempts.map { $0 + 1 } ?? 0
        isHeld = false
        unsaved.jobSet = true
    }

    /// Creates the Job object of a child job that has none, once its earlier incarnations are gone.
    mutating func createIfMissing(_ position: JobPosition, in cluster: inout Cluster, at now: Instant) {
        guard self[position].current == nil, !isOccupied(position) else { return }
        var job = JobIncarnation(
            id: cluster.ids.jobID(),
            restartAttempt: jobSet.status.restarts,
            jobRestartAttempt: jobRestarts(of: position),
            podCount: spec.replicatedJobs[position.replicatedJob].template.podCount,
            createdAt: now.wall,
            isSuspended: isHeldBack
        )
        job.island = placement?[position]?.island
        job.executionAttempt = jobSet.status.executionAttempts
        job.firstAttempt = firstAttempt(ofNewJobAt: position)
        if job.pods.isEmpty { job.outcome = .complete(at: now.wall) }
        cluster.owners[job.id] = Cluster.JobOwner(jobSet: name, position: position)
        self[position].current = job
        unsaved.jobs.append(position)
    }

    /// True while pods of an earlier incarnation may run where the next one would.
    func isOccupied(_ position: JobPosition) -> Bool {
        self[position].previous.contains { $0.left == nil && !$0.isGone }
    }

    /// True while no job may be created: under `BlockingRecreate` the earlier incarnations of all jobs have to be gone.
    func isBlockedByEarlierPods(in inventory: Inventory) -> Bool {
        spec.failurePolicy?.restartStrategy == .blockingRecreate && isHaunted(in: inventory)
    }

    /// The same for the JobSet as a whole: pods of an earlier incarnation may run somewhere within reach.
    func isHaunted(in inventory: Inventory) -> Bool {
        tally.hauntedCount > 0 && positions.contains { isHaunted($0, in: inventory) }
    }

    /// True while pods of a job that is over may run somewhere within reach.
    func isLeaving(in inventory: Inventory) -> Bool {
        tally.hauntedCount > 0
            && positions.contains { position in
                guard self[position].isLeaving, let job = self[position].current else { return false }
                return !job.isOutOfReach(in: inventory)
            }
    }

    private func isHaunted(_ position: JobPosition, in inventory: Inventory) -> Bool {
        self[position].previous.contains { !$0.isGone && !($0.left != nil && $0.isOutOfReach(in: inventory)) }
    }

    /// Lets jobs go whose old pods cannot be confirmed gone, because all that are left of them sit on lost hosts: they
    /// get another place, and the old one stays closed, held by the old incarnation, until those pods are gone (I4).
    mutating func leaveLostHosts(from positions: [JobPosition], in cluster: Cluster) {
        guard placement != nil else { return }
        for position in positions where self[position].current == nil && isOccupied(position) {
            guard let last = self[position].previous.indices.last, let place = placement?[position],
                self[position].previous.allSatisfy({ $0.left != nil || $0.isOutOfReach(in: cluster.inventory) })
            else { continue }
            self[position].previous[last].left = place
            placement?[position] = nil
            waiting = nil
            triedAtFreedom = 0
            unsaved.jobSet = true
            unsaved.jobs.append(position)
        }
    }

    private mutating func unsuspend(_ position: JobPosition) {
        guard var job = self[position].current, job.isSuspended else { return }
        job.isSuspended = false
        job.executionAttempt = jobSet.status.executionAttempts
        job.island = placement?[position]?.island
        self[position].current = job
        unsaved.jobs.append(position)
    }

    private func jobRestarts(of position: JobPosition) -> Int32 {
        let restarts = jobSet.status.replicatedJobsStatus[position.replicatedJob].jobRestarts
        return position.index < restarts.count ? restarts[position.index] : 0
    }
}
