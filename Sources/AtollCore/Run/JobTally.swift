import AtollJobSet
import AtollModel

/// What the jobs of a JobSet add up to. Each job's part is remembered, so that a round counts only those again that
/// something has happened to.
struct JobTally: Equatable, Sendable {
    /// One ReplicatedJob's part.
    struct Sums: Equatable, Sendable {
        var active = 0, ready = 0, succeeded = 0, failed = 0, suspended = 0
        var attempts = AttemptSums()
    }

    private var parts: [[JobPart]]
    /// By ReplicatedJob.
    private(set) var sums: [Sums]
    /// Jobs of which pods may run that are nobody's any more.
    private(set) var hauntedCount = 0

    init(shape: [Int] = []) {
        parts = shape.map { Array(repeating: JobPart(), count: $0) }
        sums = shape.map { _ in Sums() }
    }

    mutating func set(_ part: JobPart, at position: JobPosition) {
        let old = parts[position.replicatedJob][position.index]
        guard part != old else { return }
        parts[position.replicatedJob][position.index] = part
        sums[position.replicatedJob].count(old, by: -1)
        sums[position.replicatedJob].count(part, by: 1)
        hauntedCount += (part.isHaunted ? 1 : 0) - (old.isHaunted ? 1 : 0)
    }
}

/// What one child job adds to the sums.
struct JobPart: Equatable, Sendable {
    /// As JobSet counts it: an active job is ready as well, once its pods are.
    var isActive = false, isReady = false, hasSucceeded = false, hasFailed = false, isSuspended = false
    /// Pods of an earlier incarnation may run, or of this one though it is over.
    var isHaunted = false
    /// Nil for a job that adds nothing: it is over, or does not restart in place.
    var attempts: AttemptPart?
}

extension JobTally.Sums {
    fileprivate mutating func count(_ part: JobPart, by number: Int) {
        if part.isActive { active += number }
        if part.isReady { ready += number }
        if part.hasSucceeded { succeeded += number }
        if part.hasFailed { failed += number }
        if part.isSuspended { suspended += number }
        if let part = part.attempts { attempts.count(part, by: number) }
    }
}

extension JobSetRun {
    /// Counts the selected jobs again.
    mutating func recount(_ selection: JobSelection) {
        if case .all = selection { tally = JobTally(shape: jobs.map(\.count)) }
        for position in positions(in: selection) { tally.set(part(of: position), at: position) }
    }

    private func part(of position: JobPosition) -> JobPart {
        var part = JobPart()
        part.isHaunted = self[position].isHauntedByPrevious || self[position].isLeaving
        if restartsInPlace { part.attempts = AttemptPart(self[position].current) }
        guard let job = self[position].current else { return part }
        switch job.outcome {
        case .complete: part.hasSucceeded = true
        case .failed: part.hasFailed = true
        case nil where job.isSuspended: part.isSuspended = true
        case nil:
            part.isActive = job.counts.active > 0
            part.isReady = job.counts.succeeded + job.counts.ready >= template(at: position).seats
        }
        return part
    }
}
