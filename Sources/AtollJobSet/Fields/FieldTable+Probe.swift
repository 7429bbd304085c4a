// v1 Probe, Lifecycle and what they do, of Kubernetes 1.36.
extension FieldTable {
    static let probe = acting("Probe", and: timing)

    /// A hook may wait as well; only a probe has times of its own.
    static let lifecycleHandler = acting(
        "LifecycleHandler",
        and: [
            .honoured("sleep", .object(sleepAction)).means("Waits.")
        ]
    )

    /// Exactly one of the actions is given.
    private static func acting(_ title: String, and others: [Field]) -> FieldTable {
        let actions: [Field] = [
            .honoured("exec", .object(execAction)).means("Runs a command, which has to end with 0."),
            .honoured("httpGet", .object(httpGetAction)).means("Asks by HTTP, for a status from 200 to 399."),
            .honoured("tcpSocket", .object(tcpSocketAction)).means("Opens a connection."),
        ]
        return FieldTable(title, (actions + others).sorted { $0.name < $1.name })
    }

    private static let timing: [Field] = [
        .honoured("failureThreshold", .int32(minimum: 0))
            .means("How many tests in a row have to fail until the probe has failed.", default: "3"),
        .refused("grpc", "there is no gRPC client; use exec with a client of the host, or tcpSocket")
            .means("Asks the health service of a gRPC server.", type: "GRPCAction"),
        .honoured("initialDelaySeconds", .int32(minimum: 0))
            .means("Time from the start of the container to the first test.", default: "0"),
        .honoured("periodSeconds", .int32(minimum: 0)).means("Time between two tests.", default: "10"),
        .honoured("successThreshold", .int32(minimum: 0))
            .means("How many tests in a row have to pass until the probe has passed.", default: "1"),
        .honoured("terminationGracePeriodSeconds", .int64())
            .means(
                "Time between SIGTERM and SIGKILL once the probe has failed.",
                default: "terminationGracePeriodSeconds of the pod"
            ),
        .honoured("timeoutSeconds", .int32(minimum: 0)).means("Time after which a test has failed.", default: "1"),
    ]

    static let execAction = FieldTable(
        "ExecAction",
        [
            .honoured("command", .texts)
                .means("The program and its arguments, without a shell, in the environment of the container.")
        ]
    )

    static let httpGetAction = FieldTable(
        "HTTPGetAction",
        [
            .honoured("host", .text).means("Host to connect to.", default: "the address of the pod"),
            .honoured("httpHeaders", .objects(httpHeader)).means("Headers to send, some of them more than once."),
            .honoured("path", .text).means("Path to ask for.", default: "/"),
            .honoured("port", .integerOrText, required: true).means(portMeaning),
            .honoured("scheme", .choice(["HTTP"], refused: ["HTTPS": noTLS]))
                .means("How to connect.", default: "HTTP"),
        ]
    )

    private static let portMeaning = "Number of the port, or its name among the ports of the container."

    private static let noTLS = "probes and hooks speak no TLS; ask over HTTP, or use exec with a client of the host"

    static let httpHeader = FieldTable(
        "HTTPHeader",
        [
            .honoured("name", .text, required: true).means("Name of the header."),
            .honoured("value", .text, required: true).means("Value of the header."),
        ]
    )

    static let tcpSocketAction = FieldTable(
        "TCPSocketAction",
        [
            .honoured("host", .text).means("Host to connect to.", default: "the address of the pod"),
            .honoured("port", .integerOrText, required: true).means(portMeaning),
        ]
    )

    static let sleepAction = FieldTable(
        "SleepAction",
        [.honoured("seconds", .int64(), required: true).means("How long to wait.")]
    )

    static let lifecycle = FieldTable(
        "Lifecycle",
        [
            .honoured("postStart", .object(lifecycleHandler))
                .means("What to do right after the start; the container is killed when it fails."),
            .honoured("preStop", .object(lifecycleHandler))
                .means("What to do before SIGTERM, within the termination grace period of the pod."),
            .refused("stopSignal", "containers end by SIGTERM; let the command turn it into another signal")
                .means("Signal that ends the container, in place of SIGTERM.", type: "string"),
        ]
    )
}
