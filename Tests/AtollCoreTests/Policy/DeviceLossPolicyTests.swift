import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

/// A pod that its agent has stopped for want of a device, among two on island a, of two islands.
@Suite struct DeviceLossPolicyTests {
    private let host = HostID("a0")
    private let message = "DeviceLost: device 3 (v5e) has disappeared"

    private func cluster(backoffLimit: Int32, _ policy: FailurePolicy?) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 2, ofHosts: 2))
        let job = ReplicatedJob.example(replicas: 1, pods: 2, devices: 4, backoffLimit: backoffLimit)
        cluster.apply(.example("js", [job], exclusive: true) { $0.failurePolicy = policy })
        cluster.startAll()
        return cluster
    }

    /// What the agent says then: the facts, and some time later how the pod has ended.
    private func loseDevice(in cluster: inout ClusterFixture) {
        var facts = HostFacts.example("a0", island: "a")
        facts.devices[3].usable = false
        cluster.tell(from: host, .reported(facts))
        cluster.end("js-workers-0-0", .lost, message: message)
    }

    @Test func `its job fails at once, however many failures it may have`() throws {
        var cluster = try cluster(backoffLimit: 6, nil)
        loseDevice(in: &cluster)
        #expect(cluster.run()?.jobSet.status.terminalState == "Failed")
        let event = cluster.run()?.events.first { $0.reason == "DeviceLost" }
        #expect(event?.message == "default/js-workers-0-0: \(message)")
    }

    @Test func `its JobSet restarts where all devices are`() throws {
        var cluster = try cluster(backoffLimit: 6, FailurePolicy(maxRestarts: 1))
        #expect(cluster.run()?.placement?.islands.map(\.value) == ["a"])
        loseDevice(in: &cluster)
        cluster.endStopping()
        #expect(cluster.run()?.jobSet.status.restarts == 1)
        #expect(cluster.run()?.placement?.islands.map(\.value) == ["b"])
    }

    @Test func `an end that has nothing to do with devices is an ordinary failure`() throws {
        var cluster = try cluster(backoffLimit: 6, nil)
        cluster.end("js-workers-0-0", .exited(code: 1), message: message)
        #expect(cluster.job("js-workers-0")?.failures == 1)
        #expect(cluster.run()?.jobSet.status.terminalState == "")
        #expect(cluster.run()?.events.contains { $0.reason == "DeviceLost" } == false)
    }
}
