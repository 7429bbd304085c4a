import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct DependsScenarios {
    static let verdicts: Verdicts = [
        "DEPENDS-08": .differs(.dependencyOnFailed)
    ]

    private func fixture(_ jobs: ReplicatedJob..., change: (inout JobSetSpec) -> Void = { _ in }) throws -> Fixture {
        try Fixture(jobs, change: change)
    }

    /// A ReplicatedJob and what it depends on.
    private func job(_ name: String, _ replicas: Int32, after targets: KeyValuePairs<String, Dependency.Status> = [:])
        -> ReplicatedJob
    {
        .example(name, replicas: replicas, dependsOn: targets.map { Dependency(name: $0.key, status: $0.value) })
    }

    @Test func `DEPENDS-01: jobs are made when what they depend on is ready`() throws {
        var fixture = try fixture(job("a", 1), job("b", 3, after: ["a": .ready]))
        #expect(fixture.jobs == ["a-0"])
        fixture.ready("a")
        #expect(fixture.jobs.count == 4)
        fixture.ready("b")
        #expect(fixture.counts == "a: active 1 ready 1, b: active 3 ready 3")
    }

    @Test func `DEPENDS-02: a chain of jobs goes on link by link`() throws {
        var fixture = try fixture(
            job("a", 1),
            job("b", 1, after: ["a": .complete]),
            job("c", 3, after: ["b": .ready])
        )
        fixture.readyAll()
        #expect(fixture.jobs.count == 1)
        fixture.complete("a-0")
        #expect(fixture.jobs.count == 2)
        fixture.ready("b")
        #expect(fixture.jobs.count == 5)
        fixture.completeAll()
        #expect(fixture.status.terminalState == "Completed")
    }

    @Test func `DEPENDS-03: jobs wait until all that they depend on has completed`() throws {
        var fixture = try fixture(job("a", 1), job("b", 1), job("c", 3, after: ["a": .complete, "b": .complete]))
        #expect(fixture.jobs.count == 2)
        fixture.complete("a-0")
        #expect(fixture.jobs.count == 2)
        fixture.complete("b-0")
        #expect(fixture.jobs.count == 5)
    }

    @Test func `DEPENDS-04: jobs may wait for one to be ready and for another to complete`() throws {
        var fixture = try fixture(job("a", 1), job("b", 1), job("c", 3, after: ["a": .ready, "b": .complete]))
        fixture.complete("b-0")
        #expect(fixture.jobs.count == 2)
        fixture.ready("a")
        #expect(fixture.jobs.count == 5)
    }

    @Test func `DEPENDS-05: while suspended, only jobs that wait for nothing are made`() throws {
        var fixture = try fixture(job("a", 1), job("b", 3, after: ["a": .ready])) { $0.suspend = true }
        #expect(fixture.jobs == ["a-0"])
        #expect(fixture.counts == "a: suspended 1, b: none")
        fixture.update { $0.suspend = false }
        #expect(fixture.jobs == ["a-0"])
        #expect(fixture.suspendedJobs.isEmpty)
        fixture.ready("a")
        #expect(fixture.jobs.count == 4)
        fixture.ready("b")
        #expect(fixture.counts == "a: active 1 ready 1, b: active 3 ready 3")
    }

    @Test func `DEPENDS-06: what depends on nothing starts, what depends on a job that is not there yet does not`()
        throws
    {
        let fixture = try fixture(
            job("a", 1),
            job("b", 1, after: ["a": .complete]),
            job("c", 1, after: ["b": .ready]),
            job("d", 1)
        )
        #expect(fixture.jobs == ["a-0", "d-0"])
    }

    @Test func `DEPENDS-07: all jobs of the target must have completed`() throws {
        var fixture = try fixture(job("a", 3), job("b", 1, after: ["a": .complete]))
        fixture.complete("a-0")
        #expect(fixture["b"]?.active == 0)
        fixture.complete("a-1")
        #expect(fixture["b"]?.active == 0)
        fixture.complete("a-2")
        #expect(fixture["b"]?.active == 1)
    }

    @Test func `DEPENDS-08: all jobs of the target must be ready or have succeeded, and none have failed`() throws {
        let rule = FailurePolicy.Rule.example(.restartJobAndIgnoreMaxRestarts)
        var fixture = try fixture(job("a", 3), job("b", 1, after: ["a": .ready])) {
            $0.failurePolicy = FailurePolicy(rules: [rule])
        }
        fixture.complete("a-0")
        fixture.cluster.start(["js-a-1-0"])
        #expect(fixture["b"]?.active == 0)
        fixture.fail("a-2")
        #expect(fixture["b"]?.active == 0)
        fixture.cluster.start(["js-a-2-0"])
        #expect(fixture["b"]?.active == 1)
    }

    @Test func `DEPENDS-09: nodes start after both of their initializers, and the JobSet completes`() throws {
        var fixture = try fixture(
            job("dataset", 1),
            job("model", 1),
            job("node", 2, after: ["dataset": .complete, "model": .complete])
        )
        fixture.readyAll()
        fixture.complete("model-0")
        #expect(fixture.cluster.wanted == ["js-dataset-0-0"])
        fixture.complete("dataset-0")
        #expect(fixture.cluster.wanted == ["js-node-0-0", "js-node-1-0"])
        fixture.completeAll()
        #expect(fixture.status.terminalState == "Completed")
    }

    @Test func `DEPENDS-10: a node starts once its launcher has started up, while that runs`() throws {
        let container = "command: [serve], startupProbe: {exec: {command: [check]}}"
        let pod = try Manifest(container: container).decoded().spec.replicatedJobs[0].template.pod
        var launcher = job("launcher", 1)
        launcher.template.pod.containers = pod.containers
        var fixture = try fixture(launcher, job("node", 2, after: ["launcher": .ready]))
        #expect(fixture.launch("launcher-0")?.containers.first?.startupProbe == Probe(action: .exec(["check"])))
        let host = HostID("h0")
        let started = try #require(fixture.cluster.held[host]?.keys.first)
        let since = fixture.cluster.now.wall
        for (isReady, revision) in [(false, 0), (true, 1)] as [(Bool, UInt32)] {
            #expect(fixture.cluster.wanted == ["js-launcher-0-0"])
            let running = RunningPod(since: since, isReady: isReady, revision: revision)
            fixture.cluster.report([PodReport(pod: started, observation: .running(running))], from: host)
        }
        #expect(fixture.cluster.wanted == ["js-launcher-0-0", "js-node-0-0", "js-node-1-0"])
    }

    @Test func `DEPENDS-11d: a restart goes through the order from its start, also for what had completed`() throws {
        var fixture = try fixture(job("a", 1), job("b", 1, after: ["a": .complete])) {
            $0.failurePolicy = FailurePolicy(maxRestarts: 1)
        }
        fixture.complete("a-0")
        fixture.fail("b-0")
        #expect(fixture.cluster.wanted == ["js-a-0-0"])
        #expect(fixture.attempts == [1])
    }
}
