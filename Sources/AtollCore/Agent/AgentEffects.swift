public import AtollModel

/// What an agent must do, in the order of the members: `persist` and `numbered` are on disk, and supervisors can read
/// `lease`, before a pod is touched, and pods are commanded before anything that says so is sent.
public struct AgentEffects: Equatable, Sendable {
    /// The highest epoch ever obeyed (I3).
    public var persist: Epoch?
    /// Devices by the numbers that the coordinator is told, for the next agent of this boot.
    public var numbered: HostFacts?
    /// Nil leaves the pods' lease as it is.
    public var lease: LeaseChange?
    public var pods: [PodCommand] = []
    /// A claim whose folder is to be deleted, if it is the one with this uid; answered by `claimRemovalEnded`.
    public var removal: VolumeClaimID?
    /// For the open connection, in order.
    public var send: [AgentSend] = []
    /// After what is to be sent.
    public var connection: ConnectionCommand?
    /// When `AgentInput.timerFired` is due; replaces what was asked for before. Nil leaves that as it is.
    public var wake: Instant?
    public var notes: [AgentNote] = []

    public init() {}
}

/// Until when the pods of this host may run.
public enum LeaseChange: Equatable, Sendable {
    /// They end when `CLOCK_BOOTTIME` shows so many nanoseconds.
    case until(Int64)
    /// They run on.
    case unlimited
}

/// Every command may be repeated without harm.
public enum PodCommand: Equatable, Sendable {
    /// Make the pod's folder, write the plan, start its supervisor.
    case start(PodPlan)
    /// Ask the supervisor to stop the pod within the grace period of its plan.
    case stop(PodID)
    /// The names of its peers have changed: replace its hosts file by what the plan says now.
    case updateHosts(PodPlan)
    /// How far the restarts in place of its JobSet have come, for a pod that is restarted in place.
    case tell(PodID, InPlaceAttempts)
    /// Delete the folder of an ended pod.
    case forget(PodID)
}

public enum AgentSend: Equatable, Sendable {
    case hello(Hello)
    case facts(HostFacts)
    case change(HostChange)
    case status(StatusBatch)
    case heartbeat(Heartbeat = Heartbeat())
    /// The agent goes away and leaves its pods running.
    case goodbye
}

public enum ConnectionCommand: Equatable, Sendable {
    /// Open a connection to the coordinator of this position in the configuration.
    case connect(coordinator: Int)
    /// Close it once what was sent before is on its way; `disconnected` is not expected.
    case close
}

/// What people should be able to read in the log.
public enum AgentNote: Equatable, Sendable {
    case welcomed(Welcome)
    case disconnected(reason: String, retryIn: Duration)
    case refused(Refusal)
    /// A coordinator of an older epoch answered; another one has taken over since (I3).
    case coordinatorOutdated(epoch: Epoch, highest: Epoch)
    /// An assignment of an older epoch or generation was ignored.
    case assignmentOutdated(epoch: Epoch, generation: Generation)
    /// A difference did not fit; the whole set is on its way.
    case assignmentUnfit(base: Generation, held: Generation)
    case startDelayed(PodID, until: PodID)
    /// The pod lease has run out; the pod is started when a coordinator has renewed it.
    case startWithheld(PodID)
    /// The pod is stopped, for a device of it has gone.
    case deviceLost(PodID, String)
    /// The host's pod lease begins when this pod, and any other like it, has ended.
    case leasePostponed(until: PodID)
}
