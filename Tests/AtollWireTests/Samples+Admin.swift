import AtollModel
import AtollWire

extension Samples {
    static let admin: [(name: String, message: Message)] = [
        ("apply", request(.apply(.init(manifest: "kind: JobSet", source: "a.yaml", namespace: "team", dryRun: true)))),
        ("list", request(.list(list))),
        ("list of whole objects", request(.list(.init(kind: .jobs, namespace: nil, whole: true)))),
        ("list in all namespaces", request(.list(.init(kind: .hosts, namespace: nil)))),
        ("delete", request(.delete(.init(kind: .jobsets, name: name)))),
        ("logs", request(.logs(.init(kind: .jobs, name: name, follow: true, lastLines: 20)))),
        ("cancel", request(.cancel(request: 11))),
        ("backup", request(.backup(path: "/srv/a.atoll"))),
        ("status request", request(.status)),
        ("drain", request(.host(HostID("h1"), HostOrder(.drain, reason: "fan")))),
        ("accept", request(.host(HostID("h1"), HostOrder(.accept)))),
        ("topology request", request(.topology(HostID("h1"), .svg))),
        ("topology", reply(.topology("h1\n"))), ("coordinator status with findings", reply(.status(foundStatus))),
        ("applied", reply(.applied([result]))),
        ("objects", reply(.objects(["{}", "{\"a\":1}"], resourceVersion: 13, last: true))),
        ("changed", reply(.changed(.modified, object: "{}", resourceVersion: 14))),
        ("output", reply(.output(pod: "multislice-workers-0-0", data: [104, 105, 10]))),
        ("backed up", reply(.backedUp(StoreSummary(bytes: 61_440, jobSets: 2, jobs: 8, hosts: 300)))),
        ("coordinator status", reply(.status(status))),
        ("done", reply(.done)),
        ("failed", reply(.failed(failure))),
    ]

    private static let name = ObjectName(namespace: "team", name: "multislice")

    private static let list = AdminRequest.List(
        kind: .pods,
        namespace: "team",
        names: ["a", "b"],
        labels: ["rack": "r1"],
        watch: true
    )

    private static let result = ApplyResult(
        kind: "JobSet",
        name: name,
        action: .configured,
        warnings: ["image: unused"]
    )

    private static let status = CoordinatorStatus(
        software: "0.3.0",
        epoch: Epoch(7),
        uptime: .seconds(90),
        hosts: 300,
        hostsReady: 299,
        jobSets: [JobSetCount(state: .waiting, count: 1), JobSetCount(state: .running, count: 200)],
        store: StoreStatus(
            bytes: 61_440,
            commits: 1234,
            latencyMedian: .milliseconds(2),
            latencyP99: .milliseconds(20),
            latencyLast: .microseconds(900),
            latencyMax: .milliseconds(45),
            batchMax: 4000
        )
    )

    private static let foundStatus = CoordinatorStatus(
        software: "",
        epoch: Epoch(7),
        uptime: .zero,
        hosts: 0,
        hostsReady: 0,
        findings: FindingCounts(errors: 1, warnings: 2, notices: 3),
        jobSets: [],
        store: StoreStatus()
    )

    private static let failure = AdminFailure(
        code: .conflict,
        message: "cannot change it",
        causes: [AdminFailure.Cause(field: "spec.network", message: "is immutable", line: 12, column: 3)]
    )

    private static func request(_ call: AdminRequest.Call) -> Message { .request(AdminRequest(id: 10, call: call)) }

    private static func reply(_ body: AdminReply.Body) -> Message { .reply(AdminReply(request: 10, body: body)) }
}
