import AtollJobSet
public import AtollModel

extension JobSetRun {
    /// One word for people: lists, the coordinator's status and its metrics have the same.
    public var state: JobSetState {
        if isDeleting { return .deleting }
        if let end = JobSetState(rawValue: jobSet.status.terminalState) { return end }
        if spec.suspend { return .suspended }
        if waiting != nil { return .waiting }
        if jobSet.status[.suspended]?.status == true { return .suspended }
        if jobSet.status[.restartingJobSet]?.status == true { return .restarting }
        let ready = jobs.joined().reduce(0) { sum, job in
            job.current.map { sum + $0.counts.ready + $0.counts.succeeded } ?? sum
        }
        return podTotal > 0 && ready >= podTotal ? .running : .starting
    }
}
