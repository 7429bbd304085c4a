public import AtollModel

/// `status` of a JobSet: conditions, counters and one entry for each ReplicatedJob.
public struct JobSetStatus: Equatable, Sendable, Codable {
    public var conditions: [Condition]
    public var restarts: Int32
    public var restartsCountTowardsMax: Int32
    /// `Completed`, `Failed`, or empty while it has not finished.
    public var terminalState: String
    /// Since when it has been active without a break; nil while it is not, or where nobody counts.
    public var startTime: Timestamp?
    /// Pods of this attempt or an earlier one restart in place; nil while none has. Source: KEP-467 of JobSet.
    public var previousInPlaceRestartAttempt: Int32?
    /// The attempt that all pods have come to; nil while some have still to come to the first.
    public var currentInPlaceRestartAttempt: Int32?
    /// How often it has been resumed or restarted since it first ran; nil before. Source: KEP-1282 of JobSet.
    public var executionAttempts: Int32?
    public var replicatedJobsStatus: [ReplicatedJobStatus]

    public init(
        conditions: [Condition] = [],
        restarts: Int32 = 0,
        restartsCountTowardsMax: Int32 = 0,
        terminalState: String = "",
        startTime: Timestamp? = nil,
        previousInPlaceRestartAttempt: Int32? = nil,
        currentInPlaceRestartAttempt: Int32? = nil,
        executionAttempts: Int32? = nil,
        replicatedJobsStatus: [ReplicatedJobStatus] = []
    ) {
        self.conditions = conditions
        self.restarts = restarts
        self.restartsCountTowardsMax = restartsCountTowardsMax
        self.terminalState = terminalState
        self.startTime = startTime
        self.previousInPlaceRestartAttempt = previousInPlaceRestartAttempt
        self.currentInPlaceRestartAttempt = currentInPlaceRestartAttempt
        self.executionAttempts = executionAttempts
        self.replicatedJobsStatus = replicatedJobsStatus
    }

    public subscript(type: Condition.Kind) -> Condition? { conditions.first { $0.type == type } }
}

public struct ReplicatedJobStatus: Equatable, Sendable, Codable {
    public var name: String
    public var ready, succeeded, failed, active, suspended: Int32
    /// By job index; empty until the first restart of a single job.
    public var jobRestarts: [Int32]
    public var jobRestartsCountTowardsMax: [Int32]

    public init(
        name: String,
        ready: Int32 = 0,
        succeeded: Int32 = 0,
        failed: Int32 = 0,
        active: Int32 = 0,
        suspended: Int32 = 0,
        jobRestarts: [Int32] = [],
        jobRestartsCountTowardsMax: [Int32] = []
    ) {
        self.name = name
        self.ready = ready
        self.succeeded = succeeded
        self.failed = failed
        self.active = active
        self.suspended = suspended
        self.jobRestarts = jobRestarts
        self.jobRestartsCountTowardsMax = jobRestartsCountTowardsMax
    }
}

public struct Condition: Equatable, Sendable, Codable {
    public enum Kind: String, Sendable, Codable {
        case completed = "Completed"
        case failed = "Failed"
        case suspended = "Suspended"
        case startupPolicyInProgress = "StartupPolicyInProgress"
        case startupPolicyCompleted = "StartupPolicyCompleted"
        case restartingJobSet = "RestartingJobSet"
    }

    public var type: Kind
    public var status: Bool
    public var reason: String
    public var message: String
    public var lastTransitionTime: Timestamp

    public init(type: Kind, status: Bool, reason: String, message: String, lastTransitionTime: Timestamp) {
        self.type = type
        self.status = status
        self.reason = reason
        self.message = message
        self.lastTransitionTime = lastTransitionTime
    }
}
