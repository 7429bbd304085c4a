/// `podFailurePolicy` of a job: what a failed pod means, by its exit code or condition. The first rule that matches
/// decides; a pod that none matches is counted. Source: `batch/v1`.
public struct PodFailurePolicy: Equatable, Sendable {
    public struct Rule: Equatable, Sendable {
        public enum Action: String, CaseIterable, Sendable {
            /// Counted towards the limits, as without a policy.
            case count = "Count"
            /// Its index has failed and is not tried again.
            case failIndex = "FailIndex"
            /// The job fails at once.
            case failJob = "FailJob"
            /// Replaced, and not counted.
            case ignore = "Ignore"
        }

        public var action: Action
        /// Exactly one of the two is given.
        public var onExitCodes: ExitCodes?
        public var onPodConditions: [PodCondition]

        public init(action: Action, onExitCodes: ExitCodes? = nil, onPodConditions: [PodCondition] = []) {
            self.action = action
            self.onExitCodes = onExitCodes
            self.onPodConditions = onPodConditions
        }
    }

    public struct ExitCodes: Equatable, Sendable {
        public enum Operator: String, Sendable { case `in` = "In", notIn = "NotIn" }

        /// Nil: any container.
        public var containerName: String?
        public var `operator`: Operator
        /// Ascending, without repeats.
        public var values: [Int32]

        public init(containerName: String? = nil, operator: Operator, values: [Int32]) {
            self.containerName = containerName
            self.operator = `operator`
            self.values = values
        }
    }

    public struct PodCondition: Equatable, Sendable {
        public enum Status: String, Sendable { case `true` = "True", `false` = "False", unknown = "Unknown" }

        public var type: String
        public var status: Status

        public init(type: String, status: Status = .true) {
            self.type = type
            self.status = status
        }
    }

    public var rules: [Rule]

    public init(rules: [Rule]) { self.rules = rules }
}

/// Conditions of failed pods that rules can name.
public enum PodConditionType: String, CaseIterable, Sendable {
    /// It could not be started: its command or its working folder does not exist.
    case configIssue = "ConfigIssue"
    /// Its host was lost, rebooted or fenced, or had no answer for its pod lease.
    case disruptionTarget = "DisruptionTarget"
}

/// When a pod that has to be replaced is. With `podFailurePolicy` only `Failed` is allowed.
public enum PodReplacementPolicy: String, Sendable {
    case terminatingOrFailed = "TerminatingOrFailed", failed = "Failed"
}
