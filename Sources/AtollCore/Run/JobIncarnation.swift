public import AtollJobSet
public import AtollModel

/// One Job object: a child job between two restarts.
///
/// Transitions of `outcome`: nil while it is active, then once to `.complete` or `.failed`, never back.
public struct JobIncarnation: Equatable, Sendable, Codable {
    public enum Outcome: Equatable, Sendable, Codable {
        case complete(at: Timestamp)
        case failed(JobFailure)
    }

    public let id: JobID
    /// The JobSet's `restarts` when it was created: the `restart-attempt` label.
    public let restartAttempt: Int32
    /// The job's own restarts when it was created: the `job-restart-attempt` label.
    public let jobRestartAttempt: Int32
    public let createdAt: Timestamp
    public internal(set) var outcome: Outcome?
    /// Pods by index.
    public internal(set) var pods: PodRuns
    /// Pod failures that count towards `backoffLimit`.
    public internal(set) var failures: Int32 = 0
    /// True while its pods are held back or stopped by `suspend`.
    public internal(set) var isSuspended: Bool
    /// How long it has been active, if that is limited; nil while it is suspended.
    public internal(set) var activity: Countdown?
    /// Where its pods sit or sat, kept here because the JobSet's placement may go before the last pod does.
    public internal(set) var seats: [Seat]
    /// `status.executionAttempts` of the JobSet when its pods were last let run.
    public internal(set) var executionAttempt: Int32?
    /// The attempt that its pods begin with, at least; nil for a job that does not restart in place.
    public internal(set) var firstAttempt: Int32?
    /// The island it held or holds exclusively.
    public internal(set) var island: IslandID?
    /// What it still holds on its own: its host is lost, and its job has moved on to another place.
    public package(set) var left: Placement.Job?

    init(
        id: JobID,
        restartAttempt: Int32,
        jobRestartAttempt: Int32,
        podCount: Int,
        createdAt: Timestamp,
        isSuspended: Bool
    ) {
        self.id = id
        self.restartAttempt = restartAttempt
        self.jobRestartAttempt = jobRestartAttempt
        self.createdAt = createdAt
        self.isSuspended = isSuspended
        pods = PodRuns(count: podCount)
        seats = []
    }

    public func podID(_ index: Int) -> PodID {
        PodID(job: id, index: UInt32(index), replacement: pods[index].replacement)
    }

    public func seat(ofPod index: Int) -> Seat? { pods[index].seat.map { seats[$0] } }

    /// True when each pod that has or had a seat has it under its own number in these.
    func isSeated(asIn planned: [Seat]) -> Bool {
        let seated = pods.indices.filter { pods[$0].seat != nil }
        return seated.isEmpty || (seats == planned && seated.allSatisfy { pods[$0].seat == $0 })
    }

    public var isActive: Bool { outcome == nil }
    public var isComplete: Bool { if case .complete = outcome { true } else { false } }
    public var failure: JobFailure? { if case .failed(let failure) = outcome { failure } else { nil } }

    /// True when every pod of it that may still run sits on a lost host.
    func isOutOfReach(in inventory: Inventory) -> Bool {
        pods.indices.allSatisfy { index in
            guard pods[index].mayRun, let host = seat(ofPod: index)?.host else { return true }
            return inventory[host]?.link.isLost ?? true
        }
    }

    /// True once no process of any of its pods can exist any more.
    public var isGone: Bool { pods.areGone }

    public var counts: PodCounts { pods.counts }
}

/// Why a Job failed, in the Job controller's words.
public struct JobFailure: Equatable, Sendable, Codable {
    public var reason: JobFailureReason
    public var message: String
    public var at: Timestamp
    /// Order of failures, which decides between equal times.
    public var sequence: UInt64

    /// Why, before it is known when.
    struct Cause: Equatable {
        var reason: JobFailureReason
        var message: String

        static let backoffLimitExceeded = Cause(
            reason: .backoffLimitExceeded,
            message: "Job has reached the specified backoff limit"
        )
        static let deadlineExceeded = Cause(
            reason: .deadlineExceeded,
            message: "Job was active longer than specified deadline"
        )
        static let failedIndexes = Cause(reason: .failedIndexes, message: "Job has failed indexes")
        static let maxFailedIndexesExceeded = Cause(
            reason: .maxFailedIndexesExceeded,
            message: "Job has exceeded the specified maximal number of failed indexes"
        )
    }
}

/// One child job over all of its restarts.
public struct JobRun: Equatable, Sendable, Codable {
    public internal(set) var current: JobIncarnation?
    /// Earlier incarnations: those whose pods may still run, and the last one that is gone, for its output.
    public package(set) var previous: [JobIncarnation] = []

    public init() {}

    /// True while pods of an earlier incarnation may run.
    public var isHauntedByPrevious: Bool { previous.contains { !$0.isGone } }

    /// True while it is over and pods of it may run all the same.
    var isLeaving: Bool { current.map { !$0.isActive && !$0.isGone } ?? false }
}
