import AtollJobSet
import AtollYAML
import Testing

private let rj = "spec.replicatedJobs[0]"
private let podSpec = "spec.replicatedJobs[0].template.spec.template.spec"
private let container = "spec.replicatedJobs[0].template.spec.template.spec.containers[0]"
private let rules = "spec.failurePolicy.rules"
private let long = String(repeating: "a", count: 64)

/// One manifest for each rule: the problem must be the only one, with its path, message and line.
struct RefusalTests {
    @Test(arguments: shapes) func `a wrong shape is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: jobSetRules) func `a broken rule of JobSet is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: policyRules) func `a broken policy is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    @Test(arguments: templateRules) func `a broken template is refused`(refusal: Refusal) {
        #expect(refusal.isAlone, "\(problems(of: refusal.text))")
    }

    private static let shapes: [Refusal] = [
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
        Refusal("name: js", "labels: {}", path: "metadata.name", "Required value", line: 3),
        Refusal(
            "name: js",
            "name: js\n  labels: {a: yes}",
            path: "metadata.labels[a]",
            "found the boolean yes",
            line: 5
        ),
        Refusal(
            "name: js",
            "generateName: js-\n  name: js",
            path: "metadata.generateName",
            "set metadata.name",
            line: 4
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
        Refusal(spec: "  successPolicy: {}", path: "spec.successPolicy.operator", "Required value", line: 6),
        Refusal(spec: "  startupPolicy: {}", path: "spec.startupPolicy.startupPolicyOrder", "Required value", line: 6),
        Refusal(
            spec: "  volumeClaimPolicies: [{}]",
            path: "spec.volumeClaimPolicies",
            "not supported: pods are processes",
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
            "volumes: [{name: a}]",
            path: "\(podSpec).volumes",
            "not supported: pods are processes without volumes",
            line: 15
        ),
        Refusal(
            "restartPolicy: Never",
            "initContainers:\n            - name: a",
            path: "\(podSpec).initContainers",
            "run these steps first",
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
            "parallelism: 2",
            "podFailurePolicy: {rules: []}",
            path: "\(rj).template.spec.podFailurePolicy",
            "not supported",
            line: 11
        ),
        Refusal(
            "- name: main",
            "- name: main\n              tty: true",
            path: "\(container).tty",
            "no terminal",
            line: 18
        ),
    ]

    private static let jobSetRules: [Refusal] = [
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

    private static let exclusive = "alpha.jobset.sigs.k8s.io/exclusive-topology"

    private static let policyRules: [Refusal] = [
        Refusal(
            spec: "  successPolicy: {operator: All, targetReplicatedJobs: [a]}",
            path: "spec.successPolicy.targetReplicatedJobs[0]",
            "invalid replicatedJob name 'a' does not appear",
            line: 6
        ),
        Refusal(
            spec: "  failurePolicy: {restartStrategy: InPlaceRestart}",
            path: "spec.failurePolicy.restartStrategy",
            "InPlaceRestart is not supported yet",
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
                "  failurePolicy:\n    rules:\n    - {name: failurePolicyRule1, action: FailJobSet}\n    - {action: FailJobSet}",
            path: "\(rules)[1]",
            "rules with indices [0 1] all have the same name 'failurePolicyRule1'",
            line: 9
        ),
    ]

    private static let templateRules: [Refusal] = [
        Refusal(
            "completions: 2",
            "completionMode: Indexed",
            path: "\(rj).template.spec.completions",
            "Required value: when completion mode is Indexed",
            line: 10
        ),
        Refusal(
            "parallelism: 2",
            "parallelism: 100001",
            path: "\(rj).template.spec.parallelism",
            "less than or equal to 100000",
            line: 11
        ),
        Refusal(
            "containers:\n            - name: main\n              command: [sleep, \"1\"]",
            "containers: []",
            path: "\(podSpec).containers",
            "Required value",
            line: 16
        ),
        Refusal(
            "containers:\n            - name: main\n              command: [sleep, \"1\"]",
            "hostNetwork: true",
            path: "\(podSpec).containers",
            "Required value",
            line: 14
        ),
        Refusal(
            "command: [sleep, \"1\"]",
            "image: busybox",
            path: "\(container).command",
            "Required value: no image gives an entry point here",
            line: 17
        ),
        Refusal("name: main", "name: Main", path: "\(container).name", "RFC 1123 label", line: 17),
        Refusal("[sleep, \"1\"]", "[sleep, \"1\\0\"]", path: "\(container).command", "NUL", line: 18),
        Refusal(
            "- name: main",
            "- name: main\n              workingDir: a",
            path: "\(container).workingDir",
            "must be an absolute path",
            line: 18
        ),
        Refusal(
            "restartPolicy: Never",
            "nodeSelector: {a b: c}",
            path: "\(podSpec).nodeSelector[a b]",
            "name part must consist",
            line: 15
        ),
        Refusal(
            "- name: main",
            "- name: main\n              env: [{name: \"A=\"}]",
            path: "\(container).env[0].name",
            "environment variable name",
            line: 18
        ),
        Refusal(
            "- name: main",
            "- name: main\n              env: [{name: A}, {name: A}]",
            path: "\(container).env[1]",
            "Duplicate value: {\"name\":\"A\"}",
            line: 18
        ),
        Refusal(
            "- name: main",
            "- name: main\n              env: [{name: A, valueFrom: {secretKeyRef: {name: s}, fieldRef: {fieldPath: metadata.name}}}]",
            path: "\(container).env[0].valueFrom.secretKeyRef",
            "there are no secrets",
            line: 18
        ),
        Refusal(
            "- name: main",
            "- name: main\n              env: [{name: A, valueFrom: {fieldRef: {fieldPath: spec.x}}}]",
            path: "\(container).env[0].valueFrom.fieldRef.fieldPath",
            "Unsupported value: \"spec.x\"",
            line: 18
        ),
        Refusal(
            "- name: main",
            "- name: main\n              env: [{name: A, value: b, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]",
            path: "\(container).env[0].valueFrom",
            "may not be specified",
            line: 18
        ),
        Refusal(
            "- name: main",
            "- name: main\n              resources: {limits: {acme.com/npu: 1}}",
            path: "\(container).resources.limits[acme.com/npu]",
            "unknown resource; hosts offer nvidia.com/gpu",
            line: 18
        ),
        Refusal(
            "- name: main",
            "- name: main\n              resources: {limits: {google.com/tpu: 1.5}}",
            path: "\(container).resources.limits[google.com/tpu]",
            "whole numbers",
            line: 18
        ),
        Refusal(
            "- name: main",
            "- name: main\n              resources: {limits: {google.com/tpu: 4}, requests: {google.com/tpu: 2}}",
            path: "\(container).resources.requests[google.com/tpu]",
            "must be equal to the google.com/tpu limit of 4",
            line: 18
        ),
    ]
}
