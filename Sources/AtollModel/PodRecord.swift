/// What a pod's supervisor writes down, whole, each time its pod's observation changes; outlives agent and supervisor.
public struct PodRecord: Equatable, Sendable {
    public var pod: PodID
    public var observation: PodObservation
    public var supervisorPID: Int32
    /// The first process of each container as of now, in the plan's order, init containers first; 0 for one that does
    /// not run, empty before any was started.
    public var containerPIDs: [Int32]
    /// True when the supervisor ends its pod with the host's pod lease; false for one of a release before that.
    public var heedsLease: Bool

    public init(
        pod: PodID,
        observation: PodObservation,
        supervisorPID: Int32,
        containerPIDs: [Int32] = [],
        heedsLease: Bool = false
    ) {
        self.pod = pod
        self.observation = observation
        self.supervisorPID = supervisorPID
        self.containerPIDs = containerPIDs
        self.heedsLease = heedsLease
    }
}
