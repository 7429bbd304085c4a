import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

/// `spec.activeDeadlineSeconds`.
@Suite struct JobSetDeadlineTests {
    private func jobSet(_ policy: FailurePolicy? = nil, suspend: Bool = false) -> JobSet {
        .example("js", [.example("a"), .example("b")]) { spec in
            spec.activeDeadlineSeconds = 60
            spec.failurePolicy = policy
            spec.suspend = suspend
        }
    }

    private func cluster(_ policy: FailurePolicy? = nil) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(jobSet(policy))
        cluster.startAll()
        return cluster
    }

    @Test func `a JobSet that is active for too long fails, and is not restarted for it`() throws {
        var cluster = try cluster(FailurePolicy(maxRestarts: 3))
        #expect(cluster.run()?.jobSet.status.startTime == cluster.now.wall)
        cluster.end("js-a-0-0")
        cluster.wait(.seconds(59))
        #expect(cluster.run()?.isFinished == false)
        cluster.wait(.seconds(1))
        let failed = cluster.run()?.jobSet.status[.failed]
        #expect(failed?.reason == "DeadlineExceeded")
        #expect(failed?.message == "jobset was active longer than specified deadline")
        #expect(cluster.run()?.jobSet.status.restarts == 0)
        #expect(cluster.stopping == ["js-b-0-0"])
    }

    @Test func `one whose success is known at the same moment completes`() throws {
        var cluster = try cluster()
        cluster.end("js-a-0-0", "js-b-0-0")
        cluster.wait(.seconds(60))
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
    }

    @Test func `a restart of all jobs begins anew, that of one job does not`() throws {
        let rules = [
            FailurePolicy.Rule(name: "one", action: .restartJob, targetReplicatedJobs: ["a"]),
            FailurePolicy.Rule(name: "all", action: .restartJobSet, targetReplicatedJobs: ["b"]),
        ]
        var cluster = try cluster(FailurePolicy(maxRestarts: 3, rules: rules))
        cluster.wait(.seconds(40))
        cluster.end("js-b-0-0", code: 1)
        cluster.endStopping()
        cluster.startAll()
        cluster.wait(.seconds(40))
        #expect(cluster.run()?.isFinished == false)
        cluster.end("js-a-0-0", code: 1)
        cluster.startAll()
        cluster.wait(.seconds(20))
        #expect(cluster.run()?.jobSet.status[.failed]?.reason == "DeadlineExceeded")
    }

    @Test func `suspended time does not count, nor does waiting for places`() throws {
        var cluster = try ClusterFixture()
        cluster.apply(jobSet())
        cluster.wait(.seconds(3_600))
        cluster.join(.example("h0"))
        cluster.startAll()
        cluster.wait(.seconds(50))
        cluster.apply(jobSet(suspend: true))
        cluster.endStopping()
        #expect(cluster.run()?.jobSet.status.startTime == nil)
        cluster.wait(.seconds(3_600))
        cluster.apply(jobSet())
        cluster.startAll()
        cluster.wait(.seconds(59))
        #expect(cluster.run()?.isFinished == false)
        cluster.wait(.seconds(1))
        #expect(cluster.run()?.jobSet.status[.failed]?.reason == "DeadlineExceeded")
    }

    @Test func `it holds over a restart of the coordinator`() throws {
        var cluster = try cluster()
        let pods = (cluster.held[HostID("h0")] ?? [:]).keys.map {
            PodReport(pod: $0, observation: .running(since: cluster.now.wall))
        }
        let start = cluster.run()?.jobSet.status.startTime
        cluster.wait(.seconds(30))
        try cluster.restart()
        cluster.join(.example("h0"), pods: pods)
        #expect(cluster.run()?.jobSet.status.startTime == start)
        cluster.wait(.seconds(29))
        #expect(cluster.run()?.isFinished == false)
        cluster.wait(.seconds(1))
        #expect(cluster.run()?.isFinished == true)
    }
}
