public import AtollModel

/// All that can happen to an agent.
public enum AgentInput: Equatable, Sendable {
    /// The process is ready to work; the first input.
    case started
    /// The connection that `ConnectionCommand.connect` asked for is open.
    case connected
    /// It could not be opened, or it broke. Not fed after `ConnectionCommand.close`.
    case disconnected(reason: String)
    case welcomed(Welcome)
    case refused(Refusal)
    case assigned(Assignment)
    /// The coordinator's answer to a heartbeat.
    case heartbeat(Heartbeat = Heartbeat())
    /// What the supervisors wrote, all that was found in one turn of the loop: it leaves as one batch.
    case podsObserved([PodReport])
    /// What the host looks like now; fed whether it changed or not.
    case topologyRead(HostFacts)
    /// What `AgentEffects.removal` asked for was done: nothing of the claim is left on the host, or it could not be removed.
    case claimRemovalEnded(ObjectUID, isGone: Bool)
    /// The moment of `AgentEffects.wake` has come. Early or spurious ones are harmless.
    case timerFired
    /// The process is asked to end: say goodbye, leave the pods alone (I7). The last input.
    case stopping
}

/// A pod found in the state folder when the agent started.
public struct RestoredPod: Equatable, Sendable {
    public var id: PodID
    public var jobSet: ObjectName
    public var observation: PodObservation
    /// Its supervisor ends it with the host's pod lease; one of a release before that cannot.
    public var heedsLease: Bool

    public init(id: PodID, jobSet: ObjectName, observation: PodObservation, heedsLease: Bool = true) {
        self.id = id
        self.jobSet = jobSet
        self.observation = observation
        self.heedsLease = heedsLease
    }
}
