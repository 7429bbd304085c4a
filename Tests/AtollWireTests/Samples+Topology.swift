import AtollModel
import AtollWire

extension Samples {
    static let topology: [(name: String, message: Message)] = [
        ("host facts with findings", .hostFacts(foundHost)), ("host change", .hostChange(hostChange)),
        ("host change without findings", .hostChange(HostChange(number: 2, findings: []))),
        ("topology read", .topologyRead(TopologyRead(read: 5, format: .matrix))),
        ("topology text", .topologyText(TopologyText(read: 5, outcome: .text("host-1\n")))),
        ("no topology text", .topologyText(TopologyText(read: 5, outcome: .failed("no root")))),
        ("agent that answers topology reads", .hello(Hello(software: "0.1.0", role: .agent(showingAgent)))),
        ("accepted with changes", .helloReply(.accepted(changingWelcome))),
    ]

    private static let finding = Finding(.error, .memoryErrors, subject: "0000:1b:00.0", message: "2 pages")

    private static let device = Device(
        index: 3,
        vendor: .nvidia,
        memoryBytes: 80 << 30,
        link: PCILink(speed: 2_500, width: 8, speedMax: 32_000, widthMax: 16)
    )

    private static let foundHost = HostFacts(host: HostID("h"), address: "", devices: [device], findings: [finding])

    private static let hostChange = HostChange(
        number: 1,
        machine: HostFacts(host: HostID("h"), address: "10.0.0.1"),
        labels: ["rack": "r1"],
        goneLabels: ["zone"],
        devices: [device],
        goneDevices: [4, 5],
        findings: [finding]
    )

    private static let showingAgent = AgentHello(
        host: HostID("h"),
        address: "",
        bootID: "",
        instance: ObjectUID("i"),
        highestEpoch: Epoch(0),
        answersTopologyReads: true
    )

    private static let changingWelcome = Welcome(
        version: 1,
        software: "0.1.0",
        epoch: Epoch(8),
        heartbeatInterval: .seconds(5),
        lease: .seconds(20),
        takesHostChanges: true
    )
}
