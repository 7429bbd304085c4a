/// What an agent observed of one pod.
///
/// A lattice: `starting < running < stopping < ended`, and among those of a running pod by their revision. A report
/// that is not above what is already known changes nothing, so reports may be repeated and overtaken.
public enum PodObservation: Equatable, Sendable, Codable {
    case starting
    case running(RunningPod)
    case stopping
    case ended(PodExit)

    /// A pod that is ready and whose containers all run for the first time.
    public static func running(since: Timestamp) -> PodObservation { .running(RunningPod(since: since)) }

    public var hasEnded: Bool { if case .ended = self { true } else { false } }

    /// True when it says more than what was known before; nil is less than anything.
    public func isNews(after known: PodObservation?) -> Bool {
        guard let known else { return true }
        if case .running(let new) = self, case .running(let old) = known { return new.revision > old.revision }
        return rank > known.rank
    }

    /// Position in the lattice.
    private var rank: Int {
        switch self {
        case .starting: 0
        case .running: 1
        case .stopping: 2
        case .ended: 3
        }
    }
}

/// What is known of a pod whose processes run.
public struct RunningPod: Equatable, Sendable, Codable {
    /// When its containers were first started.
    public var since: Timestamp
    public var isReady: Bool
    /// How often containers of it have been started again in place, together.
    public var restarts: UInt32
    /// How often all of its containers have been started anew together with those of its whole JobSet; nil for a pod
    /// that is not restarted in place.
    public var attempt: UInt32?
    /// Grows with each change of any of these.
    public var revision: UInt32

    public init(
        since: Timestamp,
        isReady: Bool = true,
        restarts: UInt32 = 0,
        attempt: UInt32? = nil,
        revision: UInt32 = 0
    ) {
        self.since = since
        self.isReady = isReady
        self.restarts = restarts
        self.attempt = attempt
        self.revision = revision
    }
}

public struct PodReport: Equatable, Sendable {
    public var pod: PodID
    public var observation: PodObservation

    public init(pod: PodID, observation: PodObservation) {
        self.pod = pod
        self.observation = observation
    }
}

/// How a pod ended.
public struct PodExit: Equatable, Sendable, Codable {
    public enum Cause: Equatable, Sendable, Codable {
        /// The first container that ended other than with 0, else 0.
        case exited(code: Int32)
        case signaled(Int32)
        /// It never ran: the command does not exist, a folder could not be made, ...
        case startFailed
        /// It was running when the host or its supervisor went away; no exit status exists.
        case lost
    }

    public var cause: Cause
    /// The container that decided; empty when none did.
    public var container: String
    public var at: Timestamp
    /// One sentence for people; empty when the cause says it all.
    public var message: String

    public init(cause: Cause, container: String = "", at: Timestamp, message: String = "") {
        self.cause = cause
        self.container = container
        self.at = at
        self.message = message
    }

    public var succeeded: Bool { cause == .exited(code: 0) }

    /// How the message of a pod begins that was lost with a device of its own.
    public static let deviceLost = "DeviceLost"

    /// True when another pod could not run where it was.
    public var tookItsPlace: Bool { cause == .lost && message.hasPrefix(Self.deviceLost) }
}

/// All that changed on a host since its last batch, and the generation it has applied.
public struct StatusBatch: Equatable, Sendable {
    public var epoch: Epoch
    public var applied: Generation
    /// True for the first batch of a connection: pods that it does not name do not exist on the host.
    public var complete: Bool
    public var pods: [PodReport]
    /// Of the claims whose folders it was told to delete: those of which nothing is left here.
    public var removedClaims: [ObjectUID]

    public init(
        epoch: Epoch,
        applied: Generation,
        complete: Bool,
        pods: [PodReport],
        removedClaims: [ObjectUID] = []
    ) {
        self.epoch = epoch
        self.applied = applied
        self.complete = complete
        self.pods = pods
        self.removedClaims = removedClaims
    }
}
