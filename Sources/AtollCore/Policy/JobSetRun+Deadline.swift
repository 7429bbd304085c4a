import AtollJobSet
import AtollModel

/// Limits on how long a JobSet, a job and a pod may be active. Source: semantics b.17, c.1 and c.6.
extension JobSetRun {
    var hasDeadlines: Bool { spec.replicatedJobs.contains { $0.template.hasDeadlines } }

    /// Fails the jobs and stops the pods that have been active for longer than they may, and looks again when the next
    /// one has.
    mutating func enforceDeadlines(in cluster: inout Cluster, at now: Instant) {
        var next: Instant?
        for number in jobs.indices where spec.replicatedJobs[number].template.hasDeadlines {
            for index in jobs[number].indices {
                let position = JobPosition(replicatedJob: number, index: index)
                next = earlier(next, enforceDeadlines(at: position, in: &cluster, now: now), after: now)
            }
        }
        if let next { wake(at: next, in: &cluster, now: now) }
    }

    /// Returns when one of this job may pass next.
    private mutating func enforceDeadlines(at position: JobPosition, in cluster: inout Cluster, now: Instant)
        -> Instant?
    {
        let template = template(at: position)
        var next: Instant?
        if let seconds = template.activeDeadlineSeconds, let end = endOfJob(at: position, after: seconds, now: now) {
            if end <= now { fail(position, .deadlineExceeded, in: &cluster, at: now) }
            next = earlier(next, end, after: now)
        }
        if let seconds = template.pod.activeDeadlineSeconds {
            let end = stopOverduePods(at: position, after: seconds, in: &cluster, now: now)
            next = earlier(next, end, after: now)
        }
        return next
    }

    /// True when the JobSet as a whole has been active for longer than it may: from when all of its jobs have their
    /// places, without a break. Suspending it ends that, a restart of all jobs begins anew.
    mutating func isOverdue(in cluster: inout Cluster, at now: Instant) -> Bool {
        guard let seconds = spec.activeDeadlineSeconds else { return false }
        if isHeldBack {
            endActivity()
        } else if activity == nil, placement?.isComplete == true {
            activity = Countdown(begunAt: now.wall)
            jobSet.status.startTime = now.wall
        }
        guard let end = activity?.end(after: Int64(seconds), at: now) else { return false }
        if end > now { wake(at: end, in: &cluster, now: now) }
        return end <= now
    }

    mutating func endActivity() {
        activity = nil
        jobSet.status.startTime = nil
    }

    private func earlier(_ next: Instant?, _ end: Instant?, after now: Instant) -> Instant? {
        guard let end, end > now else { return next }
        return min(next ?? end, end)
    }

    /// When a job's time is up; nil while it is not active. A job that is resumed begins anew.
    private mutating func endOfJob(at position: JobPosition, after seconds: Int64, now: Instant) -> Instant? {
        guard var job = self[position].current, job.isActive else { return nil }
        defer { self[position].current = job }
        guard !job.isSuspended, !isHeldBack else {
            if job.activity != nil { unsaved.jobs.append(position) }
            job.activity = nil
            return nil
        }
        if job.activity == nil {
            job.activity = Countdown(begunAt: now.wall)
            unsaved.jobs.append(position)
        }
        return job.activity?.end(after: seconds, at: now)
    }

    /// Stops pods whose time is up. Returns when the next one's is.
    private mutating func stopOverduePods(
        at position: JobPosition,
        after seconds: Int64,
        in cluster: inout Cluster,
        now: Instant
    ) -> Instant? {
        guard var job = self[position].current, job.isActive, !job.isSuspended, !isHeldBack else {
            return nil
        }
        var next: Instant?
        for index in job.pods.indices {
            if job.pods[index].beginIfRunning(at: now) { unsaved.jobs.append(position) }
            guard job.pods[index].mayStillRun,
                let end = job.pods[index].activity?.countdown.end(after: seconds, at: now)
            else { continue }
            if end <= now {
                job.pods[index].activity?.isOverdue = true
                stopPod(index, of: &job, at: position, in: &cluster)
            }
            next = earlier(next, end, after: now)
        }
        self[position].current = job
        return next
    }

    /// One moment is on the agenda at a time, or a few when earlier ones turn up, however often jobs are restarted.
    private mutating func wake(at moment: Instant, in cluster: inout Cluster, now: Instant) {
        if let deadlineArmedFor, deadlineArmedFor > now, deadlineArmedFor <= moment { return }
        deadlineArmedFor = moment
        cluster.agenda.add(.jobSet(name), at: moment)
    }
}

extension JobSpec {
    fileprivate var hasDeadlines: Bool { activeDeadlineSeconds != nil || pod.activeDeadlineSeconds != nil }
}

extension PodRun {
    /// Its time begins when it is first seen running. Returns whether it has begun now.
    fileprivate mutating func beginIfRunning(at now: Instant) -> Bool {
        guard activity == nil, isReady else { return false }
        activity = PodActivity(countdown: Countdown(begunAt: now.wall))
        return true
    }

    /// False for one that has ended, is being stopped or cannot be reached.
    fileprivate var mayStillRun: Bool {
        switch phase {
        case .assigned, .running: true
        case .idle, .stopping, .unreachable, .ended: false
        }
    }
}
