import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

/// A host whose island label changes while a job runs there: its hosts are still one job's.
@Suite struct MovedHostTests {
    private func cluster(islands: Int = 2, _ policy: FailurePolicy? = nil) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: islands, ofHosts: 2))
        cluster.apply(.example("js", [.example(pods: 2, devices: 4)], exclusive: true) { $0.failurePolicy = policy })
        cluster.startAll()
        return cluster
    }

    @Test func `an island that a busy host has come to is given to nobody`() throws {
        var cluster = try cluster()
        #expect(cluster.run()?.placement?.islands.map(\.value) == ["a"])
        cluster.tell(from: HostID("a0"), .reported(.example("a0", island: "b")))
        cluster.apply(.example("other", [.example(pods: 2, devices: 4)], exclusive: true))
        #expect(cluster.run("other")?.placement == nil)
        // Nor that which it has left, where the job's other pod runs.
        cluster.apply(.example("third", [.example(pods: 1, devices: 4)], exclusive: true))
        #expect(cluster.run("third")?.placement == nil)
        cluster.end("js-workers-0-0", "js-workers-0-1")
        #expect(cluster.run("other")?.placement?.islands.map(\.value) == ["b"])
        #expect(cluster.run("third")?.placement?.islands.map(\.value) == ["a"])
    }

    @Test func `a job that starts anew is on one island again`() throws {
        var cluster = try cluster(islands: 3, FailurePolicy(maxRestarts: 1))
        cluster.tell(from: HostID("a0"), .reported(.example("a0", island: "b")))
        cluster.end("js-workers-0-0", code: 1)
        cluster.endStopping()
        #expect(cluster.run()?.placement?.islands.map(\.value) == ["c"])
        let hosts = cluster.run()?.placement?[JobPosition(replicatedJob: 0, index: 0)]?.seats.map(\.host.name)
        #expect(hosts == ["c0", "c1"])
    }
}
