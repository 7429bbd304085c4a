import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import AtollYAML
import Testing

/// Islands a, b (and c) of two hosts each; a0 is taken out of use.
@Suite struct CordonTests {
    private let host = HostID("a0")

    private func cluster(islands: Int = 2, _ policy: FailurePolicy? = nil) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: islands, ofHosts: 2))
        let job = ReplicatedJob.example(pods: 2, devices: 4, backoffLimit: 0)
        cluster.apply(.example("js", [job], exclusive: true) { $0.failurePolicy = policy })
        cluster.startAll()
        return cluster
    }

    private func islands(_ cluster: ClusterFixture) -> [String]? { cluster.run()?.placement?.islands.map(\.value) }

    private func state(of host: HostID, in cluster: ClusterFixture) -> String? {
        cluster.core.objects(.init(kind: .hosts)).first { $0["metadata"]?["name"]?.scalarText == host.name }?[
            "status"
        ]?["state"]?
        .scalarText
    }

    @Test func `nothing new is placed on a cordoned host, and the reason says so`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 2))
        #expect(cluster.order(.host(host, HostOrder(.cordon, reason: "fan"))) == .done)
        cluster.apply(.example("js", [.example(pods: 2, devices: 4)], exclusive: true))
        #expect(cluster.run()?.placement == nil)
        #expect(cluster.run()?.waiting?.reason.contains("1 with cordoned hosts (a)") == true)
        #expect(cluster.order(.host(host, HostOrder(.uncordon))) == .done)
        #expect(islands(cluster) == ["a"])
    }

    @Test func `a job that runs on a cordoned host goes on, and moves when it restarts`() throws {
        var cluster = try cluster(FailurePolicy(maxRestarts: 1))
        let before = cluster.held
        cluster.order(.host(host, HostOrder(.cordon)))
        #expect(cluster.held == before)
        cluster.end("js-workers-0-0", code: 1)
        cluster.endStopping()
        #expect(islands(cluster) == ["b"])
        #expect(cluster.run()?.jobSet.status.restarts == 1)
    }

    @Test func `draining moves the JobSet as a whole and counts as no failure`() throws {
        var cluster = try cluster()
        #expect(cluster.order(.host(host, HostOrder(.drain, reason: "new fan"))) == .done)
        #expect(cluster.stopping == ["js-workers-0-0", "js-workers-0-1"])
        #expect(islands(cluster) == ["a"])
        cluster.endStopping()
        #expect(islands(cluster) == ["b"])
        let run = try #require(cluster.run())
        #expect(run.jobSet.status.restarts == 0 && run.jobs[0][0].current?.failures == 0)
        #expect(run.events.contains { $0.reason == "Evicted" && $0.message == "host a0 is drained: new fan" })
        #expect(run.jobSet.status[.suspended]?.status == false)
        cluster.startAll()
        cluster.end("js-workers-0-0", code: 0)
        cluster.end("js-workers-0-1", code: 0)
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
    }

    @Test func `a drained JobSet that fits nowhere else waits until the host may be used again`() throws {
        var cluster = try cluster(islands: 1)
        cluster.order(.host(host, HostOrder(.drain)))
        cluster.endStopping()
        #expect(cluster.run()?.waiting?.reason.contains("cordoned") == true)
        #expect(cluster.core.cluster.claims.count == 0)
        cluster.order(.host(host, HostOrder(.uncordon)))
        #expect(islands(cluster) == ["a"])
    }

    @Test func `jobs that are done are no reason to move`() throws {
        var cluster = try cluster()
        cluster.end("js-workers-0-0", code: 0)
        cluster.end("js-workers-0-1", code: 0)
        let events = cluster.run()?.events.count
        cluster.order(.host(host, HostOrder(.drain)))
        #expect(cluster.run()?.events.count == events)
    }

    @Test func `a job that does not exist yet moves alone`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 3, ofHosts: 2))
        let jobs = ["first", "second"].map { ReplicatedJob.example($0, pods: 2, devices: 4) }
        cluster.apply(.example("js", jobs, exclusive: true) { $0.startupOrder = .inOrder })
        let before = cluster.wanted
        cluster.order(.host(HostID("b0"), HostOrder(.drain)))
        #expect(cluster.stopping.isEmpty && cluster.wanted == before)
        cluster.startAll()
        #expect(islands(cluster) == ["a", "c"])
    }

    @Test func `a cordon and an eviction under way survive a restart of the coordinator`() throws {
        var cluster = try cluster()
        cluster.order(.host(host, HostOrder(.drain, reason: "new fan")))
        try cluster.restart()
        #expect(cluster.core.cluster.inventory[host]?.cordon?.reason == "new fan")
        #expect(cluster.run()?.eviction != nil)
    }

    @Test func `a cordoned host says so`() throws {
        var cluster = try cluster()
        #expect(state(of: host, in: cluster) == "Ready")
        cluster.order(.host(host, HostOrder(.cordon)))
        #expect(state(of: host, in: cluster) == "Cordoned")
    }

    @Test func `an unknown host is not found`() throws {
        var cluster = try cluster()
        guard case .failed(let failure) = cluster.order(.host(HostID("nope"), HostOrder(.drain))) else {
            throw Unexpected()
        }
        #expect(failure.code == .notFound)
    }
}

private struct Unexpected: Error {}
