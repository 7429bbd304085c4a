import AtollJobSet
import AtollModel

extension JobSetRun {
    /// Counts the jobs anew, and ends `RestartingJobSet` when all of them are ready. The status of a JobSet that somebody
    /// else manages is left alone.
    mutating func updateStatus(at now: Instant) {
        guard !spec.isManagedElsewhere else { return }
        jobSet.status.replicatedJobsStatus = spec.replicatedJobs.indices.map(status(ofReplicatedJob:))
        guard !isFinished, !isHeldBack, !jobs.joined().isEmpty else { return }
        let counts = jobSet.status.replicatedJobsStatus
        let arrived = counts.reduce(0) { $0 + Int($1.ready) + Int($1.succeeded) }
        guard arrived == jobs.reduce(0, { $0 + $1.count }) else { return }
        setCondition(.restartingJobSet, false, reason: "JobsReady", message: "all jobs are ready", at: now)
    }

    private func status(ofReplicatedJob number: Int) -> ReplicatedJobStatus {
        let template = spec.replicatedJobs[number].template
        let before =
            number < jobSet.status.replicatedJobsStatus.count ? jobSet.status.replicatedJobsStatus[number] : nil
        var status = ReplicatedJobStatus(
            name: spec.replicatedJobs[number].name,
            jobRestarts: before?.jobRestarts ?? [],
            jobRestartsCountTowardsMax: before?.jobRestartsCountTowardsMax ?? []
        )
        for job in jobs[number].compactMap(\.current) {
            switch job.outcome {
            case .complete: status.succeeded += 1
            case .failed: status.failed += 1
            case nil where job.isSuspended: status.suspended += 1
            case nil:
                let counts = job.counts
                if counts.active > 0 { status.active += 1 }
                if counts.succeeded + counts.ready >= template.seats { status.ready += 1 }
            }
        }
        return status
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
