import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

/// `backoffLimitPerIndex` and `maxFailedIndexes`.
@Suite struct IndexFailureTests {
    private func cluster(perIndex limit: Int32, maxFailed: Int32? = nil, of total: Int32 = .max) throws
        -> ClusterFixture
    {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        var job = ReplicatedJob.example(pods: 3, backoffLimit: total)
        job.template.backoffLimitPerIndex = limit
        job.template.maxFailedIndexes = maxFailed
        cluster.apply(.example("js", [job]))
        cluster.startAll()
        return cluster
    }

    @Test func `an index that fails too often is not replaced, and the others go on`() throws {
        var cluster = try cluster(perIndex: 1)
        cluster.end("js-workers-0-1", code: 1)
        cluster.wait(.seconds(10))
        #expect(cluster.wanted == ["js-workers-0-0", "js-workers-0-1", "js-workers-0-2"])
        cluster.startAll()
        cluster.end("js-workers-0-1", code: 1)
        cluster.wait(.seconds(3_600))
        #expect(cluster.wanted == ["js-workers-0-0", "js-workers-0-2"])
        #expect(cluster.job("js-workers-0")?.isActive == true)
        #expect(cluster.job("js-workers-0")?.pods.map(\.hasFailedForGood) == [false, true, false])
    }

    @Test func `the job fails once all indexes have come to their end and one has failed`() throws {
        var cluster = try cluster(perIndex: 0)
        cluster.end("js-workers-0-1", code: 1)
        cluster.end("js-workers-0-0")
        #expect(cluster.run()?.isFinished == false)
        cluster.end("js-workers-0-2")
        let failure = cluster.job("js-workers-0")?.failure
        #expect(failure?.reason == .failedIndexes)
        #expect(failure?.message == "Job has failed indexes")
    }

    @Test func `the job fails at once when more indexes have failed than may`() throws {
        var cluster = try cluster(perIndex: 0, maxFailed: 1)
        cluster.end("js-workers-0-0", code: 1)
        #expect(cluster.run()?.isFinished == false)
        cluster.end("js-workers-0-2", code: 1)
        let failure = cluster.job("js-workers-0")?.failure
        #expect(failure?.reason == .maxFailedIndexesExceeded)
        #expect(failure?.message == "Job has exceeded the specified maximal number of failed indexes")
        #expect(cluster.stopping == ["js-workers-0-1"])
    }

    @Test func `a limit on the whole job counts beside it`() throws {
        var cluster = try cluster(perIndex: 5, of: 1)
        cluster.end("js-workers-0-0", code: 1)
        cluster.end("js-workers-0-1", code: 1)
        #expect(cluster.job("js-workers-0")?.failure?.reason == .backoffLimitExceeded)
    }

    @Test func `each index has a back-off of its own`() throws {
        var cluster = try cluster(perIndex: 5)
        cluster.end("js-workers-0-0", code: 1)
        cluster.wait(.seconds(10))
        cluster.startAll()
        cluster.end("js-workers-0-0", code: 1)
        cluster.end("js-workers-0-1", code: 1)
        cluster.wait(.seconds(10))
        #expect(cluster.wanted == ["js-workers-0-1", "js-workers-0-2"])
        cluster.wait(.seconds(10))
        #expect(cluster.wanted == ["js-workers-0-0", "js-workers-0-1", "js-workers-0-2"])
    }

    @Test func `what has been counted outlives the coordinator`() throws {
        var cluster = try cluster(perIndex: 0)
        cluster.end("js-workers-0-1", code: 1)
        let pods = (cluster.held[HostID("h0")] ?? [:]).keys.filter { $0.index != 1 }.map {
            PodReport(pod: $0, observation: .running(since: cluster.now.wall))
        }
        try cluster.restart()
        cluster.join(.example("h0"), pods: pods)
        #expect(cluster.wanted == ["js-workers-0-0", "js-workers-0-2"])
        cluster.end("js-workers-0-0", "js-workers-0-2")
        #expect(cluster.job("js-workers-0")?.failure?.reason == .failedIndexes)
    }

    @Test func `a seat that a failed index leaves serves the next one`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        var job = ReplicatedJob.example(pods: 3, parallelism: 1, backoffLimit: .max)
        job.template.backoffLimitPerIndex = 0
        cluster.apply(.example("js", [job]))
        cluster.end("js-workers-0-0", code: 1)
        #expect(cluster.wanted == ["js-workers-0-1"])
    }
}
