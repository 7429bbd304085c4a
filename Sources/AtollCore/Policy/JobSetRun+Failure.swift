import AtollJobSet
import AtollModel

extension JobSetRun {
    /// A failed child job as the failure policy sees it.
    struct FailedJob: Equatable {
        var position: JobPosition
        var failure: JobFailure
    }

    /// Failed jobs of the current attempt, the earliest first.
    private var failedJobs: [FailedJob] {
        positions
            .compactMap { position in
                self[position].current?.failure.map { FailedJob(position: position, failure: $0) }
            }
            .sorted { $0.failure.sequence < $1.failure.sequence }
    }

    var firstFailure: FailedJob? {
        guard tally.sums.contains(where: { $0.failed > 0 }) else { return nil }
        return failedJobs.first
    }

    /// Acts on the failed jobs: one action for each round. Source: semantics b.5.
    mutating func applyFailurePolicy(_ first: FailedJob, in cluster: inout Cluster, at now: Instant) {
        guard let policy = spec.failurePolicy else {
            let message = "jobset failed due to one or more job failures (\(named(first)))"
            return finish(.failed(reason: "FailedJobs", message: message), at: now)
        }
        let match = firstMatch(among: policy.rules)
        let job = match?.job ?? first
        let action = match?.rule.action ?? .restartJobSet
        guard !action.countsTowardsMax || countedRestarts < Int(policy.maxRestarts) else {
            let message = "jobset failed due to reaching max number of restarts (\(named(job)))"
            return finish(.failed(reason: "ReachedMaxRestarts", message: message), at: now)
        }
        let message = "applying \(action.rawValue) failure policy action (\(named(job)))"
        switch action {
        case .failJobSet:
            finish(.failed(reason: "FailJobSetFailurePolicyAction", message: message), at: now)
        case .restartJobSet, .restartJobSetAndIgnoreMaxRestarts:
            note(.warning, "\(action.rawValue)FailurePolicyAction", message, at: now.wall)
            let reason = match.map { "FailurePolicy_\($0.rule.name)" } ?? "DefaultFailurePolicy"
            setCondition(.restartingJobSet, true, reason: reason, message: message, at: now)
            restartAll(counting: action.countsTowardsMax, in: &cluster)
        case .restartJob, .restartJobAndIgnoreMaxRestarts:
            note(.warning, "\(action.rawValue)FailurePolicyAction", message, at: now.wall)
            restart(job.position, counting: action.countsTowardsMax, in: &cluster)
        }
    }

    private func named(_ job: FailedJob) -> String { "first failed job: \(jobName(job.position))" }

    /// The first rule in spec order that matches any failed job: the rules' order beats the failures' times.
    private func firstMatch(among rules: [FailurePolicy.Rule]) -> (rule: FailurePolicy.Rule, job: FailedJob)? {
        for rule in rules { if let job = match(rule) { return (rule, job) } }
        return nil
    }

    /// The earliest failed job that a rule matches.
    private func match(_ rule: FailurePolicy.Rule) -> FailedJob? {
        failedJobs.first { job in
            let name = spec.replicatedJobs[job.position.replicatedJob].name
            return rule.onJobFailureReasons.isEmptyOrContains(job.failure.reason.rawValue)
                && rule.targetReplicatedJobs.isEmptyOrContains(name)
                && rule.matches(message: job.failure.message)
        }
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
