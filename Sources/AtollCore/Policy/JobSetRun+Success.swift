import AtollJobSet

extension JobSetRun {
    /// `All`: every job of the targets has succeeded; `Any`: one has. Source: semantics b.4.
    ///
    /// A JobSet without any job to run is complete at once; in the original it never ends.
    var successPolicyIsMet: Bool {
        let policy = spec.successPolicy
        let targets = jobSet.status.replicatedJobsStatus.indices.filter { number in
            policy.targetReplicatedJobs.isEmpty
                || policy.targetReplicatedJobs.contains(spec.replicatedJobs[number].name)
        }
        let succeeded = targets.reduce(0) { $0 + Int(jobSet.status.replicatedJobsStatus[$1].succeeded) }
        let wanted = targets.reduce(0) { $0 + jobs[$1].count }
        return switch policy.operator {
        case .all: succeeded >= wanted
        case .any: succeeded >= 1 || jobs.joined().isEmpty
        }
    }
}
