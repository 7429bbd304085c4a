import AtollJobSet
import AtollModel

extension JobSetRun {
    /// A failed child job as the failure policy sees it.
    struct FailedJob: Equatable {
        var position: JobPosition
        var failure: JobFailure
    }

    /// Failed jobs of the current attempt, the earliest first.
    var failedJobs: [FailedJob] {
        guard tally.sums.contains(where: { $0.failed > 0 }) else { return [] }
        let failed = positions.compactMap { position in
            self[position].current?.failure.map { FailedJob(position: position, failure: $0) }
        }
        return failed.sorted { $0.failure.sequence < $1.failure.sequence }
    }

    /// Acts on failed jobs, the earliest first: as many actions as there would be if each were followed by another look.
    /// A rule that comes earlier beats a failure that does, and a job that is restarted alone has not failed any more.
    /// Source: semantics b.5.
    mutating func applyFailurePolicy(to jobs: [FailedJob], in cluster: inout Cluster, at now: Instant) {
        var failed = jobs
        guard let policy = spec.failurePolicy else {
            guard let first = failed.first else { return }
            let message = "jobset failed due to one or more job failures (\(named(first)))"
            return finish(.failed(reason: "FailedJobs", message: message), at: now)
        }
        var budget = Int(policy.maxRestarts) - countedRestarts
        for rule in policy.rules {
            var others: [FailedJob] = []
            for job in failed {
                guard matches(rule, job) else {
                    others.append(job)
                    continue
                }
                guard act(on: job, by: rule, within: &budget, in: &cluster, at: now) else { return }
            }
            failed = others
        }
        guard let first = failed.first else { return }
        act(on: first, by: nil, within: &budget, in: &cluster, at: now)
    }

    /// Returns true when that concerned this job alone.
    ///
    /// - Parameters:
    ///   - rule: nil where none matches.
    ///   - budget: how many restarts are left that count.
    @discardableResult
    private mutating func act(
        on job: FailedJob,
        by rule: FailurePolicy.Rule?,
        within budget: inout Int,
        in cluster: inout Cluster,
        at now: Instant
    ) -> Bool {
        let action = rule?.action ?? .restartJobSet
        guard !action.countsTowardsMax || budget > 0 else {
            let message = "jobset failed due to reaching max number of restarts (\(named(job)))"
            finish(.failed(reason: "ReachedMaxRestarts", message: message), at: now)
            return false
        }
        if action.countsTowardsMax { budget -= 1 }
        let message = "applying \(action.rawValue) failure policy action (\(named(job)))"
        switch action {
        case .failJobSet:
            finish(.failed(reason: "FailJobSetFailurePolicyAction", message: message), at: now)
            return false
        case .restartJobSet, .restartJobSetAndIgnoreMaxRestarts:
            note(.warning, "\(action.rawValue)FailurePolicyAction", message, at: now.wall)
            let reason = rule.map { "FailurePolicy_\($0.name)" } ?? "DefaultFailurePolicy"
            setCondition(.restartingJobSet, true, reason: reason, message: message, at: now)
            restartAll(counting: action.countsTowardsMax, in: &cluster)
            return false
        case .restartJob, .restartJobAndIgnoreMaxRestarts:
            note(.warning, "\(action.rawValue)FailurePolicyAction", message, at: now.wall)
            restart(job.position, counting: action.countsTowardsMax, in: &cluster)
            return true
        }
    }

    private func named(_ job: FailedJob) -> String { "first failed job: \(jobName(job.position))" }

    private func matches(_ rule: FailurePolicy.Rule, _ job: FailedJob) -> Bool {
        let name = spec.replicatedJobs[job.position.replicatedJob].name
        return rule.onJobFailureReasons.isEmptyOrContains(job.failure.reason.rawValue)
            && rule.targetReplicatedJobs.isEmptyOrContains(name)
            && rule.matches(message: job.failure.message)
    }

    /// Restarts that use up `maxRestarts`: those of the whole JobSet and those of single jobs share one budget.
    private var countedRestarts: Int {
        jobSet.status.replicatedJobsStatus.reduce(Int(jobSet.status.restartsCountTowardsMax)) { sum, status in
            status.jobRestartsCountTowardsMax.reduce(sum) { $0 + Int($1) }
        }
    }

    /// All jobs get a new incarnation, on the seats they have: claims are neither released nor retaken.
    private mutating func restartAll(counting: Bool, in cluster: inout Cluster) {
        jobSet.status.restarts += 1
        if counting { jobSet.status.restartsCountTowardsMax += 1 }
        // One that is held back is counted when it runs again.
        if !isHeld { jobSet.status.executionAttempts? += 1 }
        endActivity()
        for position in positions { retire(position, in: &cluster) }
    }

    private mutating func restart(_ position: JobPosition, counting: Bool, in cluster: inout Cluster) {
        let count = jobs[position.replicatedJob].count
        jobSet.status.replicatedJobsStatus[position.replicatedJob].countRestart(
            of: position.index,
            among: count,
            counting: counting
        )
        retire(position, in: &cluster)
    }
}

extension FailurePolicy.Rule.Action {
    /// True for an action that is refused when `maxRestarts` is used up.
    fileprivate var countsTowardsMax: Bool {
        switch self {
        case .restartJobSet, .restartJob: true
        case .failJobSet, .restartJobSetAndIgnoreMaxRestarts, .restartJobAndIgnoreMaxRestarts: false
        }
    }
}

extension FailurePolicy.Rule {
    /// True when a pattern matches anywhere in the message. Patterns are known to compile since admission.
    fileprivate func matches(message: String) -> Bool {
        guard !onJobFailureMessagePatterns.isEmpty else { return true }
        // A pattern that a newer release accepted and this one cannot read matches nothing.
        return onJobFailureMessagePatterns.contains { (try? MessagePattern($0))?.isFound(in: message) ?? false }
    }
}

extension [String] {
    fileprivate func isEmptyOrContains(_ element: String) -> Bool { isEmpty || contains(element) }
}

extension ReplicatedJobStatus {
    fileprivate mutating func countRestart(of index: Int, among count: Int, counting: Bool) {
        jobRestarts.count(index, among: count)
        if counting { jobRestartsCountTowardsMax.count(index, among: count) }
    }
}

extension [Int32] {
    /// Each of the two lists begins with the first restart that it counts.
    fileprivate mutating func count(_ index: Int, among count: Int) {
        if isEmpty { self = Array(repeating: 0, count: count) }
        self[index] += 1
    }
}
