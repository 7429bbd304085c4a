import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

/// `activeDeadlineSeconds` of a pod.
@Suite struct PodDeadlineTests {
    private func cluster(backoffLimit: Int32 = 1) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        var job = ReplicatedJob.example(pods: 2, backoffLimit: backoffLimit)
        job.template.pod.activeDeadlineSeconds = 60
        cluster.apply(.example("js", [job]))
        return cluster
    }

    @Test func `a pod that runs for too long is stopped, counts as failed and is replaced`() throws {
        var cluster = try cluster()
        cluster.startAll()
        cluster.end("js-workers-0-1")
        cluster.wait(.seconds(59))
        #expect(cluster.stopping.isEmpty)
        cluster.wait(.seconds(1))
        #expect(cluster.stopping == ["js-workers-0-0"])
        #expect(cluster.job("js-workers-0")?.failures == 0)
        cluster.endStopping()
        #expect(cluster.job("js-workers-0")?.failures == 1)
        cluster.wait(.seconds(10))
        #expect(cluster.wanted == ["js-workers-0-0"])
    }

    @Test func `each pod has its own time, and a replacement begins anew`() throws {
        var cluster = try cluster(backoffLimit: 6)
        cluster.startAll()
        cluster.wait(.seconds(30))
        cluster.end("js-workers-0-0", code: 1)
        cluster.wait(.seconds(10))
        cluster.startAll()
        cluster.wait(.seconds(20))
        #expect(cluster.stopping == ["js-workers-0-1"])
        cluster.wait(.seconds(39))
        #expect(cluster.stopping == ["js-workers-0-1"])
        cluster.wait(.seconds(1))
        #expect(cluster.stopping == ["js-workers-0-0", "js-workers-0-1"])
    }

    @Test func `one that ends well when it is stopped has failed all the same`() throws {
        var cluster = try cluster(backoffLimit: 0)
        cluster.startAll()
        cluster.wait(.seconds(60))
        cluster.end("js-workers-0-0")
        #expect(cluster.job("js-workers-0")?.failure?.reason == .backoffLimitExceeded)
        guard case .ended(let exit)? = cluster.job("js-workers-0")?.pods[0].phase else {
            Issue.record("it has not ended")
            return
        }
        #expect(exit.cause == .signaled(15))
        #expect(exit.message == "DeadlineExceeded: Pod was active on the node longer than the specified deadline")
    }

    @Test func `a pod that has not started yet has all of its time`() throws {
        var cluster = try cluster()
        cluster.wait(.seconds(3_600))
        cluster.startAll()
        cluster.wait(.seconds(59))
        #expect(cluster.stopping.isEmpty)
    }

    @Test func `its time goes on while the coordinator is down`() throws {
        var cluster = try cluster()
        cluster.startAll()
        let pods = (cluster.held[HostID("h0")] ?? [:]).keys.map {
            PodReport(pod: $0, observation: .running(since: cluster.now.wall))
        }
        cluster.wait(.seconds(30))
        try cluster.restart()
        cluster.join(.example("h0"), pods: pods)
        cluster.wait(.seconds(29))
        #expect(cluster.stopping.isEmpty)
        cluster.wait(.seconds(1))
        #expect(cluster.stopping == ["js-workers-0-0", "js-workers-0-1"])
        try cluster.restart()
        cluster.join(.example("h0"), pods: pods)
        cluster.end("js-workers-0-0")
        #expect(cluster.job("js-workers-0")?.failures == 1)
    }

    @Test func `rules on exit codes see how it ended`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        var job = ReplicatedJob.example()
        job.template.pod.activeDeadlineSeconds = 60
        let rule = PodFailurePolicy.Rule(action: .failJob, onExitCodes: .init(operator: .in, values: [137]))
        job.template.podFailurePolicy = PodFailurePolicy(rules: [rule])
        cluster.apply(.example("js", [job]))
        cluster.startAll()
        cluster.wait(.seconds(60))
        cluster.end("js-workers-0-0", .signaled(9))
        #expect(cluster.job("js-workers-0")?.failure?.reason == .podFailurePolicy)
    }
}
