public import AtollModel

/// `spec` of a `jobset.x-k8s.io/v1alpha2` JobSet, defaulted. Source: semantics of a.2.
public struct JobSetSpec: Equatable, Sendable {
    public var replicatedJobs: [ReplicatedJob]
    public var network: Network
    public var successPolicy: SuccessPolicy
    /// Nil: any failed job fails the JobSet.
    public var failurePolicy: FailurePolicy?
    public var startupOrder: StartupOrder
    public var suspend: Bool
    public var coordinator: CoordinatorPod?
    public var managedBy: String?
    public var ttlSecondsAfterFinished: Int32?
    /// How long it may be active without a break. Source: KEP-1186 of JobSet.
    public var activeDeadlineSeconds: Int32?
    public var volumeClaimPolicies: [VolumeClaimPolicy]

    public init(
        replicatedJobs: [ReplicatedJob],
        network: Network = Network(),
        successPolicy: SuccessPolicy = SuccessPolicy(),
        failurePolicy: FailurePolicy? = nil,
        startupOrder: StartupOrder = .anyOrder,
        suspend: Bool = false,
        coordinator: CoordinatorPod? = nil,
        managedBy: String? = nil,
        ttlSecondsAfterFinished: Int32? = nil,
        activeDeadlineSeconds: Int32? = nil,
        volumeClaimPolicies: [VolumeClaimPolicy] = []
    ) {
        self.replicatedJobs = replicatedJobs
        self.network = network
        self.successPolicy = successPolicy
        self.failurePolicy = failurePolicy
        self.startupOrder = startupOrder
        self.suspend = suspend
        self.coordinator = coordinator
        self.managedBy = managedBy
        self.ttlSecondsAfterFinished = ttlSecondsAfterFinished
        self.activeDeadlineSeconds = activeDeadlineSeconds
        self.volumeClaimPolicies = volumeClaimPolicies
    }
}

public struct ReplicatedJob: Equatable, Sendable {
    public var name: String
    public var groupName: String
    public var replicas: Int32
    public var dependsOn: [Dependency]
    /// `template.metadata`: only labels and annotations are taken over.
    public var labels: Labels
    public var annotations: Labels
    public var template: JobSpec

    public init(
        name: String,
        groupName: String = "default",
        replicas: Int32 = 1,
        dependsOn: [Dependency] = [],
        labels: Labels = [:],
        annotations: Labels = [:],
        template: JobSpec
    ) {
        self.name = name
        self.groupName = groupName
        self.replicas = replicas
        self.dependsOn = dependsOn
        self.labels = labels
        self.annotations = annotations
        self.template = template
    }
}

public struct Dependency: Equatable, Sendable {
    public enum Status: String, Sendable { case ready = "Ready", complete = "Complete" }

    public var name: String
    public var status: Status

    public init(name: String, status: Status) {
        self.name = name
        self.status = status
    }
}

public struct Network: Equatable, Sendable {
    public var enableDNSHostnames: Bool
    /// Nil: the JobSet's name.
    public var subdomain: String?
    public var publishNotReadyAddresses: Bool

    public init(enableDNSHostnames: Bool = true, subdomain: String? = nil, publishNotReadyAddresses: Bool = true) {
        self.enableDNSHostnames = enableDNSHostnames
        self.subdomain = subdomain
        self.publishNotReadyAddresses = publishNotReadyAddresses
    }
}

public struct SuccessPolicy: Equatable, Sendable {
    public enum Operator: String, Sendable { case all = "All", any = "Any" }

    public var `operator`: Operator
    /// Empty: all ReplicatedJobs.
    public var targetReplicatedJobs: [String]

    public init(operator: Operator = .all, targetReplicatedJobs: [String] = []) {
        self.operator = `operator`
        self.targetReplicatedJobs = targetReplicatedJobs
    }
}

public struct FailurePolicy: Equatable, Sendable {
    public enum RestartStrategy: String, Sendable {
        case recreate = "Recreate", blockingRecreate = "BlockingRecreate", inPlaceRestart = "InPlaceRestart"
    }

    public struct Rule: Equatable, Sendable {
        public enum Action: String, Sendable {
            case failJobSet = "FailJobSet"
            case restartJobSet = "RestartJobSet"
            case restartJobSetAndIgnoreMaxRestarts = "RestartJobSetAndIgnoreMaxRestarts"
            case restartJob = "RestartJob"
            case restartJobAndIgnoreMaxRestarts = "RestartJobAndIgnoreMaxRestarts"
        }

        public var name: String
        public var action: Action
        /// Empty: any reason.
        public var onJobFailureReasons: [String]
        /// Regular expressions, unanchored; empty: any message.
        public var onJobFailureMessagePatterns: [String]
        /// Empty: all ReplicatedJobs.
        public var targetReplicatedJobs: [String]

        public init(
            name: String,
            action: Action,
            onJobFailureReasons: [String] = [],
            onJobFailureMessagePatterns: [String] = [],
            targetReplicatedJobs: [String] = []
        ) {
            self.name = name
            self.action = action
            self.onJobFailureReasons = onJobFailureReasons
            self.onJobFailureMessagePatterns = onJobFailureMessagePatterns
            self.targetReplicatedJobs = targetReplicatedJobs
        }
    }

    public var maxRestarts: Int32
    public var restartStrategy: RestartStrategy
    public var rules: [Rule]

    public init(maxRestarts: Int32 = 0, restartStrategy: RestartStrategy = .recreate, rules: [Rule] = []) {
        self.maxRestarts = maxRestarts
        self.restartStrategy = restartStrategy
        self.rules = rules
    }
}

public enum StartupOrder: String, Sendable { case anyOrder = "AnyOrder", inOrder = "InOrder" }

/// `spec.coordinator`: the pod whose stable name every pod is told.
public struct CoordinatorPod: Equatable, Sendable {
    public var replicatedJob: String
    public var jobIndex: Int32
    public var podIndex: Int32

    public init(replicatedJob: String, jobIndex: Int32 = 0, podIndex: Int32 = 0) {
        self.replicatedJob = replicatedJob
        self.jobIndex = jobIndex
        self.podIndex = podIndex
    }
}
