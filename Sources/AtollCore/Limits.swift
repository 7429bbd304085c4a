/// Every bound of the coordinator in one place. Tests run with `.tiny`, so that each "it is full" path is taken.
public struct Limits: Equatable, Sendable {
    /// Hosts that may be known at a time, connected or not.
    public var hosts: Int
    /// Agents that may be between their hello and their first complete status at a time; others wait for their turn.
    public var joiningHosts: Int
    public var jobSets: Int
    /// Pods of one JobSet, over all its ReplicatedJobs.
    public var podsPerJobSet: Int
    /// Pods that may share one host.
    public var podsPerHost: Int
    /// Events kept for each JobSet; the oldest go first.
    public var eventsPerJobSet: Int
    /// Pods whose names every other pod of the JobSet is given. Above it a pod is given those of its own job and
    /// pod 0 of each other job: the tables would grow with the square of the pods.
    public var peersPerTable: Int
    /// Placements looked at when something has become free, oldest JobSet first.
    public var queueScan: Int
    /// Volume claims that may exist at a time, those that are being deleted included.
    public var volumeClaims: Int
    /// Claims whose folders one host is told to delete at a time.
    public var claimRemovalsPerHost: Int

    public static let production = Limits(
        hosts: 120_000,
        joiningHosts: 256,
        jobSets: 200_000,
        podsPerJobSet: 200_000,
        podsPerHost: 110,
        eventsPerJobSet: 64,
        peersPerTable: 4_096,
        queueScan: 1_000,
        volumeClaims: 400_000,
        claimRemovalsPerHost: 64
    )

    public static let tiny = Limits(
        hosts: 24,
        joiningHosts: 2,
        jobSets: 6,
        podsPerJobSet: 64,
        podsPerHost: 8,
        eventsPerJobSet: 12,
        peersPerTable: 16,
        queueScan: 4,
        volumeClaims: 8,
        claimRemovalsPerHost: 2
    )
}

/// What an operator chooses about the coordinator's behaviour.
public struct CoordinatorPolicy: Equatable, Sendable {
    /// A connected host that stays silent longer than this is lost. At least one second.
    public var lease: Duration
    /// A host whose connection broke is lost if it is not back by then: systemd restarts an agent in a fraction of it.
    public var reconnectGrace: Duration
    /// The same for all hosts that were known when the coordinator started: agents that have been calling in vain for
    /// some time call at longer intervals.
    public var restartGrace: Duration
    /// Beyond its pod lease a lost host is given this much longer to have ended its pods, besides what clocks may differ.
    public var podLeaseMargin: Duration
    /// How often agents are told to report that they live.
    public var heartbeatInterval: Duration
    /// Label keys that name levels of the topology, widest first, for the views that show islands. Keys by which
    /// JobSets claim islands are levels too, listed or not.
    public var topologyKeys: [String]
    /// Findings for which a host is cordoned without a person's word.
    public var cordonOn: CordonTrigger

    public init(
        lease: Duration = .seconds(10),
        reconnectGrace: Duration = .seconds(5),
        restartGrace: Duration = .seconds(25),
        podLeaseMargin: Duration = .seconds(5),
        heartbeatInterval: Duration = .seconds(3),
        topologyKeys: [String] = CoordinatorPolicy.wellKnownTopologyKeys,
        cordonOn: CordonTrigger = .never
    ) {
        self.lease = lease
        self.reconnectGrace = reconnectGrace
        self.restartGrace = restartGrace
        self.podLeaseMargin = podLeaseMargin
        self.heartbeatInterval = heartbeatInterval
        self.topologyKeys = topologyKeys
        self.cordonOn = cordonOn
    }

    /// Keys in use in the field, widest first.
    public static let wellKnownTopologyKeys = [
        "topology.kubernetes.io/zone", "topology.kubernetes.io/block", "topology.kubernetes.io/rack",
        "cloud.google.com/gke-nodepool", "nvidia.com/gpu.clique", "atoll.dev/island",
    ]
}
