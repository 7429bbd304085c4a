// Mirrors what AdminReply carries of a backup and of the coordinator's status in proto/atoll/v1/admin.proto.
import AtollModel
import CAtollWire

extension StoreSummary: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__AdminBackedUp>) { atoll__v1__admin_backed_up__init(c) }

    func write(to c: inout Atoll__V1__AdminBackedUp, in arena: borrowing WireArena) {
        c.bytes = bytes
        c.job_sets = jobSets
        c.jobs = jobs
        c.hosts = hosts
    }

    init(wire c: Atoll__V1__AdminBackedUp) throws(WireError) {
        self.init(bytes: c.bytes, jobSets: c.job_sets, jobs: c.jobs, hosts: c.hosts)
    }
}

extension CoordinatorStatus: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__CoordinatorStatus>) {
        atoll__v1__coordinator_status__init(c)
    }

    func write(to c: inout Atoll__V1__CoordinatorStatus, in arena: borrowing WireArena) {
        c.software = arena.text(software)
        c.epoch = epoch.rawValue
        c.uptime_ns = uptime.nanoseconds
        c.hosts = hosts
        c.hosts_ready = hostsReady
        (c.n_job_sets, c.job_sets) = arena.messages(jobSets)
        c.store = arena.message(store)
        c.findings = arena.optional(findings.isEmpty ? nil : findings)
    }

    init(wire c: Atoll__V1__CoordinatorStatus) throws(WireError) {
        let read = FieldReader("CoordinatorStatus")
        self.init(
            software: try read.text(c.software, "software"),
            epoch: Epoch(c.epoch),
            uptime: try read.duration(c.uptime_ns, "uptime_ns"),
            hosts: c.hosts,
            hostsReady: c.hosts_ready,
            findings: try read.optional(c.findings) ?? FindingCounts(),
            jobSets: try read.messages(c.job_sets, c.n_job_sets),
            store: try read.message(c.store, "store")
        )
    }
}

extension FindingCounts: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__FindingCounts>) { atoll__v1__finding_counts__init(c) }

    func write(to c: inout Atoll__V1__FindingCounts, in arena: borrowing WireArena) {
        c.errors = errors
        c.warnings = warnings
        c.notices = notices
    }

    init(wire c: Atoll__V1__FindingCounts) throws(WireError) {
        self.init(errors: c.errors, warnings: c.warnings, notices: c.notices)
    }
}

extension JobSetCount: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__JobSetCount>) { atoll__v1__job_set_count__init(c) }

    func write(to c: inout Atoll__V1__JobSetCount, in arena: borrowing WireArena) {
        c.state = state.wire
        c.count = count
    }

    init(wire c: Atoll__V1__JobSetCount) throws(WireError) {
        self.init(state: try FieldReader("JobSetCount").choice(c.state, "state"), count: c.count)
    }
}

extension JobSetState: WireEnum {
    var wire: Atoll__V1__JobSetCount__State {
        switch self {
        case .waiting: ATOLL__V1__JOB_SET_COUNT__STATE__WAITING
        case .starting: ATOLL__V1__JOB_SET_COUNT__STATE__STARTING
        case .running: ATOLL__V1__JOB_SET_COUNT__STATE__RUNNING
        case .restarting: ATOLL__V1__JOB_SET_COUNT__STATE__RESTARTING
        case .suspended: ATOLL__V1__JOB_SET_COUNT__STATE__SUSPENDED
        case .completed: ATOLL__V1__JOB_SET_COUNT__STATE__COMPLETED
        case .failed: ATOLL__V1__JOB_SET_COUNT__STATE__FAILED
        case .deleting: ATOLL__V1__JOB_SET_COUNT__STATE__DELETING
        }
    }
}

extension StoreStatus: WireValue {
    static func clear(_ c: UnsafeMutablePointer<Atoll__V1__StoreStatus>) { atoll__v1__store_status__init(c) }

    func write(to c: inout Atoll__V1__StoreStatus, in arena: borrowing WireArena) {
        c.bytes = bytes
        c.commits = commits
        c.latency_median_ns = latencyMedian.nanoseconds
        c.latency_p99_ns = latencyP99.nanoseconds
        c.latency_last_ns = latencyLast.nanoseconds
        c.latency_max_ns = latencyMax.nanoseconds
        c.batch_max = batchMax
    }

    init(wire c: Atoll__V1__StoreStatus) throws(WireError) {
        let read = FieldReader("StoreStatus")
        self.init(
            bytes: c.bytes,
            commits: c.commits,
            latencyMedian: try read.duration(c.latency_median_ns, "latency_median_ns"),
            latencyP99: try read.duration(c.latency_p99_ns, "latency_p99_ns"),
            latencyLast: try read.duration(c.latency_last_ns, "latency_last_ns"),
            latencyMax: try read.duration(c.latency_max_ns, "latency_max_ns"),
            batchMax: c.batch_max
        )
    }
}
