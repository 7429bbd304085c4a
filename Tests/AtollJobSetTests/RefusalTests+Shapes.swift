private let rj = "spec.replicatedJobs[0]"
private let podSpec = "spec.replicatedJobs[0].template.spec.template.spec"
private let container = "spec.replicatedJobs[0].template.spec.template.spec.containers[0]"
private let rules = "spec.failurePolicy.rules"

// Names, types, fixed choices and fields that are not supported.
extension RefusalTests {
    static let shapes: [Refusal] = [
        Refusal(
            "replicas:",
            "replica:",
            path: "\(rj).replica",
            "unknown field of ReplicatedJob; did you mean replicas?",
            line: 8
        ),
        Refusal("replicas:", "zzz:", path: "\(rj).zzz", "unknown field of ReplicatedJob", line: 8),
        Refusal(
            "replicas: 2",
            "replicas: two",
            path: "\(rj).replicas",
            "expected an integer, found the text \"two\"",
            line: 8
        ),
        Refusal("replicas: 2", "replicas: -1", path: "\(rj).replicas", "should be greater than or equal to 0", line: 8),
        Refusal("replicas: 2", "replicas: 2147483648", path: "\(rj).replicas", "does not fit 32 bits", line: 8),
        Refusal("replicas: 2", "replicas: [2]", path: "\(rj).replicas", "expected an integer, found a list", line: 8),
        Refusal(
            "name: js",
            "name: 12",
            path: "metadata.name",
            "expected text, found the number 12; write it in quotes: \"12\"",
            line: 4
        ),
        Refusal(
            "name: js",
            "name: js\n  labels: {a: yes}",
            path: "metadata.labels[a]",
            "found the boolean yes",
            line: 5
        ),
        Refusal("- name: workers\n    replicas", "- replicas", path: "\(rj).name", "Required value", line: 7),
        Refusal(
            "[sleep, \"1\"]",
            "[sleep, 1]",
            path: "\(container).command[1]",
            "expected text, found the number 1",
            line: 18
        ),
        Refusal(
            "[sleep, \"1\"]",
            "sleep",
            path: "\(container).command",
            "expected a list, found the text \"sleep\"",
            line: 18
        ),
        Refusal(spec: "  suspend: \"true\"", path: "spec.suspend", "expected true or false", line: 6),
        Refusal(spec: "  network: []", path: "spec.network", "expected a mapping, found a list", line: 6),
        Refusal(
            spec: "  ttlSecondsAfterFinished: -1",
            path: "spec.ttlSecondsAfterFinished",
            "should be greater than or equal to 0",
            line: 6
        ),
        Refusal(
            spec: "  successPolicy: {operator: Most}",
            path: "spec.successPolicy.operator",
            "Unsupported value: \"Most\": supported values: \"All\", \"Any\"",
            line: 6
        ),
        Refusal(
            spec: "  activeDeadlineSeconds: 0",
            path: "spec.activeDeadlineSeconds",
            "Invalid value: 0: should be greater than or equal to 1",
            line: 6
        ),
        Refusal(spec: "  successPolicy: {}", path: "spec.successPolicy.operator", "Required value", line: 6),
        Refusal(spec: "  startupPolicy: {}", path: "spec.startupPolicy.startupPolicyOrder", "Required value", line: 6),
        Refusal(
            spec: "  volumeClaimPolicies: [{templates: [{metadata: {}}]}]",
            path: "spec.volumeClaimPolicies[0].templates[0].metadata.name",
            "Required value",
            line: 6
        ),
        Refusal(
            "restartPolicy: Never",
            "restartPolicy: Always",
            path: "\(podSpec).restartPolicy",
            "Unsupported value: \"Always\"",
            line: 15
        ),
        Refusal(
            "restartPolicy: Never",
            "affinity: {nodeAffinity: {}}",
            path: "\(podSpec).affinity",
            "use nodeSelector and the exclusive-topology annotation",
            line: 15
        ),
        Refusal(
            "restartPolicy: Never",
            "securityContext: {runAsUser: 0}",
            path: "\(podSpec).securityContext.runAsUser",
            "setpriv",
            line: 15
        ),
        Refusal(
            "- name: main",
            "- name: main\n              tty: true",
            path: "\(container).tty",
            "no terminal",
            line: 18
        ),
    ]
}
