import AtollJobSet
import AtollModel

/// A store whose content cannot be understood: nothing was changed, and nothing was sent.
public struct RestoreError: Error, Equatable, Sendable {
    /// Which record, what is wrong with it, and what to do.
    public let message: String
}

extension CoordinatorCore {
    /// - Throws: for numbers that no cluster's life gets to, and that would leave no room for more.
    static func check(_ record: ClusterRecord) throws(RestoreError) {
        guard record.epoch.rawValue < 1 << 62, record.revision < 1 << 62, record.nextJobNumber < 1 << 40,
            record.jobIDPrefix < 1 << 24
        else { throw RestoreError(message: "the stored cluster record is damaged: \(record)") }
    }

    /// Rebuilds what was known. Pods that ran are taken to run still: their agents will say.
    mutating func restore(_ stored: StoredState) throws(RestoreError) {
        for host in stored.hosts {
            let slot = cluster.inventory.add(host.facts, instance: host.instance, link: .neverConnected)
            cluster.inventory.update(slot) {
                $0.cordon = host.cordon
                $0.baseline = host.baseline
                $0.excused = host.excused ?? []
            }
            cluster.inventory.setVerified(host.verified, slot: slot, since: cluster.restoredAt)
        }
        for record in stored.jobSets.sorted(by: { $0.sequence < $1.sequence }) {
            guard record.sequence < 1 << 62 else { throw damaged("JobSet", record.name, "its sequence number") }
            runs[record.name] = try run(from: record)
            order[record.sequence] = record.name
            nextSequence = record.sequence + 1
            dirty.insert(record.name)
        }
        for record in stored.jobs.sorted(by: { $0.name < $1.name }) { try restore(record) }
        for claim in stored.volumeClaims { cluster.volumeClaims.restore(claim) }
        for run in jobSetRuns where !(run.isFinished && run.isGone) {
            cluster.volumeClaims.use(run.jobSet.claimNames, by: run.name)
        }
        // In order of creation, so that the tables come out alike every time.
        for name in order.values { restorePlacement(of: name) }
    }

    private func run(from record: JobSetRecord) throws(RestoreError) -> JobSetRun {
        var jobSet = try decode(record.manifest, of: record.name)
        jobSet.metadata.name = record.name
        jobSet.metadata.uid = record.uid
        jobSet.metadata.resourceVersion = record.resourceVersion
        jobSet.metadata.generation = record.generation
        jobSet.metadata.creationTimestamp = record.createdAt
        jobSet.metadata.deletionTimestamp = record.deletedAt
        jobSet.status = record.status
        var run = JobSetRun(
            jobSet: jobSet,
            manifest: record.manifest,
            sequence: record.sequence,
            eventsMax: cluster.limits.eventsPerJobSet
        )
        run.events = record.events
        if let placement = record.placement {
            guard placement.jobs.map(\.count) == run.jobs.map(\.count) else {
                throw damaged("JobSet", record.name, "its placement")
            }
        }
        run.placement = record.placement
        run.eviction = record.eviction
        run.isHeld = record.isHeld ?? false
        return run
    }

    private func decode(_ manifest: String, of name: ObjectName) throws(RestoreError) -> JobSet {
        let problem: String
        do throws(ManifestError) {
            if let decoded = try JobSetManifest.parse(text: manifest, source: "store", defaultNamespace: name.namespace)
                .first
            {
                return decoded.jobSet
            }
            problem = "it is empty"
        } catch {
            problem = error.description
        }
        throw RestoreError(
            message: "the stored JobSet \(name) cannot be read: \(problem); was it written by a newer release?"
        )
    }

    private mutating func restore(_ record: JobRecord) throws(RestoreError) {
        let position = JobPosition(replicatedJob: record.replicatedJob, index: record.index)
        guard let run = runs[record.jobSet], run.jobs.indices.contains(position.replicatedJob),
            run.jobs[position.replicatedJob].indices.contains(position.index)
        else { throw RestoreError(message: "the stored job \(record.name) belongs to no stored JobSet") }
        guard record.run.isWhole else { throw damaged("job", record.name, "its pods' seats") }
        var job = record.run
        job.current?.forgetWhatRan()
        for index in job.previous.indices { job.previous[index].forgetWhatRan() }
        for incarnation in job.previous + [job.current].compactMap(\.self) {
            cluster.owners[incarnation.id] = Cluster.JobOwner(jobSet: record.jobSet, position: position)
            cluster.restore(incarnation) { run.attempts(ofPod: $0, of: incarnation) }
        }
        runs[record.jobSet]?[position] = job
    }

    private mutating func restorePlacement(of name: ObjectName) {
        guard let run = runs[name] else { return }
        for position in run.positions {
            let places = [run.placement?[position]].compactMap(\.self) + run[position].previous.compactMap(\.left)
            for place in places { cluster.hold(place, for: run.holder(at: position)) }
        }
    }
}

private func damaged(_ kind: String, _ name: ObjectName, _ what: String) -> RestoreError {
    RestoreError(message: "the stored \(kind) \(name) is damaged in \(what); restore a backup")
}

extension JobRun {
    /// True when each pod's seat exists.
    fileprivate var isWhole: Bool {
        (previous + [current].compactMap(\.self)).allSatisfy { incarnation in
            incarnation.pods.allSatisfy { $0.seat.map(incarnation.seats.indices.contains) ?? true }
        }
    }
}

extension JobIncarnation {
    /// What ran when the coordinator went down may have ended since, and a failed pod has waited for long enough.
    fileprivate mutating func forgetWhatRan() {
        activity?.forgetEnd()
        for index in pods.indices {
            pods[index].notBefore = nil
            pods[index].activity?.countdown.forgetEnd()
            if case .running = pods[index].phase { pods[index].phase = .assigned }
        }
    }
}

extension Cluster {
    /// Puts an incarnation's pods back into their hosts' desired sets.
    fileprivate mutating func restore(_ incarnation: JobIncarnation, attempts: (Int) -> InPlaceAttempts?) {
        for index in incarnation.pods.indices {
            guard let seat = incarnation.seat(ofPod: index) else { continue }
            let pod = incarnation.podID(index)
            switch incarnation.pods[index].phase {
            case .idle: break
            case .assigned, .running, .unreachable: run(pod, on: seat, attempts: attempts(index))
            case .stopping: stop(pod, on: seat)
            case .ended: stop(pod, on: seat)
            }
        }
    }
}
