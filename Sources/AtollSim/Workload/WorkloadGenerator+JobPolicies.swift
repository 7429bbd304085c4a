import AtollJobSet
import AtollModel

/// Draws what the Job API lets a job say about its failures, its success and its time.
extension WorkloadGenerator {
    func addPolicies(to spec: inout JobSetSpec, _ chance: inout Chance) {
        // Short limits under endless restarts would never let a JobSet come to its end.
        let mayRestartForEver = (spec.failurePolicy?.rules ?? []).contains {
            [.restartJobSetAndIgnoreMaxRestarts, .restartJobAndIgnoreMaxRestarts].contains($0.action)
        }
        if chance.percent(10) { spec.activeDeadlineSeconds = Int32(chance.one(of: [2, 20, 300])) }
        for number in spec.replicatedJobs.indices {
            var job = spec.replicatedJobs[number].template
            if chance.percent(20) {
                job.activeDeadlineSeconds = mayRestartForEver ? 600 : chance.one(of: [2, 20, 600])
            }
            if chance.percent(15) { job.pod.activeDeadlineSeconds = mayRestartForEver ? 60 : chance.one(of: [2, 60]) }
            if job.pod.restartPolicy == .never { addFailurePolicies(to: &job, &chance) }
            if chance.percent(15) { job.successPolicy = successPolicy(of: job, &chance) }
            spec.replicatedJobs[number].template = job
        }
        if spec.failurePolicy != nil, chance.percent(25) { restartInPlace(&spec) }
    }

    /// As admission wants jobs to be for that.
    private func restartInPlace(_ spec: inout JobSetSpec) {
        spec.failurePolicy?.restartStrategy = .inPlaceRestart
        for number in spec.replicatedJobs.indices {
            var job = spec.replicatedJobs[number].template
            job.completions = job.parallelism
            job.backoffLimit = .max
            job.podReplacementPolicy = .failed
            if job.backoffLimitPerIndex != nil {
                job.backoffLimitPerIndex = nil
                job.maxFailedIndexes = nil
                job.podFailurePolicy = nil
            }
            if let policy = job.successPolicy,
                policy.rules.contains(where: { $0.succeededCount ?? 0 > job.parallelism })
            {
                job.successPolicy = nil
            }
            spec.replicatedJobs[number].template = job
        }
    }

    private func addFailurePolicies(to job: inout JobSpec, _ chance: inout Chance) {
        if job.completionMode == .indexed, chance.percent(30) {
            job.backoffLimitPerIndex = Int32(chance.int(0...1))
            job.maxFailedIndexes = chance.percent(50) ? Int32(chance.int(0...Int(job.completions ?? 0))) : nil
            if chance.percent(50) { job.backoffLimit = .max }
        }
        guard chance.percent(40) else { return }
        var actions: [PodFailurePolicy.Rule.Action] = [.count, .failJob, .ignore, .ignore]
        if job.backoffLimitPerIndex != nil { actions.append(.failIndex) }
        let rules = (0...chance.int(0...1)).map { _ in rule(chance.one(of: actions), &chance) }
        job.podFailurePolicy = PodFailurePolicy(rules: rules)
        job.podReplacementPolicy = .failed
    }

    private func rule(_ action: PodFailurePolicy.Rule.Action, _ chance: inout Chance) -> PodFailurePolicy.Rule {
        if chance.percent(50) {
            let type = chance.percent(75) ? PodConditionType.disruptionTarget : .configIssue
            return PodFailurePolicy.Rule(action: action, onPodConditions: [.init(type: type.rawValue)])
        }
        let codes = PodFailurePolicy.ExitCodes(
            operator: chance.percent(70) ? .in : .notIn,
            values: chance.one(of: [[1], [2, 3]])
        )
        return PodFailurePolicy.Rule(action: action, onExitCodes: codes)
    }

    private func successPolicy(of job: JobSpec, _ chance: inout Chance) -> JobSuccessPolicy? {
        guard job.completionMode == .indexed, let completions = job.completions else { return nil }
        if chance.percent(50) { return JobSuccessPolicy(rules: [.init(succeededIndexes: IndexIntervals([0]))]) }
        return JobSuccessPolicy(rules: [.init(succeededCount: Int32(chance.int(1...Int(completions))))])
    }
}
