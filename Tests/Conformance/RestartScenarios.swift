import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct RestartScenarios {
    static let verdicts: Verdicts = [:]

    private func running(_ policy: FailurePolicy, change: (inout JobSetSpec) -> Void = { _ in }) throws -> Fixture {
        var fixture = try Fixture {
            $0.failurePolicy = policy
            change(&$0)
        }
        fixture.readyAll()
        return fixture
    }

    /// Running, with one rule for every failure.
    private func running(maxRestarts: Int32, _ action: FailurePolicy.Rule.Action) throws -> Fixture {
        try running(FailurePolicy(maxRestarts: maxRestarts, rules: [.example(action)]))
    }

    // MARK: Of the whole JobSet

    @Test func `RESTART-01: with Recreate each job is made again once its old one is gone`() throws {
        var fixture = try running(FailurePolicy(maxRestarts: 1))
        fixture.fail("a-0")
        for pod in ["js-b-0-0", "js-b-2-0"] { fixture.cluster.end(pod, code: 1) }
        #expect(fixture.jobs == ["a-0", "b-0", "b-2"] && fixture.attempts == [1, 1, 1])
        fixture.oldPodsEnd()
        #expect(fixture.attempts == [1, 1, 1, 1])
    }

    @Test func `RESTART-02: with BlockingRecreate none is until all old ones are gone`() throws {
        var fixture = try running(FailurePolicy(maxRestarts: 1, restartStrategy: .blockingRecreate))
        fixture.fail("a-0")
        for pod in ["js-b-0-0", "js-b-2-0"] { fixture.cluster.end(pod, code: 1) }
        #expect(fixture.jobs.isEmpty)
        fixture.oldPodsEnd()
        #expect(fixture.attempts == [1, 1, 1, 1])
    }

    @Test func `RESTART-03: in order, a restart goes through the order again`() throws {
        var fixture = try running(FailurePolicy(maxRestarts: 1)) { $0.startupOrder = .inOrder }
        fixture.readyAll()
        #expect(fixture[.startupPolicyCompleted]?.status == true)
        fixture.fail("b-0")
        fixture.oldPodsEnd()
        #expect(fixture.jobs == ["a-0"])
        #expect(fixture[.startupPolicyCompleted]?.status == false)
        fixture.ready("a")
        #expect(fixture.jobs.count == 4)
        fixture.ready("b")
        #expect(fixture[.startupPolicyCompleted]?.status == true)
    }

    // MARK: Of one job

    @Test func `RESTART-04: RestartJob leaves the other jobs and the JobSet's counters alone`() throws {
        var fixture = try running(maxRestarts: 1, .restartJob)
        let others = ["b-0", "b-1", "b-2"].map { fixture.job($0)?.id }
        fixture.fail("a-0")
        #expect(fixture.counters == [0, 0])
        #expect(fixture["a"]?.jobRestarts == [1] && fixture["a"]?.jobRestartsCountTowardsMax == [1])
        #expect(["b-0", "b-1", "b-2"].map { fixture.job($0)?.id } == others)
        #expect(fixture.cluster.stopping.isEmpty && fixture.cluster.wanted.contains("js-a-0-0"))
    }

    @Test func `RESTART-05: RestartJobAndIgnoreMaxRestarts counts no restart towards the limit`() throws {
        var fixture = try running(maxRestarts: 0, .restartJobAndIgnoreMaxRestarts)
        fixture.fail("a-0")
        #expect(fixture.counters == [0, 0])
        #expect(fixture["a"]?.jobRestarts == [1] && fixture["a"]?.jobRestartsCountTowardsMax == [])
    }

    @Test(arguments: [FailurePolicy.Rule.Action.restartJob, .restartJobSet])
    func `RESTART-06: restarts of all and of one share one limit`(action: FailurePolicy.Rule.Action) throws {
        var fixture = try running(
            FailurePolicy(
                maxRestarts: 2,
                rules: [
                    .example(.restartJob, targets: ["a"], name: "one"),
                    .example(.restartJobSet, ["FailedIndexes"], name: "all"),
                    .example(action, name: "last"),
                ]
            )
        )
        fixture.fail("a-0")
        fixture.readyAll()
        #expect(fixture["a"]?.jobRestartsCountTowardsMax == [1])
        fixture.failAndRestart("b-0")
        let before = fixture.status.replicatedJobsStatus.map(\.jobRestarts)
        fixture.fail("b-0")
        #expect(fixture[.failed]?.reason == "ReachedMaxRestarts")
        #expect(fixture.status.replicatedJobsStatus.map(\.jobRestarts) == before)
    }

    @Test func `RESTART-07: RestartJob sets no condition`() throws {
        var fixture = try running(maxRestarts: 5, .restartJob)
        fixture.fail("b-1")
        #expect(fixture["b"]?.jobRestarts == [0, 1, 0] && fixture["b"]?.jobRestartsCountTowardsMax == [0, 1, 0])
        #expect(fixture.status.conditions.isEmpty)
    }

    @Test func `RESTART-08: a job may restart beyond the limit by a rule that ignores it`() throws {
        var fixture = try running(maxRestarts: 1, .restartJobAndIgnoreMaxRestarts)
        for restart in 1...3 {
            fixture.fail("a-0")
            #expect(fixture["a"]?.jobRestarts == [Int32(restart)])
        }
        #expect(fixture["a"]?.jobRestartsCountTowardsMax.allSatisfy { $0 == 0 } == true)
        #expect(fixture[.failed] == nil)
    }

    @Test func `RESTART-09: a job that fails in its own first attempt alone lets the JobSet complete`() throws {
        var fixture = try Fixture([.example("w", replicas: 2)]) {
            $0.failurePolicy = FailurePolicy(maxRestarts: 3, rules: [.example(.restartJob)])
        }
        #expect(fixture.launch("w-1")?.annotations[JobSetKeys.jobRestartAttempt] == "0")
        fixture.fail("w-1")
        #expect(fixture.launch("w-1")?.annotations[JobSetKeys.jobRestartAttempt] == "1")
        fixture.complete("w-0", "w-1")
        #expect(fixture.status.terminalState == "Completed" && fixture.counters == [0, 0])
        #expect(fixture["w"]?.jobRestarts == [0, 1])
    }

    // MARK: Derived

    @Test func `RESTART-10d: two jobs that fail together are two restarts`() throws {
        var fixture = try running(maxRestarts: 2, .restartJob)
        fixture.failTogether(["b-0", "b-2"])
        #expect(fixture["b"]?.jobRestarts == [1, 0, 1])
        var tight = try running(maxRestarts: 1, .restartJob)
        tight.failTogether(["b-0", "b-2"])
        #expect(tight[.failed]?.reason == "ReachedMaxRestarts")
    }

    @Test func `RESTART-11d: nothing that its jobs do brings a finished JobSet back`() throws {
        var fixture = try Fixture()
        fixture.readyAll()
        fixture.fail("a-0")
        let failed = fixture[.failed]
        for pod in fixture.cluster.stopping { fixture.cluster.end(pod) }
        #expect(fixture.status.terminalState == "Failed" && fixture[.failed] == failed)
        #expect(fixture[.completed] == nil && fixture.cluster.wanted.isEmpty)
    }
}
