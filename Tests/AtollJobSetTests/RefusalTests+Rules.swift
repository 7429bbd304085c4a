private let exclusive = "alpha.jobset.sigs.k8s.io/exclusive-topology"
private let rj = "spec.replicatedJobs[0]"
private let rules = "spec.failurePolicy.rules"
private let long = String(repeating: "a", count: 64)

// JobSet's own rules.
extension RefusalTests {
    static let jobSetRules: [Refusal] = [
        Refusal(
            "name: js",
            "labels: {}",
            path: "metadata.name",
            "Required value: name or generateName is required",
            line: 3
        ),
        Refusal(
            "name: js",
            "name: js\n  generateName: -js",
            path: "metadata.generateName",
            "RFC 1123 subdomain",
            line: 5
        ),
        Refusal("name: js", "name: js\n  namespace: a.b", path: "metadata.namespace", "RFC 1123 label", line: 5),
        Refusal(
            "name: js",
            "name: js\n  labels: {a/b/c: x}",
            path: "metadata.labels[a/b/c]",
            "one slash at most",
            line: 5
        ),
        Refusal(
            "name: js",
            "name: js\n  labels: {a: -x}",
            path: "metadata.labels[a]",
            "a valid label must be",
            line: 5
        ),
        Refusal(
            "name: js",
            "name: js\n  annotations: {-a: x}",
            path: "metadata.annotations[-a]",
            "name part must consist",
            line: 5
        ),
        Refusal(
            "name: js",
            "name: js\n  annotations: {\(exclusive): \"\"}",
            path: "metadata.annotations[\(exclusive)]",
            "name part",
            line: 5
        ),
        Refusal(
            "replicas: 2",
            "dependsOn: [{name: a, status: Ready}]",
            path: "\(rj).dependsOn",
            "DependsOn can't be set for the first",
            line: 8
        ),
        Refusal(
            spec: "  network: {subdomain: 1a}",
            path: "spec.network.subdomain",
            "a DNS-1035 label must consist of",
            line: 6
        ),
        Refusal(
            spec: "  network: {subdomain: \(long)}",
            path: "spec.network.subdomain",
            "is too long, must be less than 63",
            line: 6
        ),
        Refusal(
            spec: "  managedBy: other",
            path: "spec.managedBy",
            "must be a domain-prefixed path (such as \"acme.io/foo\")",
            line: 6
        ),
        Refusal(
            spec: "  managedBy: a.io/\(long)",
            path: "spec.managedBy",
            "Too long: may not be more than 63 bytes",
            line: 6
        ),
        Refusal(
            "replicas: 2",
            "replicas: 1073741824",
            path: "\(rj).replicas",
            "must not exceed 2147483647 for replicatedJob 'workers'",
            line: 8
        ),
        Refusal("replicas: 2", "groupName: A", path: "\(rj).groupName", "a DNS-1035 label must consist of", line: 8),
        Refusal("replicas: 2", "groupName: \(long)", path: "\(rj).groupName", "groupName is too long", line: 8),
        Refusal("name: workers", "name: Workers", path: "\(rj).name", "a DNS-1035 label must consist of", line: 7),
        Refusal("name: workers", "name: \"\"", path: "\(rj).name", "Required value", line: 7),
        Refusal(
            "name: workers",
            "name: \(String(repeating: "a", count: 53))",
            path: "\(rj).name",
            "pod names generated for this JobSet will exceed 63",
            line: 7
        ),
        Refusal(
            spec: "  coordinator: {replicatedJob: a}",
            path: "spec.coordinator.replicatedJob",
            "coordinator replicatedJob a does not exist",
            line: 6
        ),
        Refusal(
            spec: "  coordinator: {replicatedJob: workers, jobIndex: 2}",
            path: "spec.coordinator.jobIndex",
            "coordinator job index 2 is invalid for replicatedJob workers",
            line: 6
        ),
        Refusal(
            spec: "  coordinator: {replicatedJob: workers, jobIndex: -1}",
            path: "spec.coordinator.jobIndex",
            "coordinator job index -1",
            line: 6
        ),
        Refusal(
            spec: "  coordinator: {replicatedJob: workers, podIndex: 2}",
            path: "spec.coordinator.podIndex",
            "coordinator pod index 2 is invalid for replicatedJob workers job index 0",
            line: 6
        ),
        Refusal(
            spec:
                "  coordinator: {replicatedJob: workers}\n  network: {subdomain: \(String(repeating: "b", count: 63))}",
            path: "spec.coordinator",
            "spec will lead to invalid label value",
            line: 6
        ),
    ]

    private static func inPlace(_ job: String, path: String, _ message: String) -> Refusal {
        let spec = Refusal(
            "parallelism: 2\n        completions: 2",
            job,
            path: "\(rj).template.spec.\(path)",
            "replicatedJob workers: \(message) when in-place restart is enabled",
            line: 12
        )
        return spec.withSpec("  failurePolicy: {restartStrategy: InPlaceRestart}")
    }

    private static let both = "parallelism: 2\n        completions: 2"

    static let inPlaceRules: [Refusal] = [
        inPlace(
            "backoffLimit: 6\n        podReplacementPolicy: Failed\n        \(both)",
            path: "backoffLimit",
            "must be set to 2147483647 (MaxInt32)"
        ),
        inPlace(
            "podReplacementPolicy: TerminatingOrFailed\n        backoffLimit: 2147483647\n        \(both)",
            path: "podReplacementPolicy",
            "must be set to Failed"
        ),
        inPlace(
            "completions: 2\n        parallelism: 1\n        backoffLimit: 2147483647\n        podReplacementPolicy: Failed",
            path: "completions",
            "completions and parallelism must be set and equal to each other"
        ),
        inPlace(
            "completions: 1\n        backoffLimit: 2147483647\n        podReplacementPolicy: Failed",
            path: "completions",
            "completions and parallelism must be set and equal to each other"
        ),
    ]

    static let policyRules: [Refusal] = [
        Refusal(
            spec: "  successPolicy: {operator: All, targetReplicatedJobs: [a]}",
            path: "spec.successPolicy.targetReplicatedJobs[0]",
            "invalid replicatedJob name 'a' does not appear",
            line: 6
        ),
        Refusal(
            spec: "  failurePolicy: {rules: [{action: Restart}]}",
            path: "\(rules)[0].action",
            "Unsupported value: \"Restart\"",
            line: 6
        ),
        Refusal(spec: "  failurePolicy: {rules: [{name: a}]}", path: "\(rules)[0].action", "Required value", line: 6),
        Refusal(
            spec: "  failurePolicy: {rules: [{name: \"\", action: FailJobSet}]}",
            path: "\(rules)[0].name",
            "rule name of length 0",
            line: 6
        ),
        Refusal(
            spec: "  failurePolicy: {rules: [{name: my-rule, action: FailJobSet}]}",
            path: "\(rules)[0].name",
            "invalid failure policy rule name 'my-rule'",
            line: 6
        ),
        Refusal(
            spec: "  failurePolicy: {rules: [{action: FailJobSet, targetReplicatedJobs: [a]}]}",
            path: "\(rules)[0].targetReplicatedJobs[0]",
            "'a' in failure policy does not appear",
            line: 6
        ),
        Refusal(
            spec: "  failurePolicy: {rules: [{action: FailJobSet, onJobFailureReasons: [OOM]}]}",
            path: "\(rules)[0].onJobFailureReasons[0]",
            "invalid job failure reason 'OOM'",
            line: 6
        ),
        Refusal(
            spec: "  failurePolicy: {rules: [{action: FailJobSet, onJobFailureMessagePatterns: [\"(\"]}]}",
            path: "\(rules)[0].onJobFailureMessagePatterns[0]",
            "not a regular expression",
            line: 6
        ),
        Refusal(
            spec:
                "  failurePolicy:\n    rules:\n    - {name: failurePolicyRule1, action: FailJobSet}\n"
                + "    - {action: FailJobSet}",
            path: "\(rules)[1]",
            "rules with indices [0 1] all have the same name 'failurePolicyRule1'",
            line: 9
        ),
    ]
}
