import AtollCore
import AtollModel

extension Fleet {
    /// What the agents answer to assignments, one batch each: pods told to run run, pods told to stop have ended.
    func answers(to effects: Effects) -> [Input] {
        effects.send.compactMap { send in
            guard case .assignment(let session, let assignment) = send, !assignment.pods.isEmpty else { return nil }
            let reports = assignment.pods.map { PodReport(pod: $0.id, observation: observation(of: $0)) }
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

    /// A pod's containers have failed, so it has gone on to another attempt of its JobSet.
    func comesToAttempt(_ attempt: UInt32, _ pod: PodID, on session: SessionID) -> Input {
        let running = running(InPlaceAttempts(previous: attempt - 1))
        return .session(session, .observed(batch([PodReport(pod: pod, observation: .running(running))])))
    }

    /// A pod that restarts in place waits at its attempt until that is the current one.
    private func running(_ attempts: InPlaceAttempts?) -> RunningPod {
        guard let attempts else { return RunningPod(since: now.wall) }
        let attempt = max(attempts.first ?? 0, attempts.previous.map { $0 + 1 } ?? 0)
        let isReady = attempts.current == attempt
        let revision = 2 * attempt + (isReady ? 2 : 1)
        return RunningPod(since: now.wall, isReady: isReady, attempt: attempt, revision: revision)
    }

    private func observation(of pod: PodAssignment) -> PodObservation {
        switch pod.goal {
        case .run: .running(running(pod.attempts))
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
