import AtollJobSet
import AtollModel

extension JobSetRun {
    /// Counts the selected jobs again, and ends `RestartingJobSet` when all jobs are ready. The status of a JobSet that
    /// somebody else manages is left alone.
    mutating func updateStatus(of selection: JobSelection, at now: Instant) {
        guard !spec.isManagedElsewhere else { return }
        recount(selection)
        showSums()
        guard !isFinished, !isHeldBack, !jobs.joined().isEmpty else { return }
        let arrived = tally.sums.reduce(0) { $0 + $1.ready + $1.succeeded }
        guard arrived == jobs.reduce(0, { $0 + $1.count }) else { return }
        setCondition(.restartingJobSet, false, reason: "JobsReady", message: "all jobs are ready", at: now)
    }

    private mutating func showSums() {
        let known = jobSet.status.replicatedJobsStatus.count
        for job in spec.replicatedJobs.dropFirst(known) {
            jobSet.status.replicatedJobsStatus.append(ReplicatedJobStatus(name: job.name))
        }
        for (number, sums) in tally.sums.enumerated() {
            jobSet.status.replicatedJobsStatus[number].show(sums)
        }
    }

    /// Sets a condition as JobSet does: a first False is dropped, an equal one changes nothing, every change is an
    /// event, and the two startup conditions exclude each other. Source: semantics a.12.
    mutating func setCondition(_ type: Condition.Kind, _ status: Bool, reason: String, message: String, at now: Instant)
    {
        let conditions = jobSet.status.conditions
        let new = Condition(type: type, status: status, reason: reason, message: message, lastTransitionTime: now.wall)
        guard let index = conditions.firstIndex(where: { $0.type == type }) else {
            guard status else { return }
            jobSet.status.conditions.append(new)
            return announce(new, at: now)
        }
        let old = conditions[index]
        guard old.status != status || old.reason != reason || old.message != message else { return }
        jobSet.status.conditions[index] = new
        if old.status == status { jobSet.status.conditions[index].lastTransitionTime = old.lastTransitionTime }
        announce(new, at: now)
    }

    private mutating func announce(_ condition: Condition, at now: Instant) {
        let isBad = condition.status && [.failed, .restartingJobSet].contains(condition.type)
        note(isBad ? .warning : .normal, condition.reason, condition.message, at: now.wall)
        guard condition.status, let opposite = condition.type.excludes,
            let index = jobSet.status.conditions.firstIndex(where: { $0.type == opposite })
        else { return }
        jobSet.status.conditions[index].status = false
    }
}

extension ReplicatedJobStatus {
    fileprivate mutating func show(_ sums: JobTally.Sums) {
        ready = Int32(sums.ready)
        succeeded = Int32(sums.succeeded)
        failed = Int32(sums.failed)
        active = Int32(sums.active)
        suspended = Int32(sums.suspended)
    }
}

extension Condition.Kind {
    /// The condition that turns False when this one turns True, its reason and time left as they were.
    fileprivate var excludes: Condition.Kind? {
        switch self {
        case .startupPolicyInProgress: .startupPolicyCompleted
        case .startupPolicyCompleted: .startupPolicyInProgress
        case .completed, .failed, .suspended, .restartingJobSet: nil
        }
    }
}
