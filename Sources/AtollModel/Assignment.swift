/// What one host is told to hold: a difference against the generation it confirmed, or the whole set.
///
/// Level-triggered: it may be repeated, lost or overtaken without harm. An agent applies it when `base` is nil
/// (whole set: pods that it does not name are dropped) or equal to the generation it holds; otherwise it answers
/// with its status and the generation it does hold, and is sent the whole set. One with a lower epoch is refused.
public struct Assignment: Equatable, Sendable {
    public var epoch: Epoch
    public var generation: Generation
    /// The generation this is a difference against; nil when it is the whole set.
    public var base: Generation?
    /// Launch plans that the pods below refer to; one for each job, never repeated within an assignment. Those of pods
    /// that were told to run before may be missing.
    public var launches: [JobLaunch]
    /// Peers by JobSet, for the hosts files of the pods below; those that the agent holds already may be missing. For an
    /// agent of a release before there was `PeerList`.
    public var peers: [PeerTable]
    /// The same for every other agent.
    public var peerLists: [PeerList]
    /// Pods to hold, new or with a changed goal, in id order.
    public var pods: [PodAssignment]
    /// Pods to forget: stopped if they still run, then their output and records are deleted.
    public var forget: [PodID]
    /// Claims whose folders to delete, by uid: all that are wanted now, in a difference as well. The answers name those
    /// that are gone.
    public var removals: [VolumeClaimID]

    public init(
        epoch: Epoch,
        generation: Generation,
        base: Generation?,
        launches: [JobLaunch] = [],
        peers: [PeerTable] = [],
        peerLists: [PeerList] = [],
        pods: [PodAssignment] = [],
        forget: [PodID] = [],
        removals: [VolumeClaimID] = []
    ) {
        self.epoch = epoch
        self.generation = generation
        self.base = base
        self.launches = launches
        self.peers = peers
        self.peerLists = peerLists
        self.pods = pods
        self.forget = forget
        self.removals = removals
    }
}

extension Assignment {
    /// In whichever form they were told.
    public var allPeers: [PeerList] { peers.map { PeerList($0) } + peerLists }
}

/// One pod in a host's desired set.
public struct PodAssignment: Equatable, Sendable {
    public enum Goal: String, CaseIterable, Sendable, Codable {
        /// Start it if it has not been started; leave it alone if it runs or has ended.
        case run
        /// Stop it with its grace period; keep its output and exit until it is forgotten.
        case stop
    }

    public var id: PodID
    public var goal: Goal
    /// Indexes of the host's devices that are its own, ascending; empty for a pod without devices.
    public var devices: [UInt32]
    /// Nil for a pod that is not restarted in place.
    public var attempts: InPlaceAttempts?

    public init(id: PodID, goal: Goal, devices: [UInt32] = [], attempts: InPlaceAttempts? = nil) {
        self.id = id
        self.goal = goal
        self.devices = devices
        self.attempts = attempts
    }
}

/// How far the restarts in place of a JobSet have come. Source: KEP-467 of JobSet, semantics b.9.
public struct InPlaceAttempts: Equatable, Sendable, Codable {
    /// Pods of this attempt or an earlier one start their containers anew; nil while there was no restart.
    public var previous: UInt32?
    /// The attempt that all pods have come to, and so may work; nil while some have still to come to the first.
    public var current: UInt32?
    /// The attempt that the pod begins with; nil: the one after `current`, or 0.
    public var first: UInt32?

    public init(previous: UInt32? = nil, current: UInt32? = nil, first: UInt32? = nil) {
        self.previous = previous
        self.current = current
        self.first = first
    }
}

/// All that the pods of one job have in common; a pod's own part follows from its index and devices.
public struct JobLaunch: Equatable, Sendable {
    public var job: JobID
    public var jobSet: ObjectName
    public var jobSetUID: ObjectUID
    /// `<jobset>-<replicated job>-<job index>`; also the prefix of its pods' host names.
    public var jobName: String
    public var replicatedJob: String
    public var jobIndex: UInt32
    /// Jobs of this ReplicatedJob.
    public var replicas: UInt32
    /// Pods of this job, which are numbered 0..<podCount.
    public var podCount: UInt32
    public var indexed: Bool
    /// Pods of the whole group (`groupName`), and the rank of this job's pod 0 among them.
    public var worldSize: UInt32
    public var firstRank: UInt32
    /// Host name of rank 0, or of the JobSet's coordinator where one is named.
    public var masterName: String
    /// Domain under which the pods' names are known; empty when DNS host names are disabled.
    public var subdomain: String
    /// True when the pod keeps its host's own host name, as with `hostNetwork: true`.
    public var hostNetwork: Bool
    public var terminationGrace: Duration
    /// Labels and annotations of the pod template with JobSet's own, without the completion index.
    public var labels: Labels
    public var annotations: Labels
    public var deviceVendor: AcceleratorVendor?
    /// What becomes of a container that ends, unless it says so itself.
    public var restartPolicy: RestartPolicy
    /// How often containers of one pod may be started again in place, together, before the pod has failed.
    public var restartsMax: UInt32
    /// What containers mount, each name once.
    public var volumes: [PodVolume]
    /// Started one after the other before `containers`: each has ended with 0, or is a sidecar that has started up.
    public var initContainers: [ContainerSpec]
    public var containers: [ContainerSpec]

    public init(
        job: JobID,
        jobSet: ObjectName,
        jobSetUID: ObjectUID,
        jobName: String,
        replicatedJob: String,
        jobIndex: UInt32,
        replicas: UInt32,
        podCount: UInt32,
        indexed: Bool = true,
        worldSize: UInt32,
        firstRank: UInt32,
        masterName: String,
        subdomain: String,
        hostNetwork: Bool = false,
        terminationGrace: Duration = .seconds(30),
        labels: Labels = [:],
        annotations: Labels = [:],
        deviceVendor: AcceleratorVendor? = nil,
        restartPolicy: RestartPolicy = .never,
        restartsMax: UInt32 = 0,
        volumes: [PodVolume] = [],
        initContainers: [ContainerSpec] = [],
        containers: [ContainerSpec]
    ) {
        self.job = job
        self.jobSet = jobSet
        self.jobSetUID = jobSetUID
        self.jobName = jobName
        self.replicatedJob = replicatedJob
        self.jobIndex = jobIndex
        self.replicas = replicas
        self.podCount = podCount
        self.indexed = indexed
        self.worldSize = worldSize
        self.firstRank = firstRank
        self.masterName = masterName
        self.subdomain = subdomain
        self.hostNetwork = hostNetwork
        self.terminationGrace = terminationGrace
        self.labels = labels
        self.annotations = annotations
        self.deviceVendor = deviceVendor
        self.restartPolicy = restartPolicy
        self.restartsMax = restartsMax
        self.volumes = volumes
        self.initContainers = initContainers
        self.containers = containers
    }
}

/// Names and addresses of one JobSet's pods, as a host needs them for its pods' hosts files.
public struct PeerTable: Equatable, Sendable {
    public struct Job: Equatable, Sendable {
        /// Prefix of the host names: pod i is `<name>-<i>`.
        public var name: String
        /// Addresses by pod index; empty text for a pod that has no host yet.
        public var addresses: [String]

        public init(name: String, addresses: [String]) {
            self.name = name
            self.addresses = addresses
        }
    }

    public var jobSetUID: ObjectUID
    public var subdomain: String
    public var jobs: [Job]

    public init(jobSetUID: ObjectUID, subdomain: String, jobs: [Job]) {
        self.jobSetUID = jobSetUID
        self.subdomain = subdomain
        self.jobs = jobs
    }
}
