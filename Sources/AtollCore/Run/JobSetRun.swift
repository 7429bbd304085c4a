public import AtollJobSet
public import AtollModel

/// One JobSet from `apply` to its last pod: the machine that decides what happens next.
///
/// Transitions of the whole: waiting (no placement) -> placed -> running in startup order -> Completed or Failed ->
/// islands released when no pod is left. From placed and running: restarting (all jobs get a new incarnation on their
/// old seats, once the old pods are gone) and suspended (pods stopped, islands released). Deletion ends every state.
///
/// `reconcile` in `Run/JobSetRun+Reconcile.swift` is the one place where decisions are made, in JobSet's own order.
public struct JobSetRun: Equatable, Sendable {
    public internal(set) var jobSet: JobSet
    /// The defaulted object as JSON, as it is stored.
    var manifest: String
    /// Order of creation, from 1.
    public let sequence: UInt64
    public internal(set) var placement: Placement? { didSet { placementChanged() } }
    /// Grows with each change of the placement.
    private(set) var placementChanges: UInt64 = 0
    /// What the placement lacks; nil when that has to be found out.
    var placementLack: PlacementLack?
    /// Why it has to leave all of its places, until it has left them; nil else.
    public internal(set) var eviction: String?
    /// True from when it is held back, having run before, until it runs again.
    var isHeld = false
    /// Why there is no placement, since when; nil when none is wanted.
    public internal(set) var waiting: Waiting?
    /// By ReplicatedJob in spec order, then by job index.
    public internal(set) var jobs: [[JobRun]]
    public internal(set) var events: [JobSetEvent] = []
    /// What must be written again at the end of this round.
    var unsaved = Unsaved()
    /// What has to be looked at in the next round.
    var news = JobSelection.all
    var tally = JobTally()
    /// Grows when a pod may have come to another seat than its peers were told, or the spec has changed.
    var seatingChanges: UInt64 = 0
    /// Nil until somebody asks.
    var knownPeers: KnownPeers?
    /// What others wait for, as it was found last.
    var gates: [Gate] = []
    /// `Inventory.fitnessChanges` as it was when all jobs were looked at last.
    var fitnessChangesSeen: UInt64 = 0
    /// The same when all places were chosen at once: while it is no other, they are as good as they were then.
    var fitnessChangesWhenPlaced: UInt64?

    public struct Waiting: Equatable, Sendable {
        public var since: Timestamp
        public var reason: String
    }

    struct Unsaved: Equatable, Sendable {
        var jobSet = false
        /// Events since the last round.
        var events: [JobSetEvent] = []
        /// (ReplicatedJob, job index) pairs, in the order they changed; may repeat.
        var jobs: [JobPosition] = []
    }

    /// The status as it was last written, without what is counted anew from the pods.
    var savedStatus: JobSetStatus
    /// The status as watchers were last shown it.
    var shownStatus: JobSetStatus
    /// `Cluster.freedom` when a placement was last looked for: without more room there is no point in another look.
    var triedAtFreedom: UInt64 = 0
    /// The moment, on the agenda, at which `ttlSecondsAfterFinished` should have run out.
    var expiryArmedFor: Instant?
    /// True while a claim of it could not be made.
    var lacksClaims = false
    /// How long it has been active, if that is limited; on disk as `status.startTime`.
    var activity: Countdown?
    /// The moment, on the agenda, at which the next deadline of it or of a job should have passed.
    var deadlineArmedFor: Instant?
    /// The attempts that pods were told last.
    var toldAttempts: InPlaceAttempts?
    private let eventsMax: Int

    init(jobSet: JobSet, manifest: String, sequence: UInt64, eventsMax: Int) {
        self.jobSet = jobSet
        self.manifest = manifest
        self.sequence = sequence
        self.eventsMax = eventsMax
        savedStatus = jobSet.status.durable
        shownStatus = jobSet.status
        activity = jobSet.status.startTime.map(Countdown.init)
        jobs = jobSet.spec.replicatedJobs.map { Array(repeating: JobRun(), count: Int($0.replicas)) }
    }

    private mutating func placementChanged() {
        placementChanges += 1
        placementLack = nil
    }

    public var name: ObjectName { jobSet.metadata.name }
    public var spec: JobSetSpec { jobSet.spec }
    public var isFinished: Bool { !jobSet.status.terminalState.isEmpty }
    public var isDeleting: Bool { jobSet.metadata.deletionTimestamp != nil }

    /// All (ReplicatedJob, job index) pairs in spec order.
    public var positions: [JobPosition] {
        jobs.indices.flatMap { job in jobs[job].indices.map { JobPosition(replicatedJob: job, index: $0) } }
    }

    public subscript(position: JobPosition) -> JobRun {
        get { jobs[position.replicatedJob][position.index] }
        _modify { yield &jobs[position.replicatedJob][position.index] }
    }

    /// Under which name a child job's island is held.
    func holder(at position: JobPosition) -> Claims.Holder { Claims.Holder(jobSet: name, job: jobName(position)) }

    /// Adds an event; one that repeats the last is counted instead.
    mutating func note(_ kind: JobSetEvent.Kind, _ reason: String, _ message: String, at time: Timestamp) {
        let event = JobSetEvent(kind: kind, reason: reason, message: message, at: time)
        unsaved.events.append(event)
        unsaved.jobSet = true
        if let last = events.last, last.reason == reason, last.message == message {
            events[events.count - 1].count += 1
            events[events.count - 1].at = time
            return
        }
        events.append(event)
        if events.count > eventsMax { events.removeFirst(events.count - eventsMax) }
    }

    func template(at position: JobPosition) -> JobSpec { spec.replicatedJobs[position.replicatedJob].template }

    public func jobName(_ position: JobPosition) -> String {
        jobSet.jobName(spec.replicatedJobs[position.replicatedJob].name, position.index)
    }
}

/// Which child job of a JobSet.
public struct JobPosition: Hashable, Sendable {
    /// Index into `spec.replicatedJobs`.
    public var replicatedJob: Int
    public var index: Int

    public init(replicatedJob: Int, index: Int) {
        self.replicatedJob = replicatedJob
        self.index = index
    }
}

extension JobSetStatus {
    /// The part that cannot be counted anew from the jobs.
    var durable: JobSetStatus {
        var status = self
        status.replicatedJobsStatus = replicatedJobsStatus.map {
            ReplicatedJobStatus(
                name: $0.name,
                jobRestarts: $0.jobRestarts,
                jobRestartsCountTowardsMax: $0.jobRestartsCountTowardsMax
            )
        }
        return status
    }
}
