public import AtollJobSet
public import AtollModel

/// What a store keeps, one row each: as few and as small as lets the coordinator go on after `kill -9`.
public enum Record: Equatable, Sendable {
    case cluster(ClusterRecord)
    case host(HostRecord)
    case jobSet(JobSetRecord)
    case job(JobRecord)
    case volumeClaim(VolumeClaim)

    public var key: RecordKey {
        switch self {
        case .cluster: .cluster
        case .host(let record): .host(record.facts.host)
        case .jobSet(let record): .jobSet(record.name)
        case .job(let record): .job(record.name)
        case .volumeClaim(let claim): .volumeClaim(claim.name)
        }
    }
}

public enum RecordKey: Hashable, Sendable {
    case cluster
    case host(HostID)
    case jobSet(ObjectName)
    /// By the child job's own name, in the JobSet's namespace.
    case job(ObjectName)
    case volumeClaim(ObjectName)
}

/// One for each store.
public struct ClusterRecord: Equatable, Sendable, Codable {
    public var epoch: Epoch
    /// The upper 24 bits of every `JobID`, drawn when the store was made.
    public var jobIDPrefix: UInt64
    /// Lower 40 bits of the next `JobID`: reserved ahead, so that a crash skips ids and never repeats one.
    public var nextJobNumber: UInt64
    public var revision: UInt64
    /// The store was made from a backup at this epoch: hosts that have not been verified since may run pods that it
    /// knows nothing of. Nil for a store that was never restored.
    public var restoredAt: Epoch?

    public init(
        epoch: Epoch,
        jobIDPrefix: UInt64,
        nextJobNumber: UInt64,
        revision: UInt64,
        restoredAt: Epoch? = nil
    ) {
        self.epoch = epoch
        self.jobIDPrefix = jobIDPrefix
        self.nextJobNumber = nextJobNumber
        self.revision = revision
        self.restoredAt = restoredAt
    }
}

public struct HostRecord: Equatable, Sendable, Codable {
    public var facts: HostFacts
    /// The installation that owns the host's name; nil after the host was fenced, until somebody says hello under it.
    public var instance: ObjectUID?
    /// Nil for a host that may be used; absent in stores of before there were cordons.
    public var cordon: Cordon?
    /// The epoch in which it was last found to run nothing that the store knows nothing of; see `restoredAt`.
    public var verified: Epoch?
    /// What the host should have; nil for what it has.
    public var baseline: HostBaseline?
    /// Findings in spite of which a person uncordoned it; nil for none.
    public var excused: [FindingID]?

    public init(
        facts: HostFacts,
        instance: ObjectUID?,
        cordon: Cordon? = nil,
        verified: Epoch? = nil,
        baseline: HostBaseline? = nil,
        excused: [FindingID]? = nil
    ) {
        self.facts = facts
        self.instance = instance
        self.cordon = cordon
        self.verified = verified
        self.baseline = baseline
        self.excused = excused
    }
}

/// A JobSet without its jobs.
public struct JobSetRecord: Equatable, Sendable, Codable {
    public var name: ObjectName
    public var uid: ObjectUID
    /// Order of creation, from 1.
    public var sequence: UInt64
    public var resourceVersion: UInt64
    public var generation: Int64
    public var createdAt: Timestamp
    public var deletedAt: Timestamp?
    /// The defaulted object as JSON.
    public var manifest: String
    public var status: JobSetStatus
    public var events: [JobSetEvent]
    /// By ReplicatedJob, then by job index; nil while it has none.
    public var placement: Placement?
    /// Why it has to leave its places; nil while it has not.
    public var eviction: String?
    /// True while it is held back after it has run; absent in stores of before executions were counted.
    public var isHeld: Bool?

    public init(
        name: ObjectName,
        uid: ObjectUID,
        sequence: UInt64,
        resourceVersion: UInt64,
        generation: Int64,
        createdAt: Timestamp,
        deletedAt: Timestamp?,
        manifest: String,
        status: JobSetStatus,
        events: [JobSetEvent],
        placement: Placement?,
        eviction: String? = nil,
        isHeld: Bool? = nil
    ) {
        self.name = name
        self.uid = uid
        self.sequence = sequence
        self.resourceVersion = resourceVersion
        self.generation = generation
        self.createdAt = createdAt
        self.deletedAt = deletedAt
        self.manifest = manifest
        self.status = status
        self.events = events
        self.placement = placement
        self.eviction = eviction
        self.isHeld = isHeld
    }
}

/// One child job with all of its incarnations that still matter.
public struct JobRecord: Equatable, Sendable, Codable {
    public var name: ObjectName
    public var jobSet: ObjectName
    public var replicatedJob: Int
    public var index: Int
    public var run: JobRun

    public init(name: ObjectName, jobSet: ObjectName, replicatedJob: Int, index: Int, run: JobRun) {
        self.name = name
        self.jobSet = jobSet
        self.replicatedJob = replicatedJob
        self.index = index
        self.run = run
    }
}

/// All that a store holds, as it is read at start.
public struct StoredState: Equatable, Sendable {
    public var cluster: ClusterRecord?
    public var hosts: [HostRecord]
    public var jobSets: [JobSetRecord]
    public var jobs: [JobRecord]
    public var volumeClaims: [VolumeClaim]

    public init(
        cluster: ClusterRecord? = nil,
        hosts: [HostRecord] = [],
        jobSets: [JobSetRecord] = [],
        jobs: [JobRecord] = [],
        volumeClaims: [VolumeClaim] = []
    ) {
        self.cluster = cluster
        self.hosts = hosts
        self.jobSets = jobSets
        self.jobs = jobs
        self.volumeClaims = volumeClaims
    }
}
