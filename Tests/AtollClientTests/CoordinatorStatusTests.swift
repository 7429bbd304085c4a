import AtollModel
import AtollYAML
import Testing

@testable import AtollClient

@Suite struct CoordinatorStatusTests {
    private let status = CoordinatorStatus(
        software: "0.3.0",
        epoch: Epoch(7),
        uptime: .seconds(190),
        hosts: 8,
        hostsReady: 7,
        findings: FindingCounts(errors: 1, warnings: 2),
        jobSets: [JobSetCount(state: .waiting, count: 1), JobSetCount(state: .running, count: 2)],
        store: StoreStatus(
            bytes: 61_440,
            commits: 12,
            latencyMedian: .milliseconds(2),
            latencyP99: .milliseconds(20),
            latencyLast: .microseconds(950),
            latencyMax: .microseconds(18_300),
            batchMax: 1
        )
    )

    @Test func `people are told in a few lines`() {
        #expect(
            Page.status(status).lines() == [
                "Version:   0.3.0",
                "Epoch:     7",
                "Uptime:    3m10s",
                "Hosts:     7 of 8 ready",
                "Findings:  1 error, 2 warnings",
                "JobSets:   3: 1 Waiting, 2 Running",
                "Store:     61440 bytes",
                "Commits:   12, the largest of 1 change",
                "Latency:   half within 2 ms, 99 % within 20 ms, slowest 18.3 ms, last 0.9 ms",
            ]
        )
    }

    @Test func `an empty cluster has no latency`() {
        let empty = CoordinatorStatus(
            software: "0.3.0",
            epoch: Epoch(1),
            uptime: .zero,
            hosts: 0,
            hostsReady: 0,
            jobSets: [],
            store: StoreStatus()
        )
        #expect(
            Page.status(empty).lines().suffix(3) == [
                "JobSets:  0", "Store:    0 bytes", "Commits:  0, the largest of 0 changes",
            ]
        )
    }

    @Test func `machines are told the same`() {
        #expect(
            status.node.jsonText() == """
                {"apiVersion":"atoll.dev/v1alpha1","kind":"CoordinatorStatus","version":"0.3.0","epoch":7,\
                "uptimeSeconds":190,"hosts":{"total":8,"ready":7},"findings":{"error":1,"warning":2,"notice":0},\
                "jobSets":{"Waiting":1,"Running":2},\
                "store":{"bytes":61440,"commits":12,"largestBatch":1,\
                "commitMilliseconds":{"median":2,"p99":20,"max":18.3,"last":0.9}}}
                """
        )
    }

    @Test func `status, topology and backup have one answer`() async throws {
        let (status, summary) = (status, StoreSummary(bytes: 1, jobSets: 2, jobs: 3, hosts: 4))
        let coordinator = try await FakeCoordinator.accepting { request in
            switch request.call {
            case .status: [.status(status)]
            case .topology(HostID("h1"), .matrix): [.topology("the matrix\n")]
            default: [.backedUp(summary)]
            }
        }
        let connection = try await AdminConnection.connect(to: coordinator.path)
        #expect(try await connection.status() == status)
        #expect(try await connection.topology(of: HostID("h1"), as: .matrix) == "the matrix\n")
        #expect(try await connection.backUp(to: "/copy") == summary)
        let error = await #expect(throws: ClientError.self) {
            try await connection.delete(.init(kind: .jobsets, name: ObjectName(name: "a")))
        }
        #expect(error?.code == .protocolViolation)
        #expect(summary.description == "2 JobSets, 3 jobs, 4 hosts, 1 byte")
        await connection.close()
        await coordinator.stop()
    }
}
