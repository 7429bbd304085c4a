/// What an agent observed of one pod.
///
/// A lattice: `starting < running < stopping < ended`. A report that is not above what is already known changes
/// nothing, so reports may be repeated and overtaken.
public enum PodObservation: Equatable, Sendable, Codable {
    case starting
    case running(since: Timestamp)
    case stopping
    case ended(PodExit)

    /// Position in the lattice.
    public var rank: Int {
        switch self {
        case .starting: 0
        case .running: 1
        case .stopping: 2
        case .ended: 3
        }
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
}

/// All that changed on a host since its last batch, and the generation it has applied.
public struct StatusBatch: Equatable, Sendable {
    public var epoch: Epoch
    public var applied: Generation
    /// True for the first batch of a connection: pods that it does not name do not exist on the host.
    public var complete: Bool
    public var pods: [PodReport]

    public init(epoch: Epoch, applied: Generation, complete: Bool, pods: [PodReport]) {
        self.epoch = epoch
        self.applied = applied
        self.complete = complete
        self.pods = pods
    }
}
