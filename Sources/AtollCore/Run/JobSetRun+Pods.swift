import AtollJobSet
import AtollModel

extension JobSetRun {
    /// Takes note of what an agent saw of one pod. Older news than what is known changes nothing. Returns whether the
    /// pod changed.
    mutating func podObserved(_ pod: PodID, _ observation: PodObservation, in cluster: inout Cluster, at now: Instant)
        -> Bool
    {
        guard let position = cluster.owners[pod.job]?.position else { return false }
        let isNews = podObserved(pod, observation, at: position, in: &cluster, now: now)
        if isNews { news.add(position) }
        return isNews
    }

    private mutating func podObserved(
        _ pod: PodID,
        _ observation: PodObservation,
        at position: JobPosition,
        in cluster: inout Cluster,
        now: Instant
    ) -> Bool {
        if self[position].current?.id == pod.job {
            let isCounted = self[position].current?.isEndCounted(of: Int(pod.index)) ?? false
            let restarts = self[position].current?.restarts(of: Int(pod.index)) ?? 0
            guard self[position].current?.note(pod, observation, in: &cluster) == true else { return false }
            guard case .ended(let exit) = self[position].current?.pods[Int(pod.index)].phase else {
                // Back from a lost host: on disk as well, so that its next failure counts.
                if isCounted { unsaved.jobs.append(position) }
                if self[position].current?.restarts(of: Int(pod.index)) != restarts {
                    containersRestarted(at: position, in: &cluster, now: now)
                }
                return true
            }
            let template = template(at: position)
            // They count with the pod's own failure.
            if !exit.succeeded, !isCounted { self[position].current?.countRestarts(restarts, under: template) }
            podEnded(pod, exit, isCounted: isCounted, at: position, in: &cluster, now: now)
            return true
        }
        guard let index = self[position].previous.firstIndex(where: { $0.id == pod.job }),
            self[position].previous[index].note(pod, observation, in: &cluster)
        else { return false }
        if case .ended = observation { unsaved.jobs.append(position) }
        return true
    }

    /// How far this very pod has come; nil for one that has been replaced or is forgotten.
    func phase(of pod: PodID, at position: JobPosition) -> PodRun.Phase? {
        let jobs = [self[position].current].compactMap(\.self) + self[position].previous
        guard let job = jobs.first(where: { $0.id == pod.job }), Int(pod.index) < job.pods.count,
            job.pods[Int(pod.index)].replacement == pod.replacement
        else { return nil }
        return job.pods[Int(pod.index)].phase
    }

    /// Ends the present incarnation of a job; what that means for the JobSet is decided in its own round.
    mutating func fail(
        _ position: JobPosition,
        _ cause: JobFailure.Cause,
        in cluster: inout Cluster,
        at now: Instant
    ) {
        let failure = JobFailure(
            reason: cause.reason,
            message: cause.message,
            at: now.wall,
            sequence: cluster.nextRevision()
        )
        self[position].current?.outcome = .failed(failure)
        unsaved.jobs.append(position)
    }

    /// Restarts in place count towards the job's limit while the pod goes on.
    private mutating func containersRestarted(at position: JobPosition, in cluster: inout Cluster, now: Instant) {
        guard let job = self[position].current, job.isActive, !isFinished, !isDeleting,
            let cause = job.causeOfFailure(under: template(at: position))
        else { return }
        fail(position, cause, in: &cluster, at: now)
    }

    private mutating func podEnded(
        _ pod: PodID,
        _ exit: PodExit,
        isCounted: Bool,
        at position: JobPosition,
        in cluster: inout Cluster,
        now: Instant
    ) {
        unsaved.jobs.append(position)
        guard var job = self[position].current, job.isActive, !isFinished, !isDeleting else { return }
        let template = template(at: position)
        let index = Int(pod.index)
        let isFailure = !exit.succeeded && !isCounted
        if isFailure, exit.tookItsPlace {
            note(.warning, PodExit.deviceLost, "\(podName(index, at: position)): \(exit.message)", at: now.wall)
            return placeLost(ofPod: index, exit, at: position, in: &cluster, at: now)
        }
        // The order of the Job controller: failures first.
        let cause =
            isFailure
            ? job.podFailed(index, exit, under: template, named: podName(index, at: position))
            : job.causeOfFailure(under: template)
        if cause == nil, job.hasSucceeded(template) {
            job.outcome = .complete(at: now.wall)
            // What its success policy does not wait for.
            stopPods(of: &job, at: position, in: &cluster)
        } else if cause == nil, isFailure, !job.pods[index].hasFailedForGood {
            let moment = now.advanced(by: job.backoff(of: index))
            job.pods[index].notBefore = moment
            job.pods[index].isStandIn = true
            cluster.agenda.add(.jobSet(name), at: moment)
        }
        self[position].current = job
        if let cause { fail(position, cause, in: &cluster, at: now) }
    }

    // MARK: Starting and stopping

    /// Starts what may run of a job, on its seats: lowest indexes first, no more at a time than there are seats.
    mutating func startPods(at position: JobPosition, in cluster: inout Cluster, now: Instant) {
        guard var job = self[position].current, job.isActive, job.pods.includeUnstarted,
            let seats = placement?[position]?.seats
        else { return }
        let template = template(at: position)
        let isWorkQueue = template.completions == nil
        // The first success of a work queue says that the work is done: no new pod starts.
        if isWorkQueue && job.counts.succeeded > 0 { return }
        if let (index, host) = job.lostHost(of: template.podCount, among: seats, in: cluster.inventory, at: now) {
            let why = "\(host.id) is lost and its pods could not be started there"
            note(.warning, "HostLost", why, at: now.wall)
            let exit = PodExit(cause: .lost, at: now.wall, message: "HostLost: \(why)")
            return placeLost(ofPod: index, exit, at: position, in: &cluster, at: now)
        }
        let wasInOrder = job.isSeated(asIn: seats)
        let started = job.takeSeats(template.podCount, among: seats, in: &cluster, at: now)
        guard !started.isEmpty else { return }
        if !wasInOrder || !job.isSeated(asIn: seats) { seatingChanges += 1 }
        for index in started {
            guard let seat = job.seat(ofPod: index) else { continue }
            cluster.run(job.podID(index), on: seat, attempts: attempts(ofPod: index, of: job))
        }
        self[position].current = job
        unsaved.jobs.append(position)
        noteMounts(at: position, on: seats, in: &cluster)
    }

    /// Tells the hosts of a job's pods to stop them.
    mutating func stopPods(of job: inout JobIncarnation, at position: JobPosition, in cluster: inout Cluster) {
        for index in job.pods.indices { stopPod(index, of: &job, at: position, in: &cluster) }
    }

    /// Nothing happens to one that is not running or is being stopped.
    mutating func stopPod(
        _ index: Int,
        of job: inout JobIncarnation,
        at position: JobPosition,
        in cluster: inout Cluster
    ) {
        guard let seat = job.seat(ofPod: index) else { return }
        switch job.pods[index].phase {
        case .assigned, .running, .unreachable:
            job.pods[index].phase = .stopping
            cluster.stop(job.podID(index), on: seat)
            unsaved.jobs.append(position)
        case .idle, .stopping, .ended: break
        }
    }

    mutating func stopPods(at position: JobPosition, in cluster: inout Cluster) {
        guard var job = self[position].current else { return }
        stopPods(of: &job, at: position, in: &cluster)
        self[position].current = job
    }
}

extension JobIncarnation {
    fileprivate func restarts(of index: Int) -> UInt32 { index < pods.count ? pods[index].restarts : 0 }

    fileprivate func isEndCounted(of index: Int) -> Bool { index < pods.count && pods[index].isEndCounted }

    /// False when the report says nothing new about the pod, or is about a replaced one.
    fileprivate mutating func note(_ pod: PodID, _ observation: PodObservation, in cluster: inout Cluster) -> Bool {
        let index = Int(pod.index)
        guard index < pods.count, pods[index].replacement == pod.replacement else { return false }
        switch (pods[index].phase, observation) {
        case (.idle, _), (.ended, _): return false
        case (_, .ended(let exit)):
            pods[index].phase = .ended(pods[index].isOverdue ? exit.overdue : exit)
            if let seat = seat(ofPod: index) { cluster.markEnded(pod, on: seat) }
        case (.assigned, .running(let running)), (.unreachable, .running(let running)):
            pods[index].phase = .running(running)
            pods[index].notBefore = nil
        case (.running(let known), .running(let running)) where running.revision > known.revision:
            pods[index].phase = .running(running)
        case (.assigned, _), (.running, _), (.stopping, _), (.unreachable, _): return false
        }
        return true
    }

    /// The first pod that is due, and a lost host on which one would have its seat; nil when none is due or all of the
    /// hosts are there.
    fileprivate func lostHost(
        of podCount: Int,
        among seats: [Seat],
        in inventory: Inventory,
        at now: Instant
    ) -> (Int, HostState)? {
        guard let index = pods.prefix(podCount).firstIndex(where: { $0.isDue(at: now) }) else { return nil }
        let taken = Set(pods.filter(\.mayRun).compactMap(\.seat))
        for (number, seat) in seats.enumerated() where !taken.contains(number) {
            if let host = inventory[seat.host], host.link.isLost { return (index, host) }
        }
        return nil
    }

    /// Gives free seats to the lowest indexes that still have to run, but for those that the job has become too small
    /// for. Returns the indexes that got one.
    fileprivate mutating func takeSeats(
        _ podCount: Int,
        among seats: [Seat],
        in cluster: inout Cluster,
        at now: Instant
    ) -> [Int] {
        self.seats = seats
        var isTaken = Array(repeating: false, count: seats.count)
        for pod in pods where pod.mayRun { if let seat = pod.seat { isTaken[seat] = true } }
        var next = 0
        var started: [Int] = []
        for index in pods.indices.prefix(podCount) where pods[index].isDue(at: now) {
            while next < seats.count && isTaken[next] { next += 1 }
            // The seat it had before, so that a restarted pod finds its host's files and caches again.
            let old = pods[index].seat.flatMap { $0 < seats.count && !isTaken[$0] ? $0 : nil }
            guard let seat = old ?? (next < seats.count ? next : nil) else { break }
            if case .ended = pods[index].phase { replace(index, in: &cluster) }
            isTaken[seat] = true
            pods[index].seat = seat
            pods[index].phase = .assigned
            pods[index].notBefore = nil
            started.append(index)
        }
        return started
    }

    /// The failed pod's output goes with it; the next one takes its index.
    private mutating func replace(_ index: Int, in cluster: inout Cluster) {
        if let seat = seat(ofPod: index) { cluster.forget(podID(index), on: seat) }
        pods[index].replacement += 1
        pods[index].activity = nil
    }
}

extension PodRun {
    /// True for a pod that has to run now: never started, or failed with its back-off over.
    fileprivate func isDue(at now: Instant) -> Bool {
        guard !hasFailedForGood else { return false }
        return switch phase {
        case .idle: notBefore.map { $0 <= now } ?? true
        case .ended(let exit): !exit.succeeded && (notBefore.map { $0 <= now } ?? true)
        case .assigned, .running, .stopping, .unreachable: false
        }
    }
}

extension PodRun {
    fileprivate var isOverdue: Bool { activity?.isOverdue ?? false }

    /// True when its end is no new failure: it was stopped to suspend its job, even if the job has been resumed
    /// meanwhile, or it counted when its host was lost.
    fileprivate var isEndCounted: Bool {
        switch phase {
        case .stopping: !isOverdue
        case .unreachable: true
        case .idle, .assigned, .running, .ended: false
        }
    }
}

extension PodExit {
    /// The end of a pod that had run for too long, whatever its processes made of being told to stop.
    fileprivate var overdue: PodExit {
        PodExit(
            cause: succeeded ? .signaled(15) : cause,
            container: container,
            at: at,
            message: "DeadlineExceeded: Pod was active on the node longer than the specified deadline"
        )
    }
}
