import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct SuccessScenarios {
    static let verdicts: Verdicts = [:]

    private func running(_ operator: SuccessPolicy.Operator, _ targets: String...) throws -> Fixture {
        var fixture = try Fixture {
            $0.successPolicy = SuccessPolicy(operator: `operator`, targetReplicatedJobs: targets)
        }
        fixture.readyAll()
        return fixture
    }

    @Test func `SUCCESS-01: a JobSet whose jobs have all completed is Completed`() throws {
        var fixture = try Fixture()
        fixture.readyAll()
        fixture.complete("a-0", "b-0", "b-1", "b-2")
        let completed = try #require(fixture[.completed])
        #expect(completed.status && completed.reason == "AllJobsCompleted")
        #expect(completed.message == "jobset completed successfully")
        #expect(fixture.status.terminalState == "Completed")
        #expect(fixture.counts == "a: succeeded 1, b: succeeded 3")
    }

    @Test func `SUCCESS-02: one job that still runs keeps it from that`() throws {
        var fixture = try Fixture()
        fixture.readyAll()
        fixture.complete("a-0", "b-0", "b-1")
        #expect(fixture[.completed] == nil)
        #expect(fixture.counts == "a: succeeded 1, b: active 1 ready 1 succeeded 2")
    }

    @Test func `SUCCESS-03: All without targets waits for every ReplicatedJob`() throws {
        var fixture = try running(.all)
        fixture.complete("a-0")
        #expect(fixture.status.terminalState.isEmpty)
        fixture.complete("b-0", "b-1", "b-2")
        #expect(fixture.status.terminalState == "Completed")
    }

    @Test func `SUCCESS-04: All waits for all jobs of its target, and for no other`() throws {
        var fixture = try running(.all, "b")
        fixture.complete("a-0", "b-0")
        #expect(fixture.status.terminalState.isEmpty)
        fixture.complete("b-1", "b-2")
        #expect(fixture.status.terminalState == "Completed")
        var other = try running(.all, "b")
        other.complete("b-0", "b-1", "b-2")
        #expect(other.status.terminalState == "Completed")
    }

    @Test func `SUCCESS-05: Any waits for one job of its target`() throws {
        var fixture = try running(.any, "b")
        fixture.complete("b-1")
        #expect(fixture.status.terminalState == "Completed")
    }

    @Test(arguments: ["a-0", "b-2"]) func `SUCCESS-06: Any without targets waits for any job`(job: String) throws {
        var fixture = try running(.any)
        fixture.complete(job)
        #expect(fixture.status.terminalState == "Completed")
    }

    @Test func `SUCCESS-07: jobs that still run at success are deleted, the completed one stays`() throws {
        var fixture = try running(.any)
        fixture.complete("b-1")
        #expect(fixture.jobs == ["b-1"])
        #expect(fixture.cluster.stopping == ["js-a-0-0", "js-b-0-0", "js-b-2-0"])
        fixture.oldPodsEnd()
        #expect(fixture.counts == "a: none, b: succeeded 1")
    }

    @Test(arguments: [([], 4), (["a"], 1), (["b"], 3), (["a", "b"], 4)])
    func `SUCCESS-08: All needs as many successes as its targets have jobs`(targets: [String], wanted: Int) throws {
        var fixture = try Fixture { $0.successPolicy.targetReplicatedJobs = targets }
        var completed = 0
        for job in targets == ["b"] ? ["b-0", "b-1", "b-2", "a-0"] : ["a-0", "b-0", "b-1", "b-2"]
        where fixture.status.terminalState.isEmpty {
            fixture.complete(job)
            completed += 1
        }
        #expect(completed == wanted)
    }

    @Test func `SUCCESS-09: jobs that are no target do not count`() throws {
        var fixture = try running(.any, "b")
        fixture.complete("a-0")
        #expect(fixture.status.terminalState.isEmpty)
    }

    @Test func `SUCCESS-10d: a failure seen together with the success goes first`() throws {
        var fixture = try running(.any, "b")
        fixture.failTogether(["a-0"], completing: ["b-0"])
        #expect(fixture.status.terminalState == "Failed")
        var other = try running(.any, "b")
        other.cluster.endTogether(["js-b-0-0"], code: 0, and: ["js-a-0-0"], code: 1)
        #expect(other.status.terminalState == "Failed")
    }
}
