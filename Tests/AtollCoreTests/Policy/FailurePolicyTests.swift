import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct FailurePolicyTests {
    private typealias Rule = FailurePolicy.Rule

    private func cluster(_ policy: FailurePolicy?) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 3, ofHosts: 1))
        let jobs = [ReplicatedJob.example("driver"), .example("workers", replicas: 2)]
        cluster.apply(.example("js", jobs, exclusive: true) { $0.failurePolicy = policy })
        cluster.startAll()
        return cluster
    }

    @Test func `without a policy one failed job fails the JobSet`() throws {
        var cluster = try cluster(nil)
        cluster.end("js-workers-1-0", code: 3)
        let failed = cluster.run()?.jobSet.status[.failed]
        #expect(failed?.reason == "FailedJobs")
        #expect(failed?.message == "jobset failed due to one or more job failures (first failed job: js-workers-1)")
        #expect(cluster.run()?.events.last?.kind == .warning)
        #expect(cluster.stopping == ["js-driver-0-0", "js-workers-0-0"])
    }

    @Test func `an empty policy restarts up to maxRestarts, then fails`() throws {
        var cluster = try cluster(FailurePolicy(maxRestarts: 1))
        cluster.end("js-workers-0-0", code: 1)
        var status = cluster.run()?.jobSet.status
        #expect(status?.restarts == 1)
        #expect(status?.restartsCountTowardsMax == 1)
        let message = "applying RestartJobSet failure policy action (first failed job: js-workers-0)"
        #expect(status?[.restartingJobSet]?.status == true)
        #expect(status?[.restartingJobSet]?.reason == "DefaultFailurePolicy")
        #expect(status?[.restartingJobSet]?.message == message)
        let events = cluster.run()?.events.suffix(2)
        #expect(events?.map(\.reason) == ["RestartJobSetFailurePolicyAction", "DefaultFailurePolicy"])
        #expect(events?.map(\.message) == [message, message])
        cluster.endStopping()
        cluster.startAll()
        #expect(cluster.run()?.jobSet.status[.restartingJobSet]?.reason == "JobsReady")
        cluster.end("js-driver-0-0", code: 1)
        status = cluster.run()?.jobSet.status
        #expect(status?[.failed]?.reason == "ReachedMaxRestarts")
        #expect(
            status?[.failed]?.message
                == "jobset failed due to reaching max number of restarts (first failed job: js-driver-0)"
        )
        #expect(status?.restarts == 1)
        #expect(status?[.restartingJobSet]?.status == false)
    }

    @Test func `restarts that ignore maxRestarts leave the budget alone`() throws {
        let rule = Rule(name: "free", action: .restartJobSetAndIgnoreMaxRestarts)
        var cluster = try cluster(FailurePolicy(maxRestarts: 0, rules: [rule]))
        for restart in 1...3 {
            cluster.end("js-workers-0-0", code: 1)
            #expect(cluster.run()?.jobSet.status.restarts == Int32(restart))
            cluster.endStopping()
            cluster.startAll()
        }
        #expect(cluster.run()?.jobSet.status.restartsCountTowardsMax == 0)
        #expect(cluster.run()?.jobSet.status[.restartingJobSet]?.status == false)
        #expect(cluster.run()?.events.contains { $0.reason == "FailurePolicy_free" } == true)
    }

    @Test func `FailJobSet fails at once and gives one event`() throws {
        let rule = Rule(name: "stop", action: .failJobSet, targetReplicatedJobs: ["driver"])
        var cluster = try cluster(FailurePolicy(maxRestarts: 5, rules: [rule]))
        cluster.end("js-driver-0-0", code: 1)
        let failed = cluster.run()?.jobSet.status[.failed]
        #expect(failed?.reason == "FailJobSetFailurePolicyAction")
        #expect(failed?.message == "applying FailJobSet failure policy action (first failed job: js-driver-0)")
        #expect(cluster.run()?.events.count { $0.message.contains("FailJobSet") } == 1)
    }

    @Test func `RestartJob restarts the one job and sets no condition`() throws {
        let rule = Rule(name: "one", action: .restartJob)
        var cluster = try cluster(FailurePolicy(maxRestarts: 1, rules: [rule]))
        let before = cluster.job("js-workers-1")?.id
        cluster.end("js-workers-0-0", code: 1)
        let status = cluster.run()?.jobSet.status
        #expect(status?.replicatedJobsStatus[1].jobRestarts == [1, 0])
        #expect(status?.replicatedJobsStatus[1].jobRestartsCountTowardsMax == [1, 0])
        #expect(status?.restarts == 0)
        #expect(status?[.restartingJobSet] == nil)
        #expect(cluster.job("js-workers-1")?.id == before)
        #expect(cluster.job("js-workers-0")?.jobRestartAttempt == 1)
        #expect(cluster.stopping.isEmpty)
        cluster.end("js-workers-1-0", code: 1)
        #expect(cluster.run()?.jobSet.status[.failed]?.reason == "ReachedMaxRestarts")
    }

    @Test func `many jobs that fail at once are each restarted, as far as the budget goes`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        let rules = [
            Rule(name: "workers", action: .restartJob, targetReplicatedJobs: ["workers"]),
            Rule(name: "helpers", action: .restartJobAndIgnoreMaxRestarts),
        ]
        let jobs = [ReplicatedJob.example("helpers", replicas: 20), .example("workers", replicas: 3)]
        cluster.apply(.example("js", jobs) { $0.failurePolicy = FailurePolicy(maxRestarts: 4, rules: rules) })
        cluster.startAll()
        let workers = (0..<3).map { "js-workers-\($0)-0" }
        cluster.endTogether((0..<20).map { "js-helpers-\($0)-0" } + workers, code: 1)
        var status = cluster.run()?.jobSet.status
        #expect(status?.replicatedJobsStatus[0].jobRestarts == Array(repeating: 1, count: 20))
        #expect(status?.replicatedJobsStatus[1].jobRestartsCountTowardsMax == [1, 1, 1])
        #expect(cluster.wanted.count == 23)
        cluster.startAll()
        cluster.endTogether(workers, code: 1)
        status = cluster.run()?.jobSet.status
        #expect(status?[.failed]?.reason == "ReachedMaxRestarts")
        #expect(status?.replicatedJobsStatus[1].jobRestartsCountTowardsMax == [2, 1, 1])
    }

    @Test func `the order of rules beats the time of failures`() throws {
        let rules = [
            Rule(name: "second", action: .failJobSet, targetReplicatedJobs: ["driver"]),
            Rule(name: "first", action: .restartJobSet, targetReplicatedJobs: ["workers"]),
        ]
        var cluster = try cluster(FailurePolicy(maxRestarts: 3, rules: rules))
        cluster.endTogether(["js-workers-0-0", "js-driver-0-0"], code: 1)
        #expect(cluster.run()?.jobSet.status[.failed]?.reason == "FailJobSetFailurePolicyAction")
    }

    @Test func `a rule whose reasons or messages do not match is passed over`() throws {
        let rules = [
            Rule(name: "reason", action: .failJobSet, onJobFailureReasons: ["DeadlineExceeded"]),
            Rule(name: "message", action: .failJobSet, onJobFailureMessagePatterns: ["^exit code 3$"]),
            Rule(name: "match", action: .restartJobSet, onJobFailureMessagePatterns: ["specified back.ff"]),
        ]
        var cluster = try cluster(FailurePolicy(maxRestarts: 1, rules: rules))
        cluster.end("js-driver-0-0", code: 3)
        #expect(cluster.run()?.jobSet.status[.restartingJobSet]?.reason == "FailurePolicy_match")
    }

    @Test func `failure beats success within one round`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example("js", [.example("a"), .example("b")]) { $0.successPolicy.operator = .any })
        cluster.endTogether(["js-a-0-0"], code: 0, and: ["js-b-0-0"], code: 1)
        #expect(cluster.run()?.jobSet.status.terminalState == "Failed")
    }
}
