import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct WaitReasonTests {
    private func reason(for jobSet: JobSet, on hosts: [HostFacts], after first: JobSet? = nil) throws -> String? {
        var cluster = try ClusterFixture(hosts: hosts)
        if let first { cluster.apply(first) }
        cluster.apply(jobSet)
        return cluster.run()?.waiting?.reason
    }

    @Test func `too few islands`() throws {
        let jobSet = JobSet.example("js", [.example(replicas: 5, pods: 2, devices: 4)], exclusive: true)
        let expected = """
            ReplicatedJob workers needs 5 free islands of cloud.google.com/gke-nodepool with room for 2 pods with 4 \
            google.com/tpu each: 4 exist, 4 are free.
            """
        try #expect(reason(for: jobSet, on: HostFacts.examples(islands: 4, ofHosts: 2)) == expected)
    }

    @Test func `islands held by another JobSet`() throws {
        let expected = """
            ReplicatedJob workers needs 1 free island of cloud.google.com/gke-nodepool with room for 1 pod: 1 exists, \
            0 are free; 1 held by JobSet default/first (a).
            """
        let hosts = HostFacts.examples(islands: 1, ofHosts: 1)
        #expect(
            try reason(for: .example(exclusive: true), on: hosts, after: .example("first", exclusive: true)) == expected
        )
    }

    @Test func `pods that ask for more devices than a host has`() throws {
        let expected = """
            ReplicatedJob workers needs 1 place for its pods: 1 exists, 0 are free; 1 with too few free devices (h0).
            """
        try #expect(reason(for: .example("js", [.example(devices: 8)]), on: [.example("h0")]) == expected)
    }

    @Test func `a selector that matches nothing`() throws {
        let jobSet = JobSet.example("js", [.example(nodeSelector: ["zone": "x"])])
        let expected = """
            ReplicatedJob workers needs 1 place for its pods: 1 exists, 0 are free; 1 not matching the nodeSelector (h0).
            """
        try #expect(reason(for: jobSet, on: [.example("h0")]) == expected)
    }

    @Test func `islands that are too small, and names of the first four`() throws {
        let jobSet = JobSet.example("js", [.example(pods: 2, devices: 4)], exclusive: true)
        let expected = """
            ReplicatedJob workers needs 1 free island of cloud.google.com/gke-nodepool with room for 2 pods with 4 \
            google.com/tpu each: 5 exist, 0 are free; 5 too small (a, b, c, d, ...).
            """
        try #expect(reason(for: jobSet, on: HostFacts.examples(islands: 5, ofHosts: 1)) == expected)
    }

    @Test func `the reason is an event, counted once while it stays the same`() throws {
        var cluster = try ClusterFixture(hosts: [])
        cluster.apply(.example())
        cluster.join(.example("h0", devices: 0))
        cluster.apply(.example("other", [.example(devices: 1)]))
        cluster.turn([])
        let events = cluster.run("other")?.events.filter { $0.reason == "FailedPlacement" }
        #expect(events?.map(\.count) == [1])
        #expect(cluster.run()?.waiting == nil)
    }
}
