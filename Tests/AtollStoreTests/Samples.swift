import AtollJobSet
import AtollModel

@testable import AtollCore

/// Text that quoting, encodings and C strings get wrong.
let awkwardText = "a'b\"c\\d\u{0}e\n\r\t\u{1F}/\u{2028}\u{7F}é e\u{301} 海 \u{10FFFF} %@ ?1 :x"

func clusterRecord(_ number: UInt64) -> Record {
    .cluster(ClusterRecord(epoch: Epoch(number), jobIDPrefix: number, nextJobNumber: number, revision: number))
}

func hostRecord(_ name: String, kernel: String = "") -> Record {
    .host(
        HostRecord(
            facts: HostFacts(host: HostID(name), address: "127.0.1.1", kernel: kernel),
            instance: ObjectUID(name)
        )
    )
}

func jobSetRecord(_ name: ObjectName, manifest: String = "{}") -> Record {
    .jobSet(
        JobSetRecord(
            name: name,
            uid: ObjectUID("u"),
            sequence: 1,
            resourceVersion: 1,
            generation: 1,
            createdAt: Timestamp(nanoseconds: 0),
            deletedAt: nil,
            manifest: manifest,
            status: JobSetStatus(),
            events: [],
            placement: nil
        )
    )
}

func jobRecord(_ name: ObjectName, index: Int = 0) -> Record {
    let jobSet = ObjectName(namespace: name.namespace, name: "of-\(name.name)")
    return .job(JobRecord(name: name, jobSet: jobSet, replicatedJob: 0, index: index, run: JobRun()))
}

func claimRecord(_ name: ObjectName, spec: String = "{}") -> Record {
    .volumeClaim(
        VolumeClaim(
            name: name,
            uid: ObjectUID("c"),
            resourceVersion: 1,
            createdAt: Timestamp(nanoseconds: 0),
            labels: [:],
            annotations: [:],
            spec: spec,
            owner: nil
        )
    )
}

/// One record of each kind with every member at an end of its range.
enum Extremes {
    static let state = StoredState(
        cluster: cluster,
        hosts: [host],
        jobSets: [jobSet],
        jobs: [job],
        volumeClaims: [claim]
    )

    static let all: [Record] = [.cluster(cluster), .host(host), .jobSet(jobSet), .job(job), .volumeClaim(claim)]

    static let claim = VolumeClaim(
        name: ObjectName(name: "c"),
        uid: ObjectUID(awkwardText),
        resourceVersion: .max,
        createdAt: Timestamp(nanoseconds: .min),
        labels: [awkwardText: awkwardText, "": ""],
        annotations: [awkwardText: ""],
        spec: awkwardText,
        owner: VolumeClaim.Owner(name: ObjectName(name: "js"), uid: ObjectUID("")),
        hosts: [HostID(awkwardText), HostID("")],
        deletedAt: Timestamp(nanoseconds: .max)
    )

    static let cluster = ClusterRecord(
        epoch: Epoch(.max),
        jobIDPrefix: (1 << 24) - 1,
        nextJobNumber: .max,
        revision: .max
    )

    static let host = HostRecord(
        facts: HostFacts(
            host: HostID("h"),
            address: awkwardText,
            cpuCount: .max,
            memoryBytes: .max,
            model: awkwardText,
            labels: [awkwardText: awkwardText, "": ""],
            devices: AcceleratorVendor.allCases.map { Device(index: .max, vendor: $0, numaNode: .max, usable: false) },
            warnings: [awkwardText, ""]
        ),
        instance: ObjectUID(awkwardText)
    )

    static let jobSet = JobSetRecord(
        name: ObjectName(name: "js"),
        uid: ObjectUID(awkwardText),
        sequence: .max,
        resourceVersion: .max,
        generation: .min,
        createdAt: Timestamp(nanoseconds: .min),
        deletedAt: Timestamp(nanoseconds: .max),
        manifest: String(repeating: awkwardText, count: 20_000),
        status: JobSetStatus(
            conditions: [
                Condition(
                    type: .restartingJobSet,
                    status: true,
                    reason: awkwardText,
                    message: awkwardText,
                    lastTransitionTime: Timestamp(nanoseconds: -1)
                )
            ],
            restarts: .max,
            restartsCountTowardsMax: .min,
            terminalState: awkwardText,
            replicatedJobsStatus: [ReplicatedJobStatus(name: "", ready: .max, jobRestarts: [.min, 0, .max])]
        ),
        events: [
            JobSetEvent(
                kind: .warning,
                reason: "",
                message: awkwardText,
                at: Timestamp(nanoseconds: .min),
                count: .max
            )
        ],
        placement: Placement(jobs: [
            [],
            [
                Placement.Job(island: IslandID(key: awkwardText, value: ""), seats: [seat]),
                Placement.Job(island: nil, seats: []),
            ],
        ])
    )

    static let job: JobRecord = {
        var incarnation = JobIncarnation(
            id: JobID(rawValue: .max),
            restartAttempt: .max,
            jobRestartAttempt: .min,
            podCount: phases.count,
            createdAt: Timestamp(nanoseconds: .min),
            isSuspended: true
        )
        for (index, phase) in phases.enumerated() { incarnation.pods[index].phase = phase }
        incarnation.pods[0].replacement = .max
        incarnation.pods[0].seat = 0
        incarnation.pods[1].indexFailures = IndexFailures(count: .max, isFinal: true)
        incarnation.pods[1].activity = PodActivity(countdown: Countdown(begunAt: someday), isOverdue: true)
        incarnation.seats = [seat]
        incarnation.failures = .max
        incarnation.activity = Countdown(begunAt: Timestamp(nanoseconds: .min))
        let failure = JobFailure(reason: .podFailurePolicy, message: awkwardText, at: someday, sequence: .max)
        incarnation.outcome = .failed(failure)
        incarnation.island = IslandID(key: "", value: awkwardText)
        var run = JobRun()
        run.current = incarnation
        incarnation.outcome = .complete(at: someday)
        run.previous = [incarnation, incarnation]
        return JobRecord(
            name: ObjectName(name: "j"),
            jobSet: ObjectName(name: "js"),
            replicatedJob: .max,
            index: .max,
            run: run
        )
    }()

    private static let seat = Seat(host: HostID("h"), devices: [0, .max])
    private static let someday = Timestamp(nanoseconds: .max)

    private static let phases: [PodRun.Phase] = [
        .idle, .assigned, .running(RunningPod(since: someday, restarts: 1, attempt: 2, revision: 3)), .stopping,
        .ended(PodExit(cause: .exited(code: .min), container: awkwardText, at: someday, message: awkwardText)),
        .ended(PodExit(cause: .signaled(.max), at: someday)),
        .ended(PodExit(cause: .startFailed, at: someday)),
        .ended(PodExit(cause: .lost, at: someday)),
    ]
}
