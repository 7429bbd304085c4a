private let rj = "spec.replicatedJobs[0]"
private let podSpec = "spec.replicatedJobs[0].template.spec.template.spec"
private let container = "spec.replicatedJobs[0].template.spec.template.spec.containers[0]"

// Rules of the Job and Pod APIs.
extension RefusalTests {
    static let templateRules: [Refusal] = [
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
            "activeDeadlineSeconds: 0",
            path: "\(podSpec).activeDeadlineSeconds",
            "Invalid value: \"0\": must be between 1 and 2147483647, inclusive",
            line: 15
        ),
        Refusal(
            "restartPolicy: Never",
            "activeDeadlineSeconds: 2147483648",
            path: "\(podSpec).activeDeadlineSeconds",
            "must be between 1 and 2147483647, inclusive",
            line: 15
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
            "- name: main\n              env: [{name: A, valueFrom: "
                + "{secretKeyRef: {name: s}, fieldRef: {fieldPath: metadata.name}}}]",
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
