// v1 ContainerRestartRule and ContainerPort of Kubernetes 1.36.
extension FieldTable {
    static let restartRule = FieldTable(
        "ContainerRestartRule",
        [
            .honoured("action", .choice(["Restart", "RestartAllContainers"]), required: true)
                .means("Whether this container is started again, or all containers of the pod are."),
            .honoured("exitCodes", .object(restartRuleExitCodes), required: true)
                .means("Exit codes that the rule matches."),
        ]
    )

    static let restartRuleExitCodes = FieldTable(
        "ContainerRestartRuleOnExitCodes",
        [
            .honoured("operator", .choice(["In", "NotIn"]), required: true)
                .means("Whether the exit code has to be among the values, or must not be."),
            .honoured("values", .int32s(countMax: 255)).means("The exit codes."),
        ]
    )

    static let containerPort = FieldTable(
        "ContainerPort",
        [
            .honoured("containerPort", .int32(), required: true)
                .means("Number of the port, from 1 to 65535."),
            .ignored("hostIP", .text, "processes listen on the addresses that they choose")
                .means("Address of the host that the port is opened on."),
            .ignored("hostPort", .int32(minimum: 0), "placement does not keep pods apart by their ports")
                .means("Port of the host that leads to it, which has to be the same here."),
            .honoured("name", .text).means("Name by which probes and hooks may refer to the port."),
            .accepted("protocol", .choice(["TCP", "UDP", "SCTP"]))
                .means("Protocol that is spoken there.", default: "TCP"),
        ]
    )
}
