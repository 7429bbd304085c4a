import AtollModel
import AtollWire

/// One fixed value for each kind of message and each of its variants, no two fields alike.
///
/// Their bytes are in `Golden.swift`. Never change one: a new field gets a new sample.
enum Samples {
    static let messages: [(name: String, message: Message)] =
        [
            ("hello of an agent", .hello(Hello(software: "0.1.0", role: .agent(agentHello)))),
            (
                "hello of an admin",
                .hello(Hello(versions: .init(oldest: 2, newest: 3), software: "0.2.0", role: .admin))
            ),
            ("accepted", .helloReply(.accepted(welcome))),
            ("refused", .helloReply(.refused(Refusal(code: .hostNameTaken, message: "taken by 10.0.0.9")))),
            ("host facts", .hostFacts(hostFacts)),
            ("assignment", .assignment(assignment)),
            ("whole assignment", .assignment(Assignment(epoch: Epoch(1), generation: Generation(1), base: nil))),
            ("status", .status(status)),
            ("heartbeat", .heartbeat()),
            ("heartbeat with a pod lease", .heartbeat(Heartbeat(sent: 1 << 40, podLease: .seconds(60)))),
            ("accepted with a pod lease", .helloReply(.accepted(leasingWelcome))),
            (
                "host facts with a pod lease",
                .hostFacts(HostFacts(host: HostID("h"), address: "", podLease: .seconds(60)))
            ),
            ("output from an offset", .outputRead(read(.offset(70_000)))),
            ("last lines of output", .outputRead(read(.lastLines(10)))),
            ("output chunk", .outputChunk(OutputChunk(read: 4, pod: pod, offset: 9, data: [0, 255, 10], atEnd: true))),
            ("goodbye", .goodbye(reason: "reboot")),
            ("attempts", .assignment(attempts)), ("attempt", .status(attempt)),
            ("first attempt", .assignment(firstAttempt)), ("containers", .assignment(containers)),
            ("removals", .assignment(removals)), ("removed claims", .status(removedClaims)),
        ]
        + topology + peerLists

    static let pod = PodID(job: JobID(rawValue: 0xABCD_EF00_0000_0102), index: 3, replacement: 1)

    static let podPlan = PodPlan(
        launch: launch,
        pod: PodAssignment(id: pod, goal: .run, devices: [4, 5]),
        peers: peers,
        host: HostID("host-1"),
        hostAddress: "10.0.0.1"
    )

    static let podRecord = PodRecord(
        pod: pod,
        observation: .running(since: Timestamp(nanoseconds: 1_795_000_000_000_000_001)),
        supervisorPID: 4321,
        containerPIDs: [4322, 4400]
    )

    static let leasedPodRecord = PodRecord(pod: pod, observation: .starting, supervisorPID: 4321, heedsLease: true)

    private static let agentHello = AgentHello(
        host: HostID("host-1"),
        address: "10.0.0.1",
        bootID: "boot",
        instance: ObjectUID("uid-1"),
        highestEpoch: Epoch(7)
    )

    private static let welcome = Welcome(
        version: 1,
        software: "0.1.0",
        epoch: Epoch(8),
        heartbeatInterval: .seconds(5),
        lease: .seconds(20)
    )

    private static let leasingWelcome = Welcome(
        version: 1,
        software: "0.1.0",
        epoch: Epoch(8),
        heartbeatInterval: .seconds(5),
        lease: .seconds(20),
        renewsPodLeases: true,
        podLease: .seconds(60)
    )

    private static let hostFacts = HostFacts(
        host: HostID("host-1"),
        address: "10.0.0.1",
        bootID: "boot",
        kernel: "6.1.0",
        agentVersion: "0.1.0",
        cpuCount: 224,
        memoryBytes: 1 << 40,
        model: "Vendor Server",
        numaNodeCount: 2,
        labels: ["rack": "r1", "zone": "z1"],
        devices: [
            Device(
                index: 1,
                vendor: .google,
                model: "v5e",
                pciAddress: "0000:1b:00.0",
                numaNode: 0,
                driver: "vfio-pci",
                uniqueID: "serial",
                usable: true
            ),
            Device(index: 2, vendor: .other, usable: false),
        ],
        warnings: ["cannot read x"]
    )

    private static let assignment = Assignment(
        epoch: Epoch(8),
        generation: Generation(12),
        base: Generation(11),
        launches: [launch],
        peers: [peers],
        pods: [PodAssignment(id: pod, goal: .stop, devices: [0, 1])],
        forget: [PodID(job: JobID(rawValue: 5), index: 6, replacement: 7)]
    )

    private static let peers = PeerTable(
        jobSetUID: ObjectUID("uid-2"),
        subdomain: "multislice",
        jobs: [PeerTable.Job(name: "multislice-workers-0", addresses: ["10.0.0.1", ""])]
    )

    private static let launch = JobLaunch(
        job: pod.job,
        jobSet: ObjectName(namespace: "team", name: "multislice"),
        jobSetUID: ObjectUID("uid-2"),
        jobName: "multislice-workers-2",
        replicatedJob: "workers",
        jobIndex: 2,
        replicas: 4,
        podCount: 5,
        indexed: true,
        worldSize: 20,
        firstRank: 10,
        masterName: "multislice-workers-0-0",
        subdomain: "multislice",
        hostNetwork: true,
        terminationGrace: .seconds(30),
        labels: ["label": "one"],
        annotations: ["annotation": "two"],
        deviceVendor: .google,
        containers: [
            ContainerSpec(
                name: "main",
                command: ["python3"],
                args: ["-c", "print(1)"],
                env: [
                    EnvironmentVariable(name: "A", source: .value("1")),
                    EnvironmentVariable(name: "B", source: .field(path: "metadata.name")),
                ],
                workingDirectory: "/srv"
            )
        ]
    )

    private static let status = StatusBatch(
        epoch: Epoch(8),
        applied: Generation(12),
        complete: true,
        pods: [
            .starting, .running(since: Timestamp(nanoseconds: 1_795_000_000_000_000_002)), .stopping,
            ended(.exited(code: 137)), ended(.signaled(9)), ended(.startFailed), ended(.lost),
        ].map { PodReport(pod: pod, observation: $0) }
    )

    private static let removals = Assignment(
        epoch: Epoch(8),
        generation: Generation(13),
        base: Generation(12),
        removals: [VolumeClaimID(name: ObjectName(namespace: "team", name: "data-js"), uid: ObjectUID("uid-5"))]
    )

    private static let removedClaims = StatusBatch(
        epoch: Epoch(8),
        applied: Generation(13),
        complete: false,
        pods: [],
        removedClaims: [ObjectUID("uid-5")]
    )

    private static let attempts = Assignment(
        epoch: Epoch(8),
        generation: Generation(12),
        base: nil,
        pods: [
            PodAssignment(id: pod, goal: .run, attempts: InPlaceAttempts(previous: 0, current: 1)),
            PodAssignment(id: pod, goal: .run, attempts: InPlaceAttempts()),
        ]
    )

    private static let attempt = StatusBatch(
        epoch: Epoch(8),
        applied: Generation(12),
        complete: false,
        pods: [
            PodReport(
                pod: pod,
                observation: .running(
                    RunningPod(since: Timestamp(nanoseconds: 7), isReady: false, restarts: 2, attempt: 0, revision: 5)
                )
            )
        ]
    )

    private static func ended(_ cause: PodExit.Cause) -> PodObservation {
        let at = Timestamp(nanoseconds: 1_795_000_000_000_000_003)
        return .ended(PodExit(cause: cause, container: "main", at: at, message: "why"))
    }

    private static func read(_ start: OutputStart) -> OutputRead {
        OutputRead(read: 4, pod: pod, start: start, bytesMax: 65_536, follow: true)
    }
}
