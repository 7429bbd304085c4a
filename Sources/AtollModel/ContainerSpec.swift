/// One container of a pod: with the process runtime, one process tree.
public struct ContainerSpec: Equatable, Sendable, Codable {
    public var name: String
    /// The entry point and its arguments; `$(VAR)` is expanded from the container's environment.
    public var command: [String]
    public var args: [String]
    public var env: [EnvironmentVariable]
    /// Absolute; empty for the pod's own folder.
    public var workingDirectory: String
    public var mounts: [VolumeMount]
    /// Nil: the pod's. An init container with `always` is a sidecar: it runs beside the containers that come after it.
    public var restartPolicy: RestartPolicy?
    /// The first that matches an exit code goes before the policy.
    public var restartRules: [RestartRule]
    /// Until it has succeeded the container is not started up, and the other two do not begin.
    public var startupProbe: Probe?
    /// While it fails the pod is not ready.
    public var readinessProbe: Probe?
    /// Once it has failed the container is killed, and its restart policy decides.
    public var livenessProbe: Probe?
    /// Right after the start; the container is killed when it fails.
    public var postStart: ContainerAction?
    /// Before SIGTERM, within the pod's termination grace.
    public var preStop: ContainerAction?

    public init(
        name: String,
        command: [String],
        args: [String] = [],
        env: [EnvironmentVariable] = [],
        workingDirectory: String = "",
        mounts: [VolumeMount] = [],
        restartPolicy: RestartPolicy? = nil,
        restartRules: [RestartRule] = [],
        startupProbe: Probe? = nil,
        readinessProbe: Probe? = nil,
        livenessProbe: Probe? = nil,
        postStart: ContainerAction? = nil,
        preStop: ContainerAction? = nil
    ) {
        self.name = name
        self.command = command
        self.args = args
        self.env = env
        self.workingDirectory = workingDirectory
        self.mounts = mounts
        self.restartPolicy = restartPolicy
        self.restartRules = restartRules
        self.startupProbe = startupProbe
        self.readinessProbe = readinessProbe
        self.livenessProbe = livenessProbe
        self.postStart = postStart
        self.preStop = preStop
    }
}

public struct EnvironmentVariable: Equatable, Sendable, Codable {
    public enum Source: Equatable, Sendable, Codable {
        /// May refer to earlier variables as `$(NAME)`; `$$` is a dollar sign.
        case value(String)
        /// A downward API path: `metadata.name`, `metadata.labels['key']`, `status.podIP`, `spec.nodeName`, ...
        case field(path: String)
    }

    public var name: String
    public var source: Source

    public init(name: String, source: Source) {
        self.name = name
        self.source = source
    }
}

/// Whether a container that has ended is started again in its pod.
public enum RestartPolicy: String, CaseIterable, Sendable, Codable {
    case always = "Always"
    case onFailure = "OnFailure"
    case never = "Never"
}

/// What certain exit codes of a container mean. Source: `ContainerRestartRule` of Kubernetes' v1 (KEP-5307, KEP-5532).
public struct RestartRule: Equatable, Sendable, Codable {
    public enum Action: String, CaseIterable, Sendable, Codable {
        case restart = "Restart"
        /// All of the pod's containers, those that have ended as well, from the first init container on.
        case restartAllContainers = "RestartAllContainers"
    }

    public enum Operator: String, CaseIterable, Sendable, Codable { case `in` = "In", notIn = "NotIn" }

    public var action: Action
    public var `operator`: Operator
    public var exitCodes: [Int32]

    public init(action: Action, operator: Operator, exitCodes: [Int32]) {
        self.action = action
        self.operator = `operator`
        self.exitCodes = exitCodes
    }

    public func matches(_ code: Int32) -> Bool { exitCodes.contains(code) == (self.operator == .in) }
}
