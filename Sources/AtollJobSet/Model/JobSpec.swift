public import AtollModel
public import AtollYAML

/// `batch/v1` JobSpec with JobSet's defaults (`completionMode: Indexed`) and the Job API's.
public struct JobSpec: Equatable, Sendable {
    public enum CompletionMode: String, Sendable { case indexed = "Indexed", nonIndexed = "NonIndexed" }

    public var completionMode: CompletionMode
    /// Nil together with a set `parallelism`: a NonIndexed work queue.
    public var completions: Int32?
    public var parallelism: Int32
    public var backoffLimit: Int32
    /// Failures that each index may have; nil where they are counted for the whole job alone.
    public var backoffLimitPerIndex: Int32?
    /// Indexes that may fail before the job fails at once; nil: all others come to their end first.
    public var maxFailedIndexes: Int32?
    public var activeDeadlineSeconds: Int64?
    public var podFailurePolicy: PodFailurePolicy?
    public var podReplacementPolicy: PodReplacementPolicy
    public var successPolicy: JobSuccessPolicy?
    public var pod: PodTemplate
    /// Fields that were accepted and do nothing here, as written, so that the object can be shown whole.
    public var ignored: [YAMLPair]

    public init(
        completionMode: CompletionMode = .indexed,
        completions: Int32? = 1,
        parallelism: Int32 = 1,
        backoffLimit: Int32 = 6,
        backoffLimitPerIndex: Int32? = nil,
        maxFailedIndexes: Int32? = nil,
        activeDeadlineSeconds: Int64? = nil,
        podFailurePolicy: PodFailurePolicy? = nil,
        podReplacementPolicy: PodReplacementPolicy? = nil,
        successPolicy: JobSuccessPolicy? = nil,
        pod: PodTemplate,
        ignored: [YAMLPair] = []
    ) {
        self.completionMode = completionMode
        self.completions = completions
        self.parallelism = parallelism
        self.backoffLimit = backoffLimit
        self.backoffLimitPerIndex = backoffLimitPerIndex
        self.maxFailedIndexes = maxFailedIndexes
        self.activeDeadlineSeconds = activeDeadlineSeconds
        self.podFailurePolicy = podFailurePolicy
        self.podReplacementPolicy =
            podReplacementPolicy ?? (podFailurePolicy == nil ? .terminatingOrFailed : .failed)
        self.successPolicy = successPolicy
        self.pod = pod
        self.ignored = ignored
    }
}

/// The part of a pod template that bare metal honours.
public struct PodTemplate: Equatable, Sendable {
    public enum RestartPolicy: String, Sendable { case never = "Never", onFailure = "OnFailure" }

    public var labels: Labels
    public var annotations: Labels
    public var nodeSelector: Labels
    public var restartPolicy: RestartPolicy
    public var hostNetwork: Bool
    public var terminationGracePeriodSeconds: Int64
    /// How long each pod may run.
    public var activeDeadlineSeconds: Int64?
    public var volumes: [PodVolume]
    public var initContainers: [Container]
    /// Never empty after validation.
    public var containers: [Container]
    /// Fields that were accepted and do nothing here, as written, so that the object can be shown whole.
    public var ignored: [YAMLPair]

    public init(
        labels: Labels = [:],
        annotations: Labels = [:],
        nodeSelector: Labels = [:],
        restartPolicy: RestartPolicy = .onFailure,
        hostNetwork: Bool = false,
        terminationGracePeriodSeconds: Int64 = 30,
        activeDeadlineSeconds: Int64? = nil,
        volumes: [PodVolume] = [],
        initContainers: [Container] = [],
        containers: [Container],
        ignored: [YAMLPair] = []
    ) {
        self.labels = labels
        self.annotations = annotations
        self.nodeSelector = nodeSelector
        self.restartPolicy = restartPolicy
        self.hostNetwork = hostNetwork
        self.terminationGracePeriodSeconds = terminationGracePeriodSeconds
        self.activeDeadlineSeconds = activeDeadlineSeconds
        self.volumes = volumes
        self.initContainers = initContainers
        self.containers = containers
        self.ignored = ignored
    }
}

public struct Container: Equatable, Sendable {
    public var spec: ContainerSpec
    /// Extended resources of `resources.limits` (`google.com/tpu: 4`), by resource name.
    public var devices: SortedMap<String, UInt32>
    /// Names for the ports that its probes and hooks speak to.
    public var ports: [ContainerPort]
    /// Fields that were accepted and do nothing here, as written, so that the object can be shown whole.
    public var ignored: [YAMLPair]

    public init(
        spec: ContainerSpec,
        devices: SortedMap<String, UInt32> = [:],
        ports: [ContainerPort] = [],
        ignored: [YAMLPair] = []
    ) {
        self.spec = spec
        self.devices = devices
        self.ports = ports
        self.ignored = ignored
    }
}
