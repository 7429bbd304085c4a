import AtollModel
public import AtollYAML

extension JobSet {
    /// The whole object in the shape of the Kubernetes API, with defaults, server fields and status; keys in order.
    ///
    /// Decoding it gives this JobSet again, without what only a server writes: uid, versions, times and status.
    public var node: YAMLNode {
        .object([
            ("apiVersion", .string(Self.apiVersion)), ("kind", .string(Self.kind)), ("metadata", metadata.node),
            ("spec", spec.node), ("status", status.node),
        ])
    }
}

extension ObjectMetadata {
    /// `metadata` of any object: `resourceVersion` is text, times are RFC 3339.
    public var node: YAMLNode {
        .object([
            ("name", .text(name.name)),
            ("generateName", .text(generateName)),
            ("namespace", .string(name.namespace)),
            ("uid", .text(uid.text)),
            ("resourceVersion", resourceVersion == 0 ? nil : .string(String(resourceVersion))),
            ("generation", generation == 0 ? nil : .int(generation)),
            ("creationTimestamp", creationTimestamp.map { .string("\($0)") }),
            ("deletionTimestamp", deletionTimestamp.map { .string("\($0)") }),
            ("labels", .labels(labels)),
            ("annotations", .labels(annotations)),
        ])
    }
}

extension JobSetSpec {
    fileprivate var node: YAMLNode {
        .object([
            ("replicatedJobs", .list(replicatedJobs.map(\.node))),
            ("network", network.node),
            ("successPolicy", successPolicy.node),
            ("failurePolicy", failurePolicy?.node),
            ("startupPolicy", .map([("startupPolicyOrder", .string(startupOrder.rawValue))])),
            ("suspend", suspend ? .bool(true) : nil),
            ("coordinator", coordinator?.node),
            ("managedBy", managedBy.map(YAMLNode.string)),
            ("ttlSecondsAfterFinished", ttlSecondsAfterFinished.map { .int($0) }),
            ("activeDeadlineSeconds", activeDeadlineSeconds.map { .int($0) }),
            (
                "volumeClaimPolicies",
                volumeClaimPolicies.isEmpty ? nil : .list(volumeClaimPolicies.map(\.node))
            ),
        ])
    }
}

extension ReplicatedJob {
    var node: YAMLNode {
        let dependencies = dependsOn.map { item in
            YAMLNode.object([("name", .string(item.name)), ("status", .string(item.status.rawValue))])
        }
        let metadata = YAMLNode.object([("labels", .labels(labels)), ("annotations", .labels(annotations))])
        return .object([
            ("name", .string(name)),
            ("groupName", .string(groupName)),
            ("replicas", .int(replicas)),
            ("dependsOn", dependencies.isEmpty ? nil : .list(dependencies)),
            ("template", .object([("metadata", metadata.unlessEmpty), ("spec", template.node)])),
        ])
    }
}

extension Network {
    fileprivate var node: YAMLNode {
        .object([
            ("enableDNSHostnames", .bool(enableDNSHostnames)),
            ("subdomain", subdomain.map(YAMLNode.string)),
            ("publishNotReadyAddresses", .bool(publishNotReadyAddresses)),
        ])
    }
}

extension SuccessPolicy {
    fileprivate var node: YAMLNode {
        .object([
            ("operator", .string(`operator`.rawValue)), ("targetReplicatedJobs", .texts(targetReplicatedJobs)),
        ])
    }
}

extension FailurePolicy {
    fileprivate var node: YAMLNode {
        .object([
            ("maxRestarts", .int(maxRestarts)),
            ("restartStrategy", .string(restartStrategy.rawValue)),
            ("rules", rules.isEmpty ? nil : .list(rules.map(\.node))),
        ])
    }
}

extension FailurePolicy.Rule {
    fileprivate var node: YAMLNode {
        .object([
            ("name", .string(name)),
            ("action", .string(action.rawValue)),
            ("onJobFailureReasons", .texts(onJobFailureReasons)),
            ("onJobFailureMessagePatterns", .texts(onJobFailureMessagePatterns)),
            ("targetReplicatedJobs", .texts(targetReplicatedJobs)),
        ])
    }
}

extension CoordinatorPod {
    fileprivate var node: YAMLNode {
        .object([
            ("replicatedJob", .string(replicatedJob)), ("jobIndex", .int(jobIndex)), ("podIndex", .int(podIndex)),
        ])
    }
}
