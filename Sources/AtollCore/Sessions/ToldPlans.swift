import AtollModel

/// What an agent holds besides its pods, as it follows from what it was told: the coordinator's side of `PodLedger`.
///
/// An agent keeps a launch plan as long as a pod of its job is in the set, and a list of peers as long as it has a plan
/// of the JobSet. A difference is applied to what it was made against or not at all, so the two sides never part; a
/// whole set begins anew.
struct ToldPlans: Equatable, Sendable {
    /// Peers as they were told.
    struct Peers: Equatable, Sendable {
        var source: KnownPeers.Source
        /// Jobs that were given with all of their pods.
        var wholeJobs: [JobPosition]
    }

    /// By job: the sequence number of its JobSet.
    private var jobSets: SortedMap<JobID, UInt64> = [:]
    /// By the JobSet's sequence number.
    private var peers: SortedMap<UInt64, Peers> = [:]

    mutating func add(_ job: JobID, ofJobSet sequence: UInt64) { jobSets[job] = sequence }

    /// Jobs of a JobSet whose launch plans are held, in order of creation.
    func jobs(ofJobSet sequence: UInt64) -> [JobID] { jobSets.compactMap { $1 == sequence ? $0 : nil } }

    /// Returns whether that is news.
    mutating func tell(_ new: Peers, ofJobSet sequence: UInt64) -> Bool {
        guard peers[sequence] != new else { return false }
        peers[sequence] = new
        return true
    }

    /// Drops what agents drop once no pod of a job is in the set any more.
    mutating func drop(_ jobs: some Sequence<JobID>) {
        for job in jobs {
            guard let sequence = jobSets[job] else { continue }
            jobSets[job] = nil
            if !jobSets.values.contains(sequence) { peers[sequence] = nil }
        }
    }
}
