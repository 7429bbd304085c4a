import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct PodFailurePolicyTests {
    private typealias Rule = PodFailurePolicy.Rule

    private func job(_ rules: Rule..., pods: Int32 = 2, backoffLimit: Int32 = 0, perIndex: Int32? = nil)
        -> ReplicatedJob
    {
        var job = ReplicatedJob.example(pods: pods, backoffLimit: backoffLimit)
        job.template.backoffLimitPerIndex = perIndex
        job.template.podFailurePolicy = PodFailurePolicy(rules: rules)
        return job
    }

    private func cluster(_ job: ReplicatedJob) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example("js", [job]))
        cluster.startAll()
        return cluster
    }

    private func onCodes(_ action: Rule.Action, _ codes: Int32..., not: Bool = false, of name: String? = nil) -> Rule {
        Rule(
            action: action,
            onExitCodes: .init(containerName: name, operator: not ? .notIn : .in, values: codes)
        )
    }

    private func onCondition(_ action: Rule.Action, _ type: PodConditionType) -> Rule {
        Rule(action: action, onPodConditions: [.init(type: type.rawValue)])
    }

    @Test func `FailJob fails the job whatever its limit, and says which code and which rule`() throws {
        var cluster = try cluster(job(onCodes(.ignore, 1), onCodes(.failJob, 3, 42), backoffLimit: 6))
        cluster.end("js-workers-0-1", code: 42)
        let failure = cluster.job("js-workers-0")?.failure
        #expect(failure?.reason == .podFailurePolicy)
        #expect(
            failure?.message
                == "Container main for pod default/js-workers-0-1 failed with exit code 42 matching FailJob rule at index 1"
        )
    }

    @Test func `Ignore replaces the pod after a while and counts nothing`() throws {
        var cluster = try cluster(job(onCodes(.ignore, 3)))
        for _ in 0..<3 {
            cluster.end("js-workers-0-0", code: 3)
            #expect(cluster.wanted == ["js-workers-0-1"])
            cluster.wait(.seconds(10))
            #expect(cluster.wanted == ["js-workers-0-0", "js-workers-0-1"])
            cluster.startAll()
        }
        #expect(cluster.job("js-workers-0")?.failures == 0)
        cluster.end("js-workers-0-0", code: 1)
        #expect(cluster.job("js-workers-0")?.failure?.reason == .backoffLimitExceeded)
    }

    @Test func `the first rule that matches decides`() throws {
        var cluster = try cluster(job(onCodes(.count, 3), onCodes(.failJob, 3), backoffLimit: 1))
        cluster.end("js-workers-0-0", code: 3)
        #expect(cluster.job("js-workers-0")?.isActive == true)
        cluster.end("js-workers-0-1", code: 3)
        #expect(cluster.job("js-workers-0")?.failure?.reason == .backoffLimitExceeded)
    }

    @Test func `NotIn means any other failure, signals as a shell counts them`() throws {
        var cluster = try cluster(job(onCodes(.ignore, 3, 143, not: true)))
        cluster.end("js-workers-0-0", .signaled(9))
        #expect(cluster.job("js-workers-0")?.isActive == true)
        cluster.end("js-workers-0-1", .signaled(15))
        #expect(cluster.job("js-workers-0")?.failure?.reason == .backoffLimitExceeded)
    }

    @Test func `a rule for another container does not match`() throws {
        var cluster = try cluster(job(onCodes(.ignore, 3, of: "sidecar")))
        cluster.end("js-workers-0-0", code: 3)
        #expect(cluster.job("js-workers-0")?.failure?.reason == .backoffLimitExceeded)
    }

    @Test func `FailIndex fails the index at once, and the others go on`() throws {
        var cluster = try cluster(job(onCodes(.failIndex, 3), backoffLimit: .max, perIndex: 5))
        cluster.end("js-workers-0-0", code: 3)
        cluster.wait(.seconds(3_600))
        #expect(cluster.wanted == ["js-workers-0-1"])
        cluster.end("js-workers-0-1")
        #expect(cluster.job("js-workers-0")?.failure?.reason == .failedIndexes)
    }

    @Test func `a pod that could not be started has ConfigIssue and no exit code`() throws {
        var cluster = try cluster(job(onCodes(.ignore, 3, not: true), onCondition(.failJob, .configIssue)))
        cluster.end("js-workers-0-0", .startFailed)
        #expect(
            cluster.job("js-workers-0")?.failure?.message
                == "Pod default/js-workers-0-0 has condition ConfigIssue matching FailJob rule at index 1"
        )
    }

    @Test func `a pod whose host went down under it is disrupted, and can be replaced uncounted`() throws {
        var cluster = try cluster(job(onCondition(.ignore, .disruptionTarget)))
        cluster.end("js-workers-0-0", .lost)
        cluster.wait(.seconds(10))
        #expect(cluster.wanted == ["js-workers-0-0", "js-workers-0-1"])
        #expect(cluster.job("js-workers-0")?.failures == 0)
    }

    // MARK: Lost hosts

    private func losing(_ jobSet: JobSet) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 2, ofHosts: 1))
        cluster.apply(jobSet)
        cluster.startAll()
        cluster.tell(from: HostID("a0"), .closed(reason: "reset"))
        cluster.wait(.seconds(6))
        return cluster
    }

    @Test func `rules of the JobSet can tell maintenance by the condition of the pod`() throws {
        let rule = FailurePolicy.Rule(
            name: "maintenance",
            action: .restartJobSetAndIgnoreMaxRestarts,
            onJobFailureReasons: ["PodFailurePolicy"],
            onJobFailureMessagePatterns: ["condition DisruptionTarget"]
        )
        let jobSet = JobSet.example("js", [job(onCondition(.failJob, .disruptionTarget))], exclusive: true) {
            $0.failurePolicy = FailurePolicy(rules: [rule])
        }
        let cluster = try losing(jobSet)
        #expect(cluster.run()?.jobSet.status.restarts == 1)
        #expect(cluster.run()?.jobSet.status.restartsCountTowardsMax == 0)
        #expect(cluster.held[HostID("b0")]?.count == 2)
    }

    @Test func `a job that ignores disruptions leaves a lost host for another island, and nothing is counted`() throws {
        let jobSet = JobSet.example("js", [job(onCondition(.ignore, .disruptionTarget))], exclusive: true)
        var cluster = try losing(jobSet)
        #expect(cluster.run()?.isFinished == false)
        #expect(cluster.run()?.jobSet.status.restarts == 0)
        #expect(cluster.run()?.jobSet.status.replicatedJobsStatus[0].jobRestarts == [])
        #expect(cluster.held[HostID("b0")]?.count == 2)
        // What it left stays closed until its pods are known to be gone.
        #expect(cluster.core.cluster.claims.count == 2)
        cluster.order(.host(HostID("a0"), HostOrder(.fence, reason: "off")))
        #expect(cluster.core.cluster.claims.count == 1)
        cluster.startAll()
        cluster.end("js-workers-0-0", "js-workers-0-1")
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
    }

    @Test func `a job that does not speak of disruptions fails with its host, as ever`() throws {
        let jobSet = JobSet.example("js", [job(onCodes(.ignore, 1), backoffLimit: 6)], exclusive: true)
        let cluster = try losing(jobSet)
        let failure = cluster.job("js-workers-0")?.failure
        #expect(failure?.reason == .backoffLimitExceeded)
        #expect(failure?.message.hasPrefix("HostLost: ") == true)
    }

    @Test func `an index can fail with its host, and its pod is not wanted back`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0", devices: 1), .example("h1", devices: 1)])
        var job = job(onCondition(.failIndex, .disruptionTarget), backoffLimit: .max, perIndex: 1)
        job.template.pod.containers[0].devices = ["google.com/tpu": 1]
        cluster.apply(.example("js", [job]))
        cluster.startAll()
        cluster.tell(from: HostID("h0"), .closed(reason: "reset"))
        cluster.wait(.seconds(6))
        let lost = try #require(cluster.job("js-workers-0")?.pods.firstIndex { $0.hasFailedForGood })
        #expect(cluster.job("js-workers-0")?.isActive == true)
        #expect(cluster.job("js-workers-0")?.pods[lost].phase == .stopping)
        cluster.end("js-workers-0-\(1 - lost)")
        #expect(cluster.job("js-workers-0")?.failure?.reason == .failedIndexes)
    }
}
