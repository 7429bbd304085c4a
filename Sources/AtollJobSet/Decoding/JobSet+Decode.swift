import AtollModel
public import AtollYAML

extension JobSet {
    /// A JobSet as it was read, defaulted and valid.
    public struct Decoded: Equatable, Sendable {
        public var jobSet: JobSet
        /// Fields that do nothing here: `path: ignored: reason`.
        public var warnings: [String]
    }

    /// Reads, defaults and validates one document.
    ///
    /// The shape comes first, as in Kubernetes: names, types, fixed choices and fields that are not supported, all of
    /// them at once. Only a document of the right shape is checked against JobSet's own rules, again all at once.
    /// `status` and what a server writes into `metadata` are accepted and left out.
    public static func decode(_ node: YAMLNode, defaultNamespace: String) throws(ManifestError) -> Decoded {
        var check = SchemaCheck(Findings(document: node))
        check.check(node, .jobSet)
        try check.findings.throwIfAny()
        var findings = check.findings
        let jobSet = JobSet(node, defaultNamespace: defaultNamespace, &findings)
        var rules = JobSetRules(jobSet, findings)
        rules.checkAll()
        try rules.findings.throwIfAny()
        return Decoded(jobSet: jobSet, warnings: rules.findings.warnings)
    }
}

extension Findings {
    fileprivate func throwIfAny() throws(ManifestError) {
        if !problems.isEmpty { throw ManifestError(problems: problems) }
    }
}

// From here on the node has passed the tables: what is there has the right shape.
extension JobSet {
    init(_ node: YAMLNode, defaultNamespace: String, _ findings: inout Findings) {
        let metadata = node.mapping("metadata")
        self.init(
            metadata: ObjectMetadata(
                name: ObjectName(
                    namespace: metadata.text("namespace") ?? defaultNamespace,
                    name: metadata.text("name") ?? ""
                ),
                generateName: metadata.text("generateName") ?? "",
                labels: metadata.labels("labels"),
                annotations: metadata.labels("annotations")
            ),
            spec: JobSetSpec(node.mapping("spec"), &findings)
        )
    }
}

extension JobSetSpec {
    fileprivate init(_ node: YAMLNode, _ findings: inout Findings) {
        var replicatedJobs: [ReplicatedJob] = []
        for (index, item) in node.list("replicatedJobs").enumerated() {
            let path = FieldPath("spec", "replicatedJobs").index(index)
            replicatedJobs.append(ReplicatedJob(item, at: path, &findings))
        }
        var volumeClaimPolicies: [VolumeClaimPolicy] = []
        for (index, item) in node.list("volumeClaimPolicies").enumerated() {
            let path = FieldPath("spec", "volumeClaimPolicies").index(index)
            volumeClaimPolicies.append(VolumeClaimPolicy(item, at: path, &findings))
        }
        self.init(
            replicatedJobs: replicatedJobs,
            network: Network(node.mapping("network")),
            successPolicy: SuccessPolicy(node.mapping("successPolicy")),
            failurePolicy: node.value("failurePolicy").map(FailurePolicy.init),
            startupOrder: node.mapping("startupPolicy").choice("startupPolicyOrder") ?? .anyOrder,
            suspend: node.flag("suspend") ?? false,
            coordinator: node.value("coordinator").map(CoordinatorPod.init),
            managedBy: node.text("managedBy"),
            ttlSecondsAfterFinished: node.int32("ttlSecondsAfterFinished"),
            activeDeadlineSeconds: node.int32("activeDeadlineSeconds"),
            volumeClaimPolicies: volumeClaimPolicies
        )
    }
}

extension ReplicatedJob {
    fileprivate init(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) {
        let template = node.mapping("template")
        let metadata = template.mapping("metadata")
        self.init(
            name: node.text("name") ?? "",
            groupName: node.text("groupName") ?? "default",
            replicas: node.int32("replicas") ?? 1,
            dependsOn: node.list("dependsOn").map { item in
                Dependency(name: item.text("name") ?? "", status: item.choice("status") ?? .ready)
            },
            labels: metadata.labels("labels"),
            annotations: metadata.labels("annotations"),
            template: JobSpec(template.mapping("spec"), at: path.field("template", "spec"), &findings)
        )
    }
}

extension Network {
    fileprivate init(_ node: YAMLNode) {
        self.init(
            enableDNSHostnames: node.flag("enableDNSHostnames") ?? true,
            subdomain: node.text("subdomain"),
            publishNotReadyAddresses: node.flag("publishNotReadyAddresses") ?? true
        )
    }
}

extension SuccessPolicy {
    fileprivate init(_ node: YAMLNode) {
        self.init(
            operator: node.choice("operator") ?? .all,
            targetReplicatedJobs: node.texts("targetReplicatedJobs")
        )
    }
}

extension FailurePolicy {
    fileprivate init(_ node: YAMLNode) {
        self.init(
            maxRestarts: node.int32("maxRestarts") ?? 0,
            restartStrategy: node.choice("restartStrategy") ?? .recreate,
            rules: node.list("rules").enumerated().map { index, item in
                Rule(
                    name: item.text("name") ?? "failurePolicyRule\(index)",
                    action: item.choice("action") ?? .failJobSet,
                    onJobFailureReasons: item.texts("onJobFailureReasons"),
                    onJobFailureMessagePatterns: item.texts("onJobFailureMessagePatterns"),
                    targetReplicatedJobs: item.texts("targetReplicatedJobs")
                )
            }
        )
    }
}

extension CoordinatorPod {
    fileprivate init(_ node: YAMLNode) {
        self.init(
            replicatedJob: node.text("replicatedJob") ?? "",
            jobIndex: node.int32("jobIndex") ?? 0,
            podIndex: node.int32("podIndex") ?? 0
        )
    }
}
