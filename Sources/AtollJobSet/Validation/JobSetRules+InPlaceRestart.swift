import AtollModel

extension JobSetRules {
    /// What a restart in place asks of each job, so that all of its pods take part in every attempt.
    mutating func checkInPlaceRestart(_ replicatedJob: ReplicatedJob, at path: FieldPath) {
        guard spec.restartsInPlace else { return }
        let job = replicatedJob.template
        let path = path.field("template", "spec")
        let prefix = "replicatedJob \(replicatedJob.name): "
        let suffix = " when in-place restart is enabled"
        if job.backoffLimit != .max {
            let message = "\(prefix)must be set to 2147483647 (MaxInt32)\(suffix)"
            findings.refuse(path.field("backoffLimit"), message)
        }
        if job.podReplacementPolicy != .failed {
            findings.refuse(path.field("podReplacementPolicy"), "\(prefix)must be set to Failed\(suffix)")
        }
        // As written: what the Job API would make of one of them does not count.
        let isLeftOut = ["completions", "parallelism"].contains { findings.isLeftOut(path.field($0)) }
        if isLeftOut || job.completions != job.parallelism {
            let message = "\(prefix)completions and parallelism must be set and equal to each other\(suffix)"
            findings.refuse(path.field("completions"), message)
        }
    }

    /// Whether a container may come without a command, because Atoll runs something else in its place or nothing.
    mutating func replacesAgent(_ container: ContainerSpec, isInit: Bool, at path: FieldPath) -> Bool {
        guard spec.restartsInPlace else { return false }
        if isInit, container.isInPlaceBarrier {
            findings.ignore(path, "restarts in place need no agent; the pod's own supervisor is the barrier")
            return true
        }
        if !isInit, container.inPlaceWorker != nil {
            findings.ignore(
                path.field("image"),
                "restarts in place need no agent; the pod's own supervisor is the barrier, and starts WORKER_COMMAND"
            )
            return true
        }
        return false
    }
}
