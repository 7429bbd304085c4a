import AtollModel
public import AtollYAML

extension JobSpec {
    /// The `spec` of a `batch/v1` Job.
    public var node: YAMLNode {
        .object(
            [
                ("completionMode", .string(completionMode.rawValue)),
                ("completions", completions.map { .int($0) }),
                ("parallelism", .int(parallelism)),
                ("backoffLimit", .int(backoffLimit)),
                ("backoffLimitPerIndex", backoffLimitPerIndex.map { .int($0) }),
                ("maxFailedIndexes", maxFailedIndexes.map { .int($0) }),
                ("activeDeadlineSeconds", activeDeadlineSeconds.map { .int($0) }),
                ("podFailurePolicy", podFailurePolicy?.node),
                ("podReplacementPolicy", .string(podReplacementPolicy.rawValue)),
                ("successPolicy", successPolicy?.node),
                ("template", pod.node),
            ],
            and: ignored
        )
    }
}

extension PodTemplate {
    fileprivate var node: YAMLNode {
        let metadata = YAMLNode.object([("labels", .labels(labels)), ("annotations", .labels(annotations))])
        return .object([("metadata", metadata.unlessEmpty), ("spec", spec)])
    }

    /// The `spec` of a `v1` Pod.
    public var spec: YAMLNode {
        .object(
            [
                ("activeDeadlineSeconds", activeDeadlineSeconds.map { .int($0) }),
                ("containers", .list(containers.map(\.node))),
                ("hostNetwork", hostNetwork ? .bool(true) : nil),
                ("initContainers", initContainers.isEmpty ? nil : .list(initContainers.map(\.node))),
                ("nodeSelector", .labels(nodeSelector)),
                ("restartPolicy", .string(restartPolicy.rawValue)),
                ("terminationGracePeriodSeconds", .int(terminationGracePeriodSeconds)),
                ("volumes", volumes.isEmpty ? nil : .list(volumes.map(\.node))),
            ],
            and: ignored
        )
    }
}

extension Container {
    fileprivate var node: YAMLNode {
        .object(
            [
                ("name", .string(spec.name)),
                ("command", .texts(spec.command)),
                ("args", .texts(spec.args)),
                ("env", spec.env.isEmpty ? nil : .list(spec.env.map(\.node))),
                ("workingDir", .text(spec.workingDirectory)),
                ("volumeMounts", spec.mounts.isEmpty ? nil : .list(spec.mounts.map(\.node))),
                ("resources", resources),
                ("ports", ports.isEmpty ? nil : .list(ports.map(\.node))),
                ("restartPolicy", spec.restartPolicy.map { .string($0.rawValue) }),
                ("restartPolicyRules", spec.restartRules.isEmpty ? nil : .list(spec.restartRules.map(\.node))),
                ("startupProbe", spec.startupProbe?.node),
                ("readinessProbe", spec.readinessProbe?.node),
                ("livenessProbe", spec.livenessProbe?.node),
                ("lifecycle", lifecycle),
            ],
            and: ignored.filter { $0.key != "resources" }
        )
    }

    private var lifecycle: YAMLNode? {
        YAMLNode.object([("postStart", spec.postStart?.node), ("preStop", spec.preStop?.node)]).unlessEmpty
    }

    /// The devices among what is written but not enforced.
    private var resources: YAMLNode? {
        let rest = ignored.first { $0.key == "resources" }?.value
        let counts = devices.map { YAMLPair(key: $0, value: .int($1)) }
        let limits = YAMLNode.object([], and: (rest?["limits"]?.pairs ?? []) + counts)
        return YAMLNode.object([("limits", limits.unlessEmpty), ("requests", rest?["requests"])]).unlessEmpty
    }
}

extension EnvironmentVariable {
    fileprivate var node: YAMLNode {
        switch source {
        case .value(let value): .object([("name", .string(name)), ("value", .string(value))])
        case .field(let path):
            .object([
                ("name", .string(name)),
                ("valueFrom", .map([("fieldRef", .map([("fieldPath", .string(path))]))])),
            ])
        }
    }
}
