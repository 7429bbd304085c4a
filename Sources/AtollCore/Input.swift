public import AtollJobSet
public import AtollModel

/// Everything that can happen to the coordinator. Data, so that it can be logged, replayed and simulated.
///
/// Inputs only take note of what happened; decisions are made once for all of them at `settle`, which the shell
/// gives after each turn of its loop. A hundred status batches in one turn cost one round of decisions.
public enum Input: Equatable, Sendable {
    case session(SessionID, SessionInput)
    case admin(AdminTicket, AdminInput)
    /// The turn is over: decide, and say what to send.
    case settle
    /// The moment asked for by `Effects.wake` has come.
    case wake
}

/// What an agent's connection brings.
public enum SessionInput: Equatable, Sendable {
    /// Its hello, with the address the connection comes from, for messages.
    case greeted(AgentHello, peer: String)
    case reported(HostFacts)
    case changed(HostChange)
    case observed(StatusBatch)
    /// Answered by `Send.heartbeat`.
    case heartbeat(Heartbeat = Heartbeat())
    /// The agent goes down on purpose; its pods go on running.
    case goodbye(reason: String)
    case closed(reason: String)
}

/// Where the answer to an order goes.
public struct AdminTicket: Hashable, Sendable {
    public var session: SessionID
    public var request: UInt64

    public init(session: SessionID, request: UInt64) {
        self.session = session
        self.request = request
    }
}

/// Orders that change state. Questions are answered from the state itself, see `Objects/`.
public enum AdminInput: Equatable, Sendable {
    /// JobSets of one manifest, decoded, defaulted and valid by themselves; all are accepted or none.
    case apply([JobSetApplication], dryRun: Bool)
    case deleteJobSet(ObjectName)
    /// One that no JobSet uses, with what is in it.
    case deleteVolumeClaim(ObjectName)
    case host(HostID, HostOrder)
}

/// One JobSet as applied.
public struct JobSetApplication: Equatable, Sendable {
    public var jobSet: JobSet
    /// The defaulted object as JSON: what the store keeps, and decodes again after a restart.
    public var manifest: String
    /// Fields that were accepted and do nothing here.
    public var warnings: [String]

    public init(jobSet: JobSet, manifest: String, warnings: [String] = []) {
        self.jobSet = jobSet
        self.manifest = manifest
        self.warnings = warnings
    }
}
