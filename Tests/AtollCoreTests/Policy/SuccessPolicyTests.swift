import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct SuccessPolicyTests {
    private func cluster(_ policy: SuccessPolicy) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        let jobs = [ReplicatedJob.example("driver"), .example("workers", replicas: 2)]
        cluster.apply(.example("js", jobs) { $0.successPolicy = policy })
        cluster.startAll()
        return cluster
    }

    @Test func `All without targets waits for every job`() throws {
        var cluster = try cluster(SuccessPolicy())
        cluster.end("js-driver-0-0", "js-workers-0-0")
        #expect(cluster.run()?.isFinished == false)
        cluster.end("js-workers-1-0")
        let status = cluster.run()?.jobSet.status
        #expect(status?.terminalState == "Completed")
        #expect(status?[.completed]?.reason == "AllJobsCompleted")
        #expect(status?[.completed]?.message == "jobset completed successfully")
        #expect(status?[.restartingJobSet] == nil)
    }

    @Test func `All with a target ends with the target and stops the others`() throws {
        var cluster = try cluster(SuccessPolicy(targetReplicatedJobs: ["driver"]))
        cluster.end("js-driver-0-0")
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
        #expect(cluster.stopping == ["js-workers-0-0", "js-workers-1-0"])
        #expect(cluster.run()?.placement != nil)
        cluster.endStopping()
        #expect(cluster.run()?.placement == nil)
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
    }

    @Test func `Any ends with the first job that succeeds`() throws {
        var cluster = try cluster(SuccessPolicy(operator: .any))
        cluster.end("js-workers-1-0")
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
        #expect(cluster.stopping == ["js-driver-0-0", "js-workers-0-0"])
    }

    @Test func `a failed job that is no target still counts`() throws {
        var cluster = try cluster(SuccessPolicy(targetReplicatedJobs: ["driver"]))
        cluster.end("js-workers-0-0", code: 1)
        #expect(cluster.run()?.jobSet.status[.failed]?.reason == "FailedJobs")
    }

    @Test func `a JobSet without any job to run is complete at once`() throws {
        var cluster = try ClusterFixture()
        cluster.apply(.example("js", [.example(replicas: 0)]))
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
    }
}
