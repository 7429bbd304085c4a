import AtollModel

extension Samples {
    static let firstAttempt = Assignment(
        epoch: Epoch(8),
        generation: Generation(13),
        base: nil,
        pods: [PodAssignment(id: pod, goal: .run, attempts: InPlaceAttempts(previous: 1, current: 2, first: 0))]
    )

    /// A job with all that containers can say beyond their command.
    static let containers = Assignment(
        epoch: Epoch(8),
        generation: Generation(14),
        base: nil,
        launches: [
            JobLaunch(
                job: pod.job,
                jobSet: ObjectName(namespace: "team", name: "js"),
                jobSetUID: ObjectUID("uid-3"),
                jobName: "js-w-0",
                replicatedJob: "w",
                jobIndex: 0,
                replicas: 1,
                podCount: 1,
                worldSize: 1,
                firstRank: 0,
                masterName: "",
                subdomain: "",
                restartPolicy: .onFailure,
                restartsMax: 5,
                volumes: volumes,
                initContainers: [sidecar],
                containers: [ContainerSpec(name: "main", command: ["true"], restartPolicy: .never)]
            )
        ]
    )

    private static let volumes = [
        PodVolume(name: "scratch", source: .emptyDirectory(inMemory: true, sizeMax: 1 << 30)),
        PodVolume(name: "disk", source: .emptyDirectory(inMemory: false, sizeMax: nil)),
        PodVolume(name: "data", source: .hostPath("/data", .directoryOrCreate)),
        PodVolume(
            name: "claim",
            source: .claim(VolumeClaimID(name: ObjectName(namespace: "team", name: "js-c"), uid: ObjectUID("uid-4")))
        ),
    ]

    private static let sidecar = ContainerSpec(
        name: "side",
        command: ["serve"],
        mounts: [VolumeMount(volume: "data", path: "/mnt", subPath: "a/b", isReadOnly: true)],
        restartPolicy: .always,
        restartRules: [
            RestartRule(action: .restartAllContainers, operator: .in, exitCodes: [7, -1]),
            RestartRule(action: .restart, operator: .notIn, exitCodes: [0]),
        ],
        startupProbe: Probe(
            action: .httpGet(
                HTTPRequest(host: "h", port: 8080, path: "/live", headers: [.init(name: "X", value: "y")])
            ),
            initialDelay: .seconds(1),
            period: .seconds(2),
            timeout: .seconds(3),
            successThreshold: 4,
            failureThreshold: 5,
            terminationGrace: .seconds(6)
        ),
        readinessProbe: Probe(action: .tcpSocket(host: "127.0.0.1", port: 65535)),
        livenessProbe: Probe(action: .exec(["test", "-e", "x"])),
        postStart: .exec(["touch", "x"]),
        preStop: .sleep(.milliseconds(1500))
    )
}
