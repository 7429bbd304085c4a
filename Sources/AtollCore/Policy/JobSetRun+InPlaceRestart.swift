import AtollJobSet
import AtollModel

/// Restarts in place: all pods of a JobSet start their containers anew, together, where they are.
/// Source: KEP-467 of JobSet, semantics b.9.
///
/// A pod begins an attempt without processes, reports it, and waits. Once all pods have come to one attempt it is the
/// current one, and they start. A container that fails takes its pod to the next attempt; the one before that is then
/// the previous one, and all pods that are still there follow. Unlike the original, only pods are waited for that are to
/// run now: not those that have succeeded, nor those that `startupPolicy` and `dependsOn` still hold back. Nobody starts
/// while a pod of an earlier incarnation, or of a job that is over, works on within reach, at the attempt that it had come
/// to.
extension JobSetRun {
    var restartsInPlace: Bool {
        spec.failurePolicy?.restartStrategy == .inPlaceRestart
            && jobSet.metadata.annotations[JobSetKeys.disableInPlaceRestart] == nil
    }

    /// Follows the attempts that pods have come to. Returns the JobSet's end when there were too many.
    ///
    /// - Parameter positions: jobs that may have changed since they were counted.
    mutating func restartInPlace(at positions: [JobPosition], in inventory: Inventory, now: Instant) -> Ending? {
        guard restartsInPlace, let policy = spec.failurePolicy else { return nil }
        recount(.some(positions))
        let survey = surveyAttempts()
        guard let highest = survey.highest else { return nil }
        let uncounted = jobSet.status.restarts - jobSet.status.restartsCountTowardsMax
        let counted = max(Int64(highest) - Int64(uncounted), Int64(survey.restarts))
        if counted > Int64(policy.maxRestarts) {
            let message = "jobset failed due to reaching max number of restarts"
            return .failed(reason: "ReachedMaxRestarts", message: message)
        }
        if survey.isComplete, survey.lowest == highest, !isHaunted(in: inventory), !isLeaving(in: inventory) {
            jobSet.status.currentInPlaceRestartAttempt = highest
        } else if highest > 0 {
            goOn(to: highest, at: now)
        }
        return nil
    }

    /// All pods that have not come to an attempt follow those that have.
    private mutating func goOn(to attempt: Int32, at now: Instant) {
        let previous = jobSet.status.previousInPlaceRestartAttempt
        guard attempt - 1 > previous ?? -1 else { return }
        jobSet.status.previousInPlaceRestartAttempt = attempt - 1
        guard attempt > jobSet.status.currentInPlaceRestartAttempt ?? 0 else { return }
        note(.warning, "RestartingInPlace", "all pods go on to attempt \(attempt) in place", at: now.wall)
    }

    /// Tells the pods that are there how far the attempts have come, if that has changed.
    mutating func tellAttempts(in cluster: inout Cluster) {
        guard attempts != toldAttempts else { return }
        toldAttempts = attempts
        for job in jobs.joined().compactMap(\.current) {
            for index in job.pods.indices where job.pods[index].isToRun {
                guard let seat = job.seat(ofPod: index) else { continue }
                cluster.run(job.podID(index), on: seat, attempts: attempts(ofPod: index, of: job))
            }
        }
    }

    /// What one pod is told; nil where nothing restarts in place.
    func attempts(ofPod index: Int, of job: JobIncarnation) -> InPlaceAttempts? {
        guard var attempts else { return nil }
        // One that stands in for another goes ahead, and all follow; any other joins those that are there, or on their way.
        if job.pods[index].isStandIn != true {
            let onTheirWay = attempts.previous.map { min($0, .max - 1) + 1 } ?? 0
            attempts.first = max(attempts.current ?? 0, onTheirWay, UInt32(clamping: job.firstAttempt ?? 0))
        }
        return attempts
    }

    private var attempts: InPlaceAttempts? {
        guard restartsInPlace else { return nil }
        return InPlaceAttempts(
            previous: jobSet.status.previousInPlaceRestartAttempt.map(UInt32.init(clamping:)),
            current: jobSet.status.currentInPlaceRestartAttempt.map(UInt32.init(clamping:))
        )
    }

    /// The attempt that the pods of a job begin with that is about to be created: one that comes late joins the others;
    /// the first one after a restart of all jobs goes ahead, and so does one that had to move while others ran.
    func firstAttempt(ofNewJobAt position: JobPosition) -> Int32? {
        guard restartsInPlace else { return nil }
        let current = jobSet.status.currentInPlaceRestartAttempt
        let next = current.map { min($0, .max - 1) + 1 } ?? 0
        if self[position].previous.last?.restartAttempt == jobSet.status.restarts { return next }
        let others = jobs.joined().compactMap { $0.current?.firstAttempt }
        return others.max().map { max($0, current ?? 0) } ?? next
    }

    // MARK: The attempts of pods

    private struct Survey {
        var lowest: Int32?
        var highest: Int32?
        /// Most restarts of containers by themselves in one pod.
        var restarts: Int32 = 0
        /// False while a pod that is to run has not come to any attempt.
        var isComplete = true

        mutating func add(_ sums: AttemptSums, isNext: Bool) {
            if let new = sums.lowest { lowest = min(lowest ?? new, new) }
            if let new = sums.highest { highest = max(highest ?? new, new) }
            restarts = max(restarts, sums.restarts)
            if !sums.areComplete(isNext: isNext) { isComplete = false }
        }
    }

    private func surveyAttempts() -> Survey {
        var survey = Survey()
        var mayStart = true
        for number in jobs.indices {
            survey.add(tally.sums[number].attempts, isNext: mayStart && dependenciesHold(of: number))
            if spec.startupOrder == .inOrder, !hasStarted(number) { mayStart = false }
        }
        return survey
    }
}

extension PodRun {
    /// True while its host is told to run it.
    fileprivate var isToRun: Bool {
        switch phase {
        case .assigned, .running, .unreachable: true
        case .idle, .stopping, .ended: false
        }
    }
}
