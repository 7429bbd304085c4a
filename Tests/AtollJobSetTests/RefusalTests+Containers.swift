private let podSpec = "spec.replicatedJobs[0].template.spec.template.spec"
private let container = "\(podSpec).containers[0]"
private let initContainer = "\(podSpec).initContainers[0]"

// Init containers, restarts, probes, hooks and ports.
extension RefusalTests {
    /// Of the container, in line 18.
    private static func refusal(of text: String, path: String, _ message: String) -> Refusal {
        Refusal("- name: main", "- name: main\n              \(text)", path: container + path, message, line: 18)
    }

    /// Of an init container, in line 16.
    private static func refusal(ofInit text: String, path: String, _ message: String) -> Refusal {
        Refusal(
            "restartPolicy: Never",
            "initContainers:\n            - {\(text)}",
            path: initContainer + path,
            message,
            line: 16
        )
    }

    static let containerShapes: [Refusal] = [
        refusal(of: "livenessProbe: {grpc: {port: 1}}", path: ".livenessProbe.grpc", "there is no gRPC client"),
        refusal(
            of: "startupProbe: {httpGet: {port: 1, scheme: HTTPS}}",
            path: ".startupProbe.httpGet.scheme",
            "not supported: probes and hooks speak no TLS"
        ),
        refusal(
            of: "lifecycle: {stopSignal: SIGUSR1}",
            path: ".lifecycle.stopSignal",
            "containers end by SIGTERM"
        ),
        refusal(
            of: "startupProbe: {sleep: {seconds: 1}}",
            path: ".startupProbe.sleep",
            "unknown field of Probe"
        ),
        refusal(
            of: "readinessProbe: {exec: {command: [a]}, periodSeconds: -1}",
            path: ".readinessProbe.periodSeconds",
            "should be greater than or equal to 0"
        ),
        refusal(
            of: "readinessProbe: {tcpSocket: {port: true}}",
            path: ".readinessProbe.tcpSocket.port",
            "expected an integer, found the boolean true"
        ),
        refusal(
            of: "readinessProbe: {tcpSocket: {}}",
            path: ".readinessProbe.tcpSocket.port",
            "Required value"
        ),
        refusal(
            of: "restartPolicy: Sometimes",
            path: ".restartPolicy",
            "Unsupported value: \"Sometimes\": supported values: \"Always\", \"OnFailure\", \"Never\""
        ),
        refusal(
            of: "restartPolicyRules: [{action: DoNotRestart, exitCodes: {operator: In, values: [1]}}]",
            path: ".restartPolicyRules[0].action",
            "Unsupported value: \"DoNotRestart\": supported values: \"Restart\", \"RestartAllContainers\""
        ),
        refusal(
            of: "restartPolicyRules: [{action: Restart}]",
            path: ".restartPolicyRules[0].exitCodes",
            "Required value"
        ),
        refusal(
            of: "restartPolicyRules: [{action: Restart, exitCodes: {values: [1]}}]",
            path: ".restartPolicyRules[0].exitCodes.operator",
            "Required value"
        ),
        refusal(
            of: "restartPolicyRules: [\(list(21, "{action: Restart, exitCodes: {operator: In, values: [1]}}"))]",
            path: ".restartPolicyRules",
            "Too many: 21: must have at most 20 items"
        ),
        refusal(
            of: "restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: [\(list(256, "1"))]}}]",
            path: ".restartPolicyRules[0].exitCodes.values",
            "Too many: 256: must have at most 255 items"
        ),
        refusal(of: "ports: [{name: http}]", path: ".ports[0].containerPort", "Required value"),
        refusal(of: "ports: [{containerPort: 80, protocol: tcp}]", path: ".ports[0].protocol", "Unsupported value"),
        Refusal(
            "restartPolicy: Never",
            "initContainers:\n            - {name: a, command: [a]}\n            - {name: a, command: [a]}",
            path: "\(podSpec).initContainers[1]",
            "Duplicate value: {\"name\":\"a\"}",
            line: 17
        ),
    ]

    private static func list(_ count: Int, _ item: String) -> String {
        Array(repeating: item, count: count).joined(separator: ", ")
    }

    static let restartRules: [Refusal] = [
        Refusal(
            "- name: main",
            "- name: main\n              restartPolicyRules: "
                + "[{action: Restart, exitCodes: {operator: In, values: [1]}}]",
            path: "\(container).restartPolicy",
            "Required value: must specify restartPolicy when restart rules are used",
            line: 17
        ),
        Refusal(
            "- name: main",
            """
            - name: main
                          restartPolicy: Never
                          restartPolicyRules: [{action: Restart, exitCodes: {operator: In, values: []}}]
            """,
            path: "\(container).restartPolicyRules[0].exitCodes.values",
            "at least one value is required",
            line: 19
        ),
        refusal(ofInit: "name: a", path: ".command", "Required value: no image gives an entry point here"),
        refusal(ofInit: "name: a, restartPolicy: Always", path: ".command", "no image gives an entry point here"),
        refusal(ofInit: "name: A, command: [a]", path: ".name", "RFC 1123 label"),
        refusal(ofInit: "name: main, command: [a]", path: ".name", "Duplicate value: \"main\""),
        refusal(
            ofInit: "name: a, command: [a], env: [{name: \"A=\"}]",
            path: ".env[0].name",
            "environment variable name"
        ),
        refusal(
            ofInit: "name: a, command: [a], lifecycle: {preStop: {exec: {command: [a]}}}",
            path: ".lifecycle",
            "Forbidden: may not be set for init containers without restartPolicy=Always"
        ),
        refusal(
            ofInit: "name: a, command: [a], restartPolicy: OnFailure, livenessProbe: {exec: {command: [a]}}",
            path: ".livenessProbe",
            "may not be set for init containers"
        ),
        refusal(
            ofInit: "name: a, command: [a], readinessProbe: {exec: {command: [a]}}",
            path: ".readinessProbe",
            "may not be set for init containers"
        ),
        refusal(
            ofInit: "name: a, command: [a], startupProbe: {exec: {command: [a]}}",
            path: ".startupProbe",
            "may not be set for init containers"
        ),
        refusal(
            ofInit: "name: a, command: [a], restartPolicy: Always, startupProbe: {}",
            path: ".startupProbe",
            "must specify a handler type"
        ),
        refusal(
            of: "resources: {limits: {google.com/tpu: 1, nvidia.com/gpu: 1}}",
            path: ".resources.limits[nvidia.com/gpu]",
            "the pod has google.com/tpu already; ask for one kind"
        ),
    ]

    static let actionRules: [Refusal] = [
        refusal(of: "livenessProbe: {}", path: ".livenessProbe", "Required value: must specify a handler type"),
        refusal(
            of: "livenessProbe: {exec: {command: [a]}, tcpSocket: {port: 1}}",
            path: ".livenessProbe.tcpSocket",
            "Forbidden: may not specify more than 1 handler type"
        ),
        refusal(of: "livenessProbe: {exec: {}}", path: ".livenessProbe.exec.command", "Required value"),
        refusal(
            of: "livenessProbe: {exec: {command: [a, \"\\0\"]}}",
            path: ".livenessProbe.exec.command",
            "must not hold a NUL character"
        ),
        refusal(
            of: "livenessProbe: {exec: {command: [a]}, successThreshold: 2}",
            path: ".livenessProbe.successThreshold",
            "Invalid value: \"2\": must be 1"
        ),
        refusal(
            of: "startupProbe: {exec: {command: [a]}, successThreshold: 2}",
            path: ".startupProbe.successThreshold",
            "must be 1"
        ),
        refusal(
            of: "livenessProbe: {exec: {command: [a]}, terminationGracePeriodSeconds: 0}",
            path: ".livenessProbe.terminationGracePeriodSeconds",
            "must be greater than 0"
        ),
        refusal(
            of: "readinessProbe: {exec: {command: [a]}, terminationGracePeriodSeconds: 1}",
            path: ".readinessProbe.terminationGracePeriodSeconds",
            "must not be set for readinessProbes"
        ),
        refusal(
            of: "readinessProbe: {tcpSocket: {port: 0}}",
            path: ".readinessProbe.tcpSocket.port",
            "Invalid value: \"0\": must be between 1 and 65535, inclusive"
        ),
        refusal(
            of: "readinessProbe: {httpGet: {port: 65536}}",
            path: ".readinessProbe.httpGet.port",
            "must be between 1 and 65535"
        ),
        refusal(
            of: "readinessProbe: {httpGet: {port: http}}",
            path: ".readinessProbe.httpGet.port",
            "no port of the container has this name"
        ),
        refusal(
            of: "readinessProbe: {httpGet: {port: 80, path: \"/a b\"}}",
            path: ".readinessProbe.httpGet.path",
            "must not hold spaces or control characters"
        ),
        refusal(
            of: "readinessProbe: {tcpSocket: {port: 80, host: \"a b\"}}",
            path: ".readinessProbe.tcpSocket.host",
            "must not hold spaces or control characters"
        ),
        refusal(
            of: "readinessProbe: {httpGet: {port: 80, httpHeaders: [{name: \"a:\", value: b}]}}",
            path: ".readinessProbe.httpGet.httpHeaders[0].name",
            "a valid HTTP header must consist of"
        ),
        refusal(
            of: "readinessProbe: {httpGet: {port: 80, httpHeaders: [{name: a, value: \"b\\r\\nc: d\"}]}}",
            path: ".readinessProbe.httpGet.httpHeaders[0].value",
            "must not hold control characters"
        ),
        refusal(
            of: "lifecycle: {postStart: {}}",
            path: ".lifecycle.postStart",
            "Required value: must specify a handler type"
        ),
        refusal(
            of: "lifecycle: {preStop: {sleep: {seconds: 31}}}",
            path: ".lifecycle.preStop.sleep",
            "must be non-negative and not more than terminationGracePeriodSeconds (30)"
        ),
        refusal(of: "lifecycle: {preStop: {sleep: {seconds: -1}}}", path: ".lifecycle.preStop.sleep", "\"-1\""),
        refusal(
            of: "ports: [{containerPort: 0}]",
            path: ".ports[0].containerPort",
            "must be between 1 and 65535, inclusive"
        ),
        refusal(
            of: "ports: [{containerPort: 80, hostPort: 8080}]",
            path: ".ports[0].hostPort",
            "must match `containerPort`"
        ),
        refusal(
            of: "ports: [{containerPort: 1, name: a}, {containerPort: 2, name: a}]",
            path: ".ports[1].name",
            "Duplicate value: \"a\""
        ),
        refusal(
            of: "ports: [{containerPort: 1, name: \"1\"}]",
            path: ".ports[0].name",
            "must contain at least one letter"
        ),
        refusal(
            of: "ports: [{containerPort: 1, name: letters-}]",
            path: ".ports[0].name",
            "must not begin or end with a hyphen"
        ),
        refusal(
            of: "ports: [{containerPort: 1, name: a--b}]",
            path: ".ports[0].name",
            "must not contain consecutive hyphens"
        ),
        refusal(
            of: "ports: [{containerPort: 1, name: sixteenletters-a}]",
            path: ".ports[0].name",
            "must be no more than 15 bytes"
        ),
        refusal(of: "ports: [{containerPort: 1, name: A-a}]", path: ".ports[0].name", "alpha-numeric characters"),
    ]
}
