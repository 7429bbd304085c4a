import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct JobSuccessPolicyTests {
    private func cluster(_ rules: JobSuccessPolicy.Rule...) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        var job = ReplicatedJob.example(pods: 4)
        job.template.successPolicy = JobSuccessPolicy(rules: rules)
        cluster.apply(.example("js", [job, .example("other")]))
        cluster.startAll()
        return cluster
    }

    @Test func `a job is complete with the indexes that matter, and its other pods are stopped`() throws {
        var cluster = try cluster(.init(succeededIndexes: IndexIntervals([0, 2])))
        cluster.end("js-workers-0-0", "js-workers-0-1")
        #expect(cluster.job("js-workers-0")?.isComplete == false)
        cluster.end("js-workers-0-2")
        #expect(cluster.job("js-workers-0")?.isComplete == true)
        #expect(cluster.stopping == ["js-workers-0-3"])
        #expect(cluster.wanted == ["js-other-0-0"])
        cluster.endStopping()
        #expect(cluster.job("js-workers-0")?.isComplete == true)
        cluster.end("js-other-0-0")
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
    }

    @Test func `a number of successes may be enough`() throws {
        var cluster = try cluster(.init(succeededCount: 2))
        cluster.end("js-workers-0-3")
        #expect(cluster.job("js-workers-0")?.isComplete == false)
        cluster.end("js-workers-0-1")
        #expect(cluster.job("js-workers-0")?.isComplete == true)
    }

    @Test func `a number among some indexes counts only those`() throws {
        var cluster = try cluster(.init(succeededIndexes: IndexIntervals([1, 2, 3]), succeededCount: 2))
        cluster.end("js-workers-0-0", "js-workers-0-1")
        #expect(cluster.job("js-workers-0")?.isComplete == false)
        cluster.end("js-workers-0-3")
        #expect(cluster.job("js-workers-0")?.isComplete == true)
    }

    @Test func `any rule suffices`() throws {
        var cluster = try cluster(
            .init(succeededIndexes: IndexIntervals([0, 1, 2])),
            .init(succeededIndexes: IndexIntervals([3]))
        )
        cluster.end("js-workers-0-3")
        #expect(cluster.job("js-workers-0")?.isComplete == true)
    }

    @Test func `a failure that comes before success decides`() throws {
        var cluster = try cluster(.init(succeededCount: 1))
        cluster.endTogether(["js-workers-0-0"], code: 1, and: ["js-workers-0-1"])
        #expect(cluster.job("js-workers-0")?.failure?.reason == .backoffLimitExceeded)
    }

    @Test func `a JobSet keeps its places until the pods that were stopped are gone`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 1))
        var job = ReplicatedJob.example(pods: 2)
        job.template.successPolicy = JobSuccessPolicy(rules: [.init(succeededCount: 1)])
        cluster.apply(.example("js", [job], exclusive: true))
        cluster.startAll()
        cluster.end("js-workers-0-0")
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
        #expect(cluster.core.cluster.claims.count == 1)
        cluster.endStopping()
        #expect(cluster.core.cluster.claims.count == 0)
    }
}
