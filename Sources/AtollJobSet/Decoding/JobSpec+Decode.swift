import AtollModel
import AtollYAML

extension JobSpec {
    init(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) {
        let completions = node.int32("completions")
        let parallelism = node.int32("parallelism")
        let backoffLimitPerIndex = node.int32("backoffLimitPerIndex")
        // The Job API's default: one pod where neither number is given; parallelism alone makes a work queue.
        let podCount = completions ?? (parallelism == nil ? 1 : nil)
        let successPolicy = node.value("successPolicy").map {
            JobSuccessPolicy($0, completions: podCount, at: path.field("successPolicy"), &findings)
        }
        self.init(
            completionMode: node.choice("completionMode") ?? .indexed,
            completions: podCount,
            parallelism: parallelism ?? 1,
            // With a limit for each index, the job as a whole has none unless it is given.
            backoffLimit: node.int32("backoffLimit") ?? (backoffLimitPerIndex == nil ? 6 : .max),
            backoffLimitPerIndex: backoffLimitPerIndex,
            maxFailedIndexes: node.int32("maxFailedIndexes"),
            activeDeadlineSeconds: node.int64("activeDeadlineSeconds"),
            podFailurePolicy: node.value("podFailurePolicy").map(PodFailurePolicy.init),
            podReplacementPolicy: node.choice("podReplacementPolicy"),
            successPolicy: successPolicy,
            pod: PodTemplate(node.mapping("template"), at: path.field("template"), &findings),
            ignored: node.unhonouredPairs(.jobSpec)
        )
    }
}

extension PodTemplate {
    fileprivate init(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) {
        let metadata = node.mapping("metadata")
        let spec = node.mapping("spec")
        func containers(_ key: String) -> [Container] {
            spec.list(key).enumerated().map { Container($1, at: path.field("spec", key).index($0), &findings) }
        }
        var volumes: [PodVolume] = []
        for (index, item) in spec.list("volumes").enumerated() {
            volumes.append(PodVolume(item, at: path.field("spec", "volumes").index(index), &findings))
        }
        self.init(
            labels: metadata.labels("labels"),
            annotations: metadata.labels("annotations"),
            nodeSelector: spec.labels("nodeSelector"),
            restartPolicy: spec.choice("restartPolicy") ?? .onFailure,
            hostNetwork: spec.flag("hostNetwork") ?? false,
            terminationGracePeriodSeconds: spec.int64("terminationGracePeriodSeconds") ?? 30,
            activeDeadlineSeconds: spec.int64("activeDeadlineSeconds"),
            volumes: volumes,
            initContainers: containers("initContainers"),
            containers: containers("containers"),
            ignored: spec.unhonouredPairs(.podSpec)
        )
        applyReadOnlyClaims(of: spec.list("volumes"))
    }
}

extension Container {
    fileprivate init(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) {
        var resources = ResourceReader(node.mapping("resources"), at: path.field("resources"))
        resources.read(&findings)
        let ports = node.list("ports").map(ContainerPort.init)
        let actions = ActionReader(ports: ports)
        let lifecycle = node.mapping("lifecycle")
        func probe(_ key: String) -> Probe? {
            node.value(key).flatMap { actions.probe($0, at: path.field(key), &findings) }
        }
        func hook(_ key: String) -> ContainerAction? {
            lifecycle.value(key).flatMap { actions.action($0, at: path.field("lifecycle", key), &findings) }
        }
        self.init(
            spec: ContainerSpec(
                name: node.text("name") ?? "",
                command: node.texts("command"),
                args: node.texts("args"),
                env: node.list("env").map(EnvironmentVariable.init),
                workingDirectory: node.text("workingDir") ?? "",
                mounts: node.list("volumeMounts").map(VolumeMount.init),
                restartPolicy: node.choice("restartPolicy"),
                restartRules: node.list("restartPolicyRules").map(RestartRule.init),
                startupProbe: probe("startupProbe"),
                readinessProbe: probe("readinessProbe"),
                livenessProbe: probe("livenessProbe"),
                postStart: hook("postStart"),
                preStop: hook("preStop")
            ),
            devices: resources.devices,
            ports: ports,
            ignored: (node.unhonouredPairs(.container) + resources.ignored).sorted { $0.key < $1.key }
        )
        Self.checkEnvironment(node, at: path, &findings)
    }

    private static func checkEnvironment(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) {
        for (index, item) in node.list("env").enumerated()
        where item.value("value") != nil && item.value("valueFrom") != nil {
            let here = path.field("env").index(index).field("valueFrom")
            findings.refuse(here, "may not be specified when `value` is not empty")
        }
    }
}

extension ContainerPort {
    fileprivate init(_ node: YAMLNode) {
        self.init(
            name: node.text("name") ?? "",
            number: node.int32("containerPort") ?? 0,
            transport: node.choice("protocol") ?? .tcp,
            hostPort: node.int32("hostPort") ?? 0,
            hostAddress: node.text("hostIP") ?? ""
        )
    }
}

extension RestartRule {
    fileprivate init(_ node: YAMLNode) {
        let codes = node.mapping("exitCodes")
        self.init(
            action: node.choice("action") ?? .restart,
            operator: codes.choice("operator") ?? .in,
            exitCodes: codes.int32s("values")
        )
    }
}

extension EnvironmentVariable {
    fileprivate init(_ node: YAMLNode) {
        let field = node.value("valueFrom")?.mapping("fieldRef").text("fieldPath")
        self.init(
            name: node.text("name") ?? "",
            source: field.map { .field(path: $0) } ?? .value(node.text("value") ?? "")
        )
    }
}
