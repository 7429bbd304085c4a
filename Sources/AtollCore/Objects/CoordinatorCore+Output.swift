import AtollJobSet
public import AtollModel

/// A pod whose output can be read, and where.
public struct OutputSource: Equatable, Sendable {
    public var pod: PodID
    /// The pod's name for people.
    public var name: String
    public var host: HostID
    /// The connection of its host's agent; nil while there is none.
    public var session: SessionID?
}

extension CoordinatorCore {
    /// The pods behind a JobSet, job or pod that have been started, in order of their names' numbers; nil when there is
    /// no such object.
    public func outputSources(of kind: ObjectKind, _ name: ObjectName) -> [OutputSource]? {
        switch kind {
        case .jobsets:
            guard let run = runs[name] else { return nil }
            return run.positions.flatMap { sources(in: run, at: $0) }
        case .jobs:
            guard let (run, position) = position(ofJob: name) else { return nil }
            return sources(in: run, at: position)
        case .pods:
            guard let (run, position) = position(ofPod: name) else { return nil }
            return sources(in: run, at: position).filter { $0.name == name.name }
        case .hosts, .islands, .devices, .events, .persistentvolumeclaims: return nil
        }
    }

    /// True while more output may come: the JobSet that it belongs to has not finished.
    public func outputMayGrow(of kind: ObjectKind, _ name: ObjectName) -> Bool {
        switch kind {
        case .jobsets: runs[name].map { !$0.isFinished && !$0.isDeleting } ?? false
        case .jobs: position(ofJob: name).map { mayGrow($0, at: $1) } ?? false
        case .pods: position(ofPod: name).map { mayGrow($0, at: $1) } ?? false
        case .hosts, .islands, .devices, .events, .persistentvolumeclaims: false
        }
    }

    private func mayGrow(_ run: JobSetRun, at position: JobPosition) -> Bool {
        !run.isFinished && !run.isDeleting && run[position].current?.isComplete != true
    }

    private func sources(in run: JobSetRun, at position: JobPosition) -> [OutputSource] {
        guard let job = run[position].current ?? run[position].previous.last else { return [] }
        return job.pods.indices.compactMap { index in
            guard let seat = job.seat(ofPod: index) else { return nil }
            return OutputSource(
                pod: job.podID(index),
                name: JobSetNames.podHostname(job: run.jobName(position), podIndex: index),
                host: seat.host,
                session: cluster.inventory[seat.host]?.readySession
            )
        }
    }

    func position(ofJob name: ObjectName) -> (JobSetRun, JobPosition)? {
        for run in jobSetRuns where run.name.namespace == name.namespace && name.name.hasPrefix(run.name.name) {
            if let position = run.positions.first(where: { run.jobName($0) == name.name }) { return (run, position) }
        }
        return nil
    }

    private func position(ofPod name: ObjectName) -> (JobSetRun, JobPosition)? {
        guard let dash = name.name.lastIndex(of: "-") else { return nil }
        return position(ofJob: ObjectName(namespace: name.namespace, name: String(name.name[..<dash])))
    }
}

extension HostState {
    fileprivate var readySession: SessionID? { if case .synced(let session) = link { session } else { nil } }
}
