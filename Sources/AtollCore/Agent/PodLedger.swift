import AtollModel

/// What this host was last told to hold, beside what is really there.
///
/// Nothing here is on disk: a pod has a folder of its own, and the set is told again after a restart. The ledger is
/// level-triggered: the agent compares the two sides and does what is to be done, whatever led there.
struct PodLedger: Equatable, Sendable {
    /// One pod that is wanted, or there, or both.
    struct Entry: Equatable, Sendable {
        enum Goal: Equatable, Sendable {
            /// Found on disk, and no whole set has come yet that could name it: leave it alone (I7).
            case adopted
            case run
            case stop
            /// No longer in the set: stop it if it lives, then forget it.
            case drop
        }

        var goal: Goal
        var devices: [UInt32] = []
        var attempts: InPlaceAttempts?
        /// What its supervisor knows of them, as far as this agent knows.
        var attemptsTold: InPlaceAttempts?
        /// Nil while it has never been started here.
        var observation: PodObservation?
        var isStopAsked = false
        /// Why it was stopped here, for the want of a device.
        var loss: String?
        /// Nil when its launch was never told.
        var jobSet: ObjectName?

        var isAlive: Bool { observation.map { !$0.hasEnded } ?? false }
        var isGoing: Bool { isAlive && (goal == .stop || goal == .drop) }
    }

    enum AssignResult: Equatable, Sendable {
        case applied
        /// Same epoch, and a generation that is held already or older.
        case outdated
        /// A difference against a generation that is not the one held.
        case unfit(base: Generation)
    }

    private(set) var epoch = Epoch(0)
    private(set) var generation = Generation(0)
    private(set) var entries: SortedMap<PodID, Entry>
    private var launches: SortedMap<JobID, JobLaunch> = [:]
    private var peers: SortedMap<ObjectUID, PeerList> = [:]

    init(restored: [RestoredPod]) {
        entries = SortedMap(
            restored.map { ($0.id, Entry(goal: .adopted, observation: $0.observation, jobSet: $0.jobSet)) }
        )
    }

    /// All that is there, in id order: what a complete status batch says.
    var reports: [PodReport] {
        entries.compactMap { id, entry in entry.observation.map { PodReport(pod: id, observation: $0) } }
    }

    func launch(of pod: PodID) -> JobLaunch? { launches[pod.job] }

    func peers(of launch: JobLaunch) -> PeerList? { peers[launch.jobSetUID] }
}

// MARK: What is wanted

extension PodLedger {
    /// Takes over an assignment, whose epoch the caller has found to be no lower than the highest ever obeyed.
    ///
    /// A difference against generation 0, the empty set, is the whole set by another name.
    mutating func assign(_ assignment: Assignment) -> AssignResult {
        let isSameEpoch = assignment.epoch == epoch
        if isSameEpoch, assignment.generation <= generation { return .outdated }
        if let base = assignment.base, base != Generation(0) {
            guard isSameEpoch, base == generation else { return .unfit(base: base) }
        } else {
            for id in entries.keys { entries[id]?.goal = .drop }
        }
        epoch = assignment.epoch
        generation = assignment.generation
        for launch in assignment.launches { launches[launch.job] = launch }
        for list in assignment.allPeers { peers[list.jobSetUID] = list }
        for pod in assignment.pods { want(pod) }
        for id in assignment.forget { entries[id]?.goal = .drop }
        dropUnused()
        return .applied
    }

    /// What was told on an earlier connection and never started is not wanted any more until it is told anew: meanwhile
    /// the host may have been given up on, and its place to others.
    mutating func forgetUnstarted() {
        for (id, entry) in entries where entry.observation == nil { entries[id] = nil }
    }

    private mutating func want(_ pod: PodAssignment) {
        var entry = entries[pod.id] ?? Entry(goal: .run)
        entry.goal = pod.goal == .run ? .run : .stop
        entry.devices = pod.devices
        entry.attempts = pod.attempts
        if let launch = launches[pod.id.job] { entry.jobSet = launch.jobSet }
        entries[pod.id] = entry
    }

    private mutating func dropUnused() {
        let jobs = Set(entries.lazy.filter { $1.goal != .drop }.map { id, _ in id.job })
        for job in launches.keys where !jobs.contains(job) { launches[job] = nil }
        let jobSets = Set(launches.values.map(\.jobSetUID))
        for jobSet in peers.keys where !jobSets.contains(jobSet) { peers[jobSet] = nil }
    }
}

// MARK: What is there

extension PodLedger {
    /// Takes over what was seen; returns what was news. A report below what is known changes nothing.
    mutating func observed(_ reports: [PodReport]) -> [PodReport] {
        reports.filter { report in
            guard let entry = entries[report.pod], report.observation.isNews(after: entry.observation) else {
                return false
            }
            entries[report.pod]?.observation = report.observation
            return true
        }
    }

    mutating func told(_ pod: PodID, _ attempts: InPlaceAttempts?) { entries[pod]?.attemptsTold = attempts }

    mutating func stopAsked(_ pod: PodID, becauseOf loss: String? = nil) {
        entries[pod]?.isStopAsked = true
        entries[pod]?.loss = loss
    }

    /// Whether a pod that is there has the device of this number, or may have it.
    func isHeld(_ device: UInt32) -> Bool {
        entries.values.contains { entry in
            // Of an adopted pod nobody has said yet what it has.
            entry.isAlive && (entry.goal == .adopted || entry.devices.contains(device))
        }
    }

    mutating func forgot(_ pod: PodID) { entries[pod] = nil }

    /// The pod that keeps this one from starting: one of the same JobSet that is going away, because it belongs to an
    /// earlier attempt (I3). Nil when nothing does.
    func blocker(of pod: PodID, entry: Entry) -> PodID? {
        entries.first { id, other in id != pod && other.isGoing && other.jobSet == entry.jobSet }?.0
    }
}
