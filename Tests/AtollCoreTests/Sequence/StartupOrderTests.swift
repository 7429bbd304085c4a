import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct StartupOrderTests {
    @Test func `in order, the next ReplicatedJob starts when the one before is ready`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example("js", [.example("a", replicas: 2), .example("b")]) { $0.startupOrder = .inOrder })
        #expect(cluster.wanted == ["js-a-0-0", "js-a-1-0"])
        #expect(cluster.run()?.jobSet.status[.startupPolicyInProgress]?.status == true)
        #expect(cluster.run()?.jobSet.status[.startupPolicyCompleted] == nil)
        cluster.startAll()
        #expect(cluster.wanted == ["js-a-0-0", "js-a-1-0", "js-b-0-0"])
        cluster.startAll()
        #expect(cluster.run()?.jobSet.status[.startupPolicyInProgress]?.status == false)
        let completed = cluster.run()?.jobSet.status[.startupPolicyCompleted]
        #expect(completed?.status == true)
        #expect(completed?.reason == "InOrderStartupPolicyCompleted")
        #expect(completed?.message == "in order startup policy has completed")
    }

    @Test func `any number of ReplicatedJobs without pods is passed at once`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        let empty = (0..<20).map { number in
            var job = ReplicatedJob.example("e\(number)")
            (job.template.completions, job.template.parallelism) = (0, 0)
            return job
        }
        cluster.apply(.example("js", empty + [.example("last")]) { $0.startupOrder = .inOrder })
        #expect(cluster.wanted == ["js-last-0-0"])
    }

    @Test func `a restart goes through the order again`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(
            .example("js", [.example("a"), .example("b")]) {
                $0.startupOrder = .inOrder
                $0.failurePolicy = FailurePolicy(maxRestarts: 1)
            }
        )
        cluster.startAll()
        cluster.startAll()
        cluster.end("js-b-0-0", code: 1)
        cluster.endStopping()
        #expect(cluster.wanted == ["js-a-0-0"])
        #expect(cluster.run()?.jobSet.status[.startupPolicyInProgress]?.status == true)
        #expect(cluster.run()?.jobSet.status[.startupPolicyCompleted]?.status == false)
    }

    @Test func `a job that depends on readiness waits for all jobs of its target`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 2))
        let dependency = Dependency(name: "a", status: .ready)
        cluster.apply(
            .example("js", [.example("a", replicas: 2), .example("b", dependsOn: [dependency]), .example("c")])
        )
        #expect(cluster.wanted == ["js-a-0-0", "js-a-1-0", "js-c-0-0"])
        let first = try #require(cluster.job("js-a-0"))
        let host = try #require(first.seat(ofPod: 0)?.host)
        cluster.report([PodReport(pod: first.podID(0), observation: .running(since: cluster.now.wall))], from: host)
        #expect(!cluster.wanted.contains("js-b-0-0"))
        cluster.startAll()
        #expect(cluster.wanted.contains("js-b-0-0"))
    }

    @Test func `a job that depends on completion waits for success`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        let dependency = Dependency(name: "a", status: .complete)
        cluster.apply(.example("js", [.example("a"), .example("b", dependsOn: [dependency])]))
        cluster.startAll()
        #expect(cluster.wanted == ["js-a-0-0"])
        cluster.end("js-a-0-0")
        #expect(cluster.wanted == ["js-b-0-0"])
    }

    @Test func `after a restart of the coordinator nothing is ready before its agent says so`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example("js", [.example("a"), .example("b")]) { $0.startupOrder = .inOrder })
        try cluster.restart()
        cluster.join(.example("h0"))
        #expect(cluster.wanted == ["js-a-0-0"])
    }
}
