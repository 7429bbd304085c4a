public import AtollModel

/// One pod as the coordinator follows it.
public struct PodRun: Equatable, Sendable, Codable {
    /// How far a pod has come.
    ///
    /// Transitions: `idle -> assigned` (its host is told to run it) `-> running` (its agent reports so) `-> ended`;
    /// from `assigned` and `running` to `stopping` (its host is told to stop it) `-> ended`; from `ended` back to
    /// `idle` when the next replacement of the same index takes its place. From `assigned` and `running` also to
    /// `unreachable` when its host is lost, and from there to `running` or `ended` if the host comes back with it, or to
    /// `stopping`.
    public enum Phase: Equatable, Sendable, Codable {
        case idle
        /// Told to run, not yet seen running. After a restart of the coordinator: also what ran before.
        case assigned
        case running(RunningPod)
        case stopping
        /// Its host is lost: failed as far as policies go, and it may run all the same. The exit says why.
        case unreachable(PodExit)
        case ended(PodExit)
    }

    public internal(set) var replacement: UInt32 = 0
    public internal(set) var phase = Phase.idle
    /// Which of the job's seats it has or had.
    public internal(set) var seat: Int?
    /// What was counted against its index; nil for nothing, or where nobody counts.
    public internal(set) var indexFailures: IndexFailures?
    /// How long it has been running, if that is limited.
    public internal(set) var activity: PodActivity?
    /// True for one whose predecessor failed while others ran: with it all pods restart in place, if any do.
    public internal(set) var isStandIn: Bool?
    /// When a replacement of a failed pod may start; nil when there is nothing to wait for.
    var notBefore: Instant?

    private enum CodingKeys: String, CodingKey { case replacement, phase, seat, indexFailures, activity, isStandIn }

    /// True while processes of it may exist somewhere.
    public var mayRun: Bool { phase.mayRun }

    public var succeeded: Bool { if case .ended(let exit) = phase { exit.succeeded } else { false } }

    /// True once its index has failed: it is not replaced any more.
    public var hasFailedForGood: Bool { indexFailures?.isFinal ?? false }

    /// Restarts of its containers in place; 0 where nothing is known of any.
    public var restarts: UInt32 { if case .running(let running) = phase { running.restarts } else { 0 } }

    /// The attempt it has come to; nil for one that does not restart in place, or of which none is known.
    public var attempt: UInt32? { if case .running(let running) = phase { running.attempt } else { nil } }

    public var isReady: Bool { if case .running(let running) = phase { running.isReady } else { false } }
}

/// How a pod stands against its own `activeDeadlineSeconds`.
public struct PodActivity: Equatable, Sendable, Codable {
    public internal(set) var countdown: Countdown
    /// True once it was told to stop because it has run for too long: that is a failure, however it ends.
    public internal(set) var isOverdue = false
}

/// Failures of one index of a job, over all of its pods.
public struct IndexFailures: Equatable, Sendable, Codable {
    public internal(set) var count: Int32 = 0
    /// True once there have been more than `backoffLimitPerIndex` allows, or a rule has said so.
    public internal(set) var isFinal = false
}

extension PodRun.Phase {
    public var mayRun: Bool {
        switch self {
        case .idle, .ended: false
        case .assigned, .running, .stopping, .unreachable: true
        }
    }
}
