import AtollCore
import AtollModel

extension Fleet {
    /// What the agents answer to assignments, one batch each: pods told to run run, pods told to stop have ended.
    func answers(to effects: Effects) -> [Input] {
        effects.send.compactMap { send in
            guard case .assignment(let session, let assignment) = send, !assignment.pods.isEmpty else { return nil }
            let reports = assignment.pods.map { PodReport(pod: $0.id, observation: observation(of: $0.goal)) }
            return .session(session, .observed(batch(reports, applied: assignment.generation)))
        }
    }

    /// One pod's process has died with an error.
    func failure(of pod: PodID, on session: SessionID) -> Input {
        let exit = PodExit(cause: .exited(code: 1), container: "main", at: now.wall)
        return .session(session, .observed(batch([PodReport(pod: pod, observation: .ended(exit))])))
    }

    func batch(_ pods: [PodReport], applied: Generation = Generation(1)) -> StatusBatch {
        StatusBatch(epoch: core.cluster.epoch, applied: applied, complete: false, pods: pods)
    }

    private func observation(of goal: PodAssignment.Goal) -> PodObservation {
        switch goal {
        case .run: .running(since: now.wall)
        case .stop: .ended(PodExit(cause: .signaled(15), container: "main", at: now.wall))
        }
    }
}

extension Effects {
    /// Pods that hosts are told to start, with the connection each order goes to.
    var starts: [(session: SessionID, pod: PodID)] { orders(.run) }
    var stops: [(session: SessionID, pod: PodID)] { orders(.stop) }

    private func orders(_ goal: PodAssignment.Goal) -> [(session: SessionID, pod: PodID)] {
        send.flatMap { send in
            guard case .assignment(let session, let assignment) = send else { return [(SessionID, PodID)]() }
            return assignment.pods.filter { $0.goal == goal }.map { (session, $0.id) }
        }
    }
}

extension StoredState {
    /// What a store would hold after these changes.
    mutating func take(_ changes: [StoreChange]) {
        var hosts: [HostID: HostRecord] = [:]
        var jobSets: [ObjectName: JobSetRecord] = [:]
        var jobs: [ObjectName: JobRecord] = [:]
        for case .put(let record) in changes {
            switch record {
            case .cluster(let record): cluster = record
            case .host(let record): hosts[record.facts.host] = record
            case .jobSet(let record): jobSets[record.name] = record
            case .job(let record): jobs[record.name] = record
            // No benchmark's JobSets have volumes.
            case .volumeClaim: break
            }
        }
        self.hosts = hosts.values.sorted { $0.facts.host < $1.facts.host }
        self.jobSets = jobSets.values.sorted { $0.sequence < $1.sequence }
        self.jobs = jobs.values.sorted { $0.name < $1.name }
    }
}
