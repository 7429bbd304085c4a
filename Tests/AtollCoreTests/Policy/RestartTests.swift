import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct RestartTests {
    private func cluster(_ strategy: FailurePolicy.RestartStrategy) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 3, ofHosts: 2))
        let jobs = [ReplicatedJob.example(replicas: 2, pods: 2, devices: 4)]
        cluster.apply(
            .example("js", jobs, exclusive: true) {
                $0.failurePolicy = FailurePolicy(maxRestarts: 3, restartStrategy: strategy)
            }
        )
        cluster.startAll()
        return cluster
    }

    @Test func `a restart keeps islands, hosts and devices`() throws {
        var cluster = try cluster(.recreate)
        let before = cluster.run()?.placement
        cluster.end("js-workers-0-1", code: 1)
        cluster.endStopping()
        #expect(cluster.run()?.placement == before)
        #expect(cluster.wanted.count == 4)
        #expect(cluster.job("js-workers-0")?.seat(ofPod: 1) == Seat(host: HostID("a1"), devices: [0, 1, 2, 3]))
    }

    @Test func `under Recreate a job starts again as soon as its own pods are gone`() throws {
        var cluster = try cluster(.recreate)
        cluster.end("js-workers-0-0", code: 1)
        #expect(cluster.stopping == ["js-workers-0-1", "js-workers-1-0", "js-workers-1-1"])
        cluster.end("js-workers-0-1", code: 1)
        #expect(cluster.wanted == ["js-workers-0-0", "js-workers-0-1"])
        #expect(cluster.stopping == ["js-workers-1-0", "js-workers-1-1"])
    }

    @Test func `BlockingRecreate waits until all jobs' pods are gone`() throws {
        var cluster = try cluster(.blockingRecreate)
        cluster.end("js-workers-0-0", code: 1)
        cluster.end("js-workers-0-1", code: 1)
        cluster.end("js-workers-1-0", code: 1)
        #expect(cluster.wanted.isEmpty)
        cluster.end("js-workers-1-1", code: 1)
        #expect(cluster.wanted.count == 4)
    }

    @Test func `a restarted job is a new object with the next attempt`() throws {
        var cluster = try cluster(.recreate)
        let before = try #require(cluster.job("js-workers-1"))
        cluster.end("js-workers-0-0", code: 1)
        cluster.endStopping()
        let after = try #require(cluster.job("js-workers-1"))
        #expect(after.id > before.id)
        #expect((before.restartAttempt, after.restartAttempt) == (0, 1))
    }

    @Test func `a failed pod within the backoff limit is replaced on its seat after a pause`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0"), .example("h1")])
        cluster.apply(.example("js", [.example(pods: 2, backoffLimit: 1)]))
        cluster.startAll()
        let seat = cluster.job("js-workers-0")?.seat(ofPod: 1)
        cluster.end("js-workers-0-1", code: 1)
        #expect(cluster.wanted == ["js-workers-0-0"])
        cluster.wait(.seconds(9))
        #expect(cluster.wanted == ["js-workers-0-0"])
        cluster.wait(.seconds(1))
        #expect(cluster.wanted == ["js-workers-0-0", "js-workers-0-1"])
        #expect(cluster.job("js-workers-0")?.seat(ofPod: 1) == seat)
        #expect(cluster.job("js-workers-0")?.pods[1].replacement == 1)
        cluster.end("js-workers-0-1", code: 1)
        #expect(cluster.run()?.jobSet.status.terminalState == "Failed")
    }

    @Test func `more completions than parallelism use the seats one after another`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example("js", [.example(pods: 3, parallelism: 1, devices: 4)]))
        for index in 0..<3 {
            #expect(cluster.wanted == ["js-workers-0-\(index)"])
            cluster.end("js-workers-0-\(index)")
        }
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
    }
}
