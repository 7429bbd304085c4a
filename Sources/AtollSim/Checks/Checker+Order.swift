import AtollJobSet
import AtollModel

/// I5, from when processes ran and how they ended.
extension Checker {
    mutating func checkOrder(of process: ProcessTable.Process, in world: SimWorld) {
        guard let spec = world.people[process.jobSet]?.jobSet.spec,
            let number = spec.replicatedJobs.firstIndex(where: { $0.name == process.replicatedJob })
        else { return }
        if spec.startupOrder == .inOrder {
            for earlier in spec.replicatedJobs.prefix(number) { check(earlier, .ready, before: process, at: world.now) }
        }
        for dependency in spec.replicatedJobs[number].dependsOn {
            guard let target = spec.replicatedJobs.first(where: { $0.name == dependency.name }) else { continue }
            check(target, dependency.status, before: process, at: world.now)
        }
    }

    private mutating func check(
        _ target: ReplicatedJob,
        _ status: Dependency.Status,
        before process: ProcessTable.Process,
        at now: Int64
    ) {
        for index in 0..<UInt32(target.replicas) {
            let key = ProcessTable.JobKey(
                uid: process.uid,
                attempt: process.attempt,
                replicatedJob: target.name,
                index: index
            )
            guard !holds(status, of: target.template, key) else { continue }
            let evidence = "\(process.jobName) starts before job \(index) of \(target.name) is \(status.rawValue)"
            broken(.ordered, at: now, evidence)
        }
    }

    private func holds(_ status: Dependency.Status, of job: JobSpec, _ key: ProcessTable.JobKey) -> Bool {
        let isComplete = processes.succeeded(key) >= job.successesNeeded
        switch status {
        case .ready: return isComplete || processes.ran(key) >= Int(min(job.parallelism, job.completions ?? .max))
        case .complete: return isComplete
        }
    }
}

extension JobSpec {
    /// As few successes as may complete it: a work queue is done with the first.
    fileprivate var successesNeeded: Int {
        let rules = successPolicy?.rules ?? []
        let early = rules.map { rule in rule.succeededCount.map(Int.init) ?? rule.succeededIndexes?.count ?? 0 }
        return min(Int(completions ?? 1), early.min() ?? .max)
    }
}
