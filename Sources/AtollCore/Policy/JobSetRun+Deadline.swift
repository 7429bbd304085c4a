import AtollJobSet
import AtollModel

/// Limits on how long a job may be active. Source: semantics c.1 and c.6.
extension JobSetRun {
    /// Fails the jobs that have been active for longer than they may, and looks again when the next one has.
    mutating func enforceDeadlines(in cluster: inout Cluster, at now: Instant) {
        var next: Instant?
        for position in positions {
            guard let seconds = template(at: position).activeDeadlineSeconds,
                let end = endOfJob(at: position, after: seconds, now: now)
            else { continue }
            if end <= now {
                fail(position, .deadlineExceeded, in: &cluster, at: now)
            } else {
                next = min(next ?? end, end)
            }
        }
        if let next { wake(at: next, in: &cluster, now: now) }
    }

    /// When a job's time is up; nil while it is not active. A job that is resumed begins anew.
    private mutating func endOfJob(at position: JobPosition, after seconds: Int64, now: Instant) -> Instant? {
        guard var job = self[position].current, job.isActive else { return nil }
        defer { self[position].current = job }
        guard !job.isSuspended else {
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

    /// One moment is on the agenda at a time, or a few when earlier ones turn up, however often jobs are restarted.
    private mutating func wake(at moment: Instant, in cluster: inout Cluster, now: Instant) {
        if let deadlineArmedFor, deadlineArmedFor > now, deadlineArmedFor <= moment { return }
        deadlineArmedFor = moment
        cluster.agenda.add(.jobSet(name), at: moment)
    }
}
