import AtollJobSet
import AtollModel

extension JobSetRun {
    enum Ending {
        case completed
        case failed(reason: String, message: String)

        static let deadlineExceeded = failed(
            reason: "DeadlineExceeded",
            message: "jobset was active longer than specified deadline"
        )
    }

    /// Reaches the terminal state. Jobs that still run are stopped in the next round.
    mutating func finish(_ ending: Ending, at now: Instant) {
        switch ending {
        case .completed:
            let message = "jobset completed successfully"
            jobSet.status.terminalState = "Completed"
            setCondition(.completed, true, reason: "AllJobsCompleted", message: message, at: now)
            setCondition(.restartingJobSet, false, reason: "JobSetCompleted", message: message, at: now)
        case .failed(let reason, let message):
            jobSet.status.terminalState = "Failed"
            setCondition(.failed, true, reason: reason, message: message, at: now)
            setCondition(.restartingJobSet, false, reason: "JobSetFailed", message: "jobset failed", at: now)
        }
        waiting = nil
    }

    /// Deletes the jobs that still run; finished ones are kept for inspection, without processes.
    mutating func stopActiveJobs(at positions: [JobPosition], in cluster: inout Cluster) {
        for position in positions {
            guard let job = self[position].current else { continue }
            if job.isActive { retire(position, in: &cluster) } else { stopPods(at: position, in: &cluster) }
        }
    }

    /// Ends an incarnation: its pods are told to stop, and it is kept among the earlier ones.
    mutating func retire(_ position: JobPosition, in cluster: inout Cluster) {
        guard var job = self[position].current else { return }
        stopPods(of: &job, at: position, in: &cluster)
        if !job.isSeated(asIn: placement?[position]?.seats ?? []) { seatingChanges += 1 }
        self[position].current = nil
        self[position].previous.append(job)
        unsaved.jobs.append(position)
    }

    /// True once no process of any pod of this JobSet can exist any more.
    var isGone: Bool {
        jobs.joined().allSatisfy { ($0.current?.isGone ?? true) && !$0.isHauntedByPrevious }
    }

    /// Gives the seats and island of each job back once none of its pods can run on them any more (I1, I4). For a
    /// JobSet that has ended; one that is suspended gives all back at once or nothing, see `holdStill`.
    mutating func releaseWhatIsEmpty(at positions: [JobPosition], in cluster: inout Cluster) {
        guard placement != nil else { return }
        for position in positions where !isOccupied(position) && self[position].current?.isGone != false {
            guard let place = placement?[position] else { continue }
            cluster.release(place)
            placement?[position] = nil
            unsaved.jobSet = true
        }
        if placement?.placed.isEmpty == true { placement = nil }
    }

    /// Gives all seats and islands back once no pod of the JobSet can run on them any more.
    mutating func releaseWhenEmpty(in cluster: inout Cluster) {
        guard let held = placement, !positions.contains(where: isOccupied),
            jobs.joined().allSatisfy({ $0.current?.isGone ?? true })
        else { return }
        for place in held.placed { cluster.release(place) }
        placement = nil
        unsaved.jobSet = true
    }

    /// Asks for the JobSet's own deletion once `ttlSecondsAfterFinished` has passed since it finished.
    mutating func expire(in cluster: inout Cluster, at now: Instant) {
        guard let ttl = spec.ttlSecondsAfterFinished,
            let finished = jobSet.status.conditions.first(where: {
                $0.status && [.completed, .failed].contains($0.type)
            })
        else { return }
        let past = Duration.nanoseconds(now.wall.nanoseconds - finished.lastTransitionTime.nanoseconds)
        if past >= .seconds(Int64(ttl)) {
            jobSet.metadata.deletionTimestamp = now.wall
            unsaved.jobSet = true
        } else if expiryArmedFor.map({ $0 <= now }) ?? true {
            // Not armed yet, or the wall clock was set back since.
            let moment = now.advanced(by: .seconds(Int64(ttl)) - past)
            expiryArmedFor = moment
            cluster.agenda.add(.jobSet(name), at: moment)
        }
    }

    /// Removes every trace: the last pod is gone.
    mutating func leave(_ cluster: inout Cluster, into effects: inout Effects) {
        for place in placement?.placed ?? [] { cluster.release(place) }
        placement = nil
        for position in positions {
            let job = self[position]
            for incarnation in job.previous + [job.current].compactMap(\.self) { cluster.forget(incarnation) }
            effects.persist.append(.delete(.job(objectName(of: position))))
        }
        effects.persist.append(.delete(.jobSet(name)))
        effects.notes.append(.changed(.jobSet(name), .deleted))
    }

    // MARK: Saving

    /// Persists what changed since the last round, and tells watchers and people about it.
    mutating func save(in cluster: inout Cluster, into effects: inout Effects) {
        defer { unsaved = Unsaved() }
        effects.notes += unsaved.events.map { .jobSetEvent(name, $0) }
        let changedJobs = OrderedPositions(unsaved.jobs)
        for position in changedJobs.list {
            effects.persist.append(.put(.job(record(of: position))))
            effects.notes.append(.changed(.job(objectName(of: position)), .modified))
        }
        let isChanged = unsaved.jobSet || jobSet.status.durable != savedStatus
        guard isChanged || jobSet.status != shownStatus else { return }
        jobSet.metadata.resourceVersion = cluster.nextRevision()
        shownStatus = jobSet.status
        effects.notes.append(.changed(.jobSet(name), .modified))
        guard isChanged else { return }
        savedStatus = jobSet.status.durable
        effects.persist.append(.put(.jobSet(record)))
    }

    func objectName(of position: JobPosition) -> ObjectName {
        ObjectName(namespace: name.namespace, name: jobName(position))
    }

    func record(of position: JobPosition) -> JobRecord {
        JobRecord(
            name: objectName(of: position),
            jobSet: name,
            replicatedJob: position.replicatedJob,
            index: position.index,
            run: self[position]
        )
    }

    var record: JobSetRecord {
        JobSetRecord(
            name: name,
            uid: jobSet.metadata.uid,
            sequence: sequence,
            resourceVersion: jobSet.metadata.resourceVersion,
            generation: jobSet.metadata.generation,
            createdAt: jobSet.metadata.creationTimestamp ?? Timestamp(nanoseconds: 0),
            deletedAt: jobSet.metadata.deletionTimestamp,
            manifest: manifest,
            status: jobSet.status,
            events: events,
            placement: placement,
            eviction: eviction,
            isHeld: isHeld
        )
    }
}

/// Positions without repeats, in order of first appearance.
private struct OrderedPositions {
    var list: [JobPosition] = []

    init(_ positions: [JobPosition]) {
        var seen = Set<JobPosition>()
        list = positions.filter { seen.insert($0).inserted }
    }
}
