/// How a coordinator is, at one moment.
public struct CoordinatorStatus: Equatable, Sendable {
    /// Its version of Atoll.
    public var software: String
    public var epoch: Epoch
    /// Since it started.
    public var uptime: Duration
    /// Hosts known, and those of them that are connected and have reported.
    public var hosts, hostsReady: UInt64
    /// Of all hosts.
    public var findings: FindingCounts
    /// In the order of `JobSetState`; states that no JobSet is in are left out.
    public var jobSets: [JobSetCount]
    public var store: StoreStatus

    public init(
        software: String,
        epoch: Epoch,
        uptime: Duration,
        hosts: UInt64,
        hostsReady: UInt64,
        findings: FindingCounts = FindingCounts(),
        jobSets: [JobSetCount],
        store: StoreStatus
    ) {
        self.software = software
        self.epoch = epoch
        self.uptime = uptime
        self.hosts = hosts
        self.hostsReady = hostsReady
        self.findings = findings
        self.jobSets = jobSets
        self.store = store
    }
}

/// How many JobSets are in one state.
public struct JobSetCount: Equatable, Sendable {
    public var state: JobSetState
    public var count: UInt64

    public init(state: JobSetState, count: UInt64) {
        self.state = state
        self.count = count
    }
}

/// The one word that says where a JobSet stands.
public enum JobSetState: String, CaseIterable, Sendable {
    case waiting = "Waiting"
    case starting = "Starting"
    case running = "Running"
    case restarting = "Restarting"
    case suspended = "Suspended"
    case completed = "Completed"
    case failed = "Failed"
    case deleting = "Deleting"
}

/// The size of a coordinator's store, and its commits since the coordinator started.
///
/// Latencies are from a change being handed to the store until it is durable; zero before the first commit.
public struct StoreStatus: Equatable, Sendable {
    /// On its medium, with its log.
    public var bytes: UInt64
    public var commits: UInt64
    /// Upper ends of the ranges of a histogram that hold the median and the 99th of 100.
    public var latencyMedian, latencyP99: Duration
    public var latencyLast, latencyMax: Duration
    /// Changes in the commit that had the most.
    public var batchMax: UInt64

    public init(
        bytes: UInt64 = 0,
        commits: UInt64 = 0,
        latencyMedian: Duration = .zero,
        latencyP99: Duration = .zero,
        latencyLast: Duration = .zero,
        latencyMax: Duration = .zero,
        batchMax: UInt64 = 0
    ) {
        self.bytes = bytes
        self.commits = commits
        self.latencyMedian = latencyMedian
        self.latencyP99 = latencyP99
        self.latencyLast = latencyLast
        self.latencyMax = latencyMax
        self.batchMax = batchMax
    }
}

/// What a store or a copy of it holds.
public struct StoreSummary: Equatable, Sendable, CustomStringConvertible {
    /// On its medium, with its log.
    public var bytes: UInt64
    public var jobSets, jobs, hosts: UInt64

    public init(bytes: UInt64, jobSets: UInt64, jobs: UInt64, hosts: UInt64) {
        self.bytes = bytes
        self.jobSets = jobSets
        self.jobs = jobs
        self.hosts = hosts
    }

    /// `2 JobSets, 8 jobs, 8 hosts, 61440 bytes`
    public var description: String {
        func phrase(_ count: UInt64, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
        return [phrase(jobSets, "JobSet"), phrase(jobs, "job"), phrase(hosts, "host"), phrase(bytes, "byte")]
            .joined(separator: ", ")
    }
}
