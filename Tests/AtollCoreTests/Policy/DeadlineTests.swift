import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

/// `activeDeadlineSeconds` of a job.
@Suite struct DeadlineTests {
    private let host = HostFacts.example("h0")

    private func jobSet(seconds: Int64, change: (inout JobSetSpec) -> Void = { _ in }) -> JobSet {
        var job = ReplicatedJob.example(pods: 2)
        job.template.activeDeadlineSeconds = seconds
        return .example("js", [job], change: change)
    }

    private func cluster(seconds: Int64) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: [host])
        cluster.apply(jobSet(seconds: seconds))
        cluster.startAll()
        return cluster
    }

    private func reports(_ cluster: ClusterFixture) -> [PodReport] {
        (cluster.held[host.host] ?? [:]).keys.map {
            PodReport(pod: $0, observation: .running(since: cluster.now.wall))
        }
    }

    @Test func `a job that is active for too long fails, and its pods are stopped`() throws {
        var cluster = try cluster(seconds: 60)
        cluster.wait(.milliseconds(59_900))
        #expect(cluster.job("js-workers-0")?.isActive == true)
        cluster.wait(.milliseconds(100))
        #expect(cluster.run()?.jobSet.status[.failed]?.reason == "FailedJobs")
        let failure = cluster.job("js-workers-0")?.failure
        #expect(failure?.reason == .deadlineExceeded)
        #expect(failure?.message == "Job was active longer than specified deadline")
        #expect(cluster.stopping == ["js-workers-0-0", "js-workers-0-1"])
    }

    @Test func `rules can name the deadline, and a restart begins it anew`() throws {
        var cluster = try ClusterFixture(hosts: [host])
        let rule = FailurePolicy.Rule(
            name: "late",
            action: .restartJobSetAndIgnoreMaxRestarts,
            onJobFailureReasons: ["DeadlineExceeded"]
        )
        cluster.apply(jobSet(seconds: 60) { $0.failurePolicy = FailurePolicy(rules: [rule]) })
        cluster.startAll()
        for restart in 1...3 {
            cluster.wait(.seconds(60))
            #expect(cluster.run()?.jobSet.status.restarts == Int32(restart))
            // The old pods take their time to stop, and the new job's time begins after that.
            cluster.wait(.seconds(50))
            cluster.endStopping()
            cluster.startAll()
        }
        cluster.wait(.seconds(59))
        #expect(cluster.run()?.jobSet.status.restarts == 3)
    }

    @Test func `suspended time does not count, and a resumed job begins anew`() throws {
        var cluster = try cluster(seconds: 60)
        cluster.wait(.seconds(50))
        cluster.apply(jobSet(seconds: 60) { $0.suspend = true })
        cluster.endStopping()
        cluster.wait(.seconds(3_600))
        #expect(cluster.run()?.isFinished == false)
        cluster.apply(jobSet(seconds: 60))
        cluster.startAll()
        cluster.wait(.seconds(59))
        #expect(cluster.run()?.isFinished == false)
        cluster.wait(.seconds(1))
        #expect(cluster.run()?.isFinished == true)
    }

    @Test func `waiting for a place does not count`() throws {
        var cluster = try ClusterFixture()
        cluster.apply(jobSet(seconds: 60))
        cluster.wait(.seconds(3_600))
        cluster.join(host)
        cluster.startAll()
        cluster.wait(.seconds(59))
        #expect(cluster.run()?.isFinished == false)
    }

    @Test func `a deadline holds over a restart of the coordinator, which counts the time it was away`() throws {
        var cluster = try cluster(seconds: 60)
        let pods = reports(cluster)
        cluster.wait(.seconds(30))
        try cluster.restart()
        cluster.join(host, pods: pods)
        cluster.wait(.seconds(29))
        #expect(cluster.run()?.isFinished == false)
        cluster.wait(.seconds(1))
        #expect(cluster.run()?.isFinished == true)
    }

    @Test func `steps of the wall clock change nothing, and at worst begin anew with a restart`() throws {
        var cluster = try cluster(seconds: 60)
        let pods = reports(cluster)
        cluster.stepWallClock(by: .seconds(86_400))
        cluster.wait(.seconds(50))
        #expect(cluster.run()?.isFinished == false)
        cluster.stepWallClock(by: .seconds(-2 * 86_400))
        try cluster.restart()
        cluster.join(host, pods: pods)
        cluster.wait(.seconds(59))
        #expect(cluster.run()?.isFinished == false)
        cluster.wait(.seconds(1))
        #expect(cluster.run()?.isFinished == true)
    }

    @Test func `the longest deadline there is never passes`() throws {
        var cluster = try cluster(seconds: .max)
        cluster.wait(.seconds(86_400 * 365))
        #expect(cluster.run()?.isFinished == false)
    }

    @Test func `a deadline of nothing fails the job at once`() throws {
        let cluster = try cluster(seconds: 0)
        #expect(cluster.run()?.isFinished == true)
    }

    @Test func `a job that has succeeded keeps its outcome`() throws {
        var cluster = try ClusterFixture(hosts: [host])
        var job = ReplicatedJob.example("a")
        job.template.activeDeadlineSeconds = 5
        cluster.apply(.example("js", [job, .example("b")]))
        cluster.startAll()
        cluster.end("js-a-0-0")
        cluster.wait(.seconds(10))
        #expect(cluster.run()?.isFinished == false)
    }
}
