import AtollCore
import AtollModel

/// What is on the coordinator's disk: every committed batch, whole, as SQLite keeps it with `synchronous=FULL`.
struct SimStore {
    private(set) var cluster: ClusterRecord?
    private(set) var hosts: SortedMap<HostID, HostRecord> = [:]
    private(set) var jobSets: SortedMap<ObjectName, JobSetRecord> = [:]
    private(set) var jobs: SortedMap<ObjectName, JobRecord> = [:]
    private(set) var volumeClaims: SortedMap<ObjectName, VolumeClaim> = [:]
    /// The disk takes nothing more until then.
    var fullUntil: Int64 = 0
    /// What was there before the last commits, oldest first: kept for a planted bug alone.
    private var earlier: [StoredState] = []

    mutating func commit(_ changes: [StoreChange]) {
        for change in changes {
            switch change {
            case .put(let record): put(record)
            case .delete(let key): delete(key)
            }
        }
    }

    func isFull(at now: Int64) -> Bool { now < fullUntil }

    /// Planted: notes what a crash will leave of the commits that follow.
    mutating func keepEarlier() { earlier = earlier.suffix(2) + [content] }

    /// Planted: the last commits were not synced, and are gone.
    mutating func loseTail() {
        guard let oldest = earlier.first else { return }
        cluster = oldest.cluster
        hosts = SortedMap(oldest.hosts.map { ($0.facts.host, $0) })
        jobSets = SortedMap(oldest.jobSets.map { ($0.name, $0) })
        jobs = SortedMap(oldest.jobs.map { ($0.name, $0) })
        volumeClaims = SortedMap(oldest.volumeClaims.map { ($0.name, $0) })
        earlier = []
    }

    /// Hosts on which pods of a JobSet have, or had, their seats.
    func hosts(of jobSet: ObjectName) -> Set<HostID> {
        let incarnations = jobs.values.filter { $0.jobSet == jobSet }
            .flatMap { $0.run.previous + [$0.run.current].compactMap(\.self) }
        return Set(incarnations.flatMap { $0.seats.map(\.host) })
    }

    /// What earlier incarnations of a JobSet's jobs still hold on lost hosts.
    func placesLeft(by jobSet: ObjectName) -> [Placement.Job] {
        jobs.values.filter { $0.jobSet == jobSet }.flatMap { $0.run.previous.compactMap(\.left) }
    }

    private mutating func put(_ record: Record) {
        switch record {
        case .cluster(let record): cluster = record
        case .host(let record): hosts[record.facts.host] = record
        case .jobSet(let record): jobSets[record.name] = record
        case .job(let record): jobs[record.name] = record
        case .volumeClaim(let claim): volumeClaims[claim.name] = claim
        }
    }

    private mutating func delete(_ key: RecordKey) {
        switch key {
        case .cluster: cluster = nil
        case .host(let host): hosts[host] = nil
        case .jobSet(let name): jobSets[name] = nil
        case .job(let name): jobs[name] = nil
        case .volumeClaim(let name): volumeClaims[name] = nil
        }
    }

    var content: StoredState {
        StoredState(
            cluster: cluster,
            hosts: hosts.values,
            jobSets: jobSets.values,
            jobs: jobs.values,
            volumeClaims: volumeClaims.values
        )
    }
}
