import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct StatusScenarios {
    static let verdicts: Verdicts = [:]

    private func workers(completions: Int32?, parallelism: Int32) -> ReplicatedJob {
        var job = ReplicatedJob.example("w", parallelism: parallelism)
        job.template.completions = completions
        if completions == nil { job.template.completionMode = .nonIndexed }
        return job
    }

    @Test func `STATUS-01: pods that succeeded count towards the readiness of their job`() throws {
        var fixture = try Fixture([workers(completions: 2, parallelism: 1)])
        fixture.readyAll()
        fixture.cluster.end("js-w-0-0")
        fixture.readyAll()
        #expect(fixture.counts == "w: active 1 ready 1")
    }

    @Test func `STATUS-02: a work queue is ready when all of its pods run or have succeeded`() throws {
        var fixture = try Fixture([workers(completions: nil, parallelism: 5)])
        fixture.readyAll()
        fixture.cluster.end("js-w-0-0", "js-w-0-1", "js-w-0-2")
        #expect(fixture.counts == "w: active 1 ready 1")
    }

    @Test func `STATUS-03: a job with fewer pods than run in parallel is not ready`() throws {
        var fixture = try Fixture([workers(completions: 5, parallelism: 4)])
        fixture.cluster.start(["js-w-0-0", "js-w-0-1", "js-w-0-2"])
        fixture.cluster.end("js-w-0-0")
        #expect(fixture.counts == "w: active 1")
    }

    @Test func `STATUS-04: all ReplicatedJobs are listed before any job exists`() throws {
        let fixture = try Fixture(hosts: [])
        #expect(fixture.jobs.isEmpty)
        #expect(fixture.counts == "a: none, b: none")
    }

    @Test func `STATUS-05: jobs that do not exist yet are not counted`() throws {
        let fixture = try Fixture { $0.startupOrder = .inOrder }
        #expect(fixture.counts == "a: active 1, b: none")
    }

    @Test func `STATUS-06: a job that ended is counted as that alone`() throws {
        var fixture = try Fixture()
        fixture.readyAll()
        fixture.complete("b-0")
        #expect(fixture.counts == "a: active 1 ready 1, b: active 2 ready 2 succeeded 1")
        fixture.fail("b-1")
        #expect(fixture.counts == "a: none, b: failed 1 succeeded 1")
    }

    @Test func `STATUS-07: jobs are active or suspended`() throws {
        var fixture = try Fixture()
        #expect(fixture.counts == "a: active 1, b: active 3")
        fixture.update { $0.suspend = true }
        #expect(fixture.counts == "a: suspended 1, b: suspended 3")
    }

    @Test func `STATUS-08: jobs that are ready are active as well`() throws {
        var fixture = try Fixture()
        fixture.readyAll()
        #expect(fixture.counts == "a: active 1 ready 1, b: active 3 ready 3")
    }

    @Test func `STATUS-09: jobs that completed are nothing else`() throws {
        var fixture = try Fixture()
        fixture.readyAll()
        fixture.completeAll()
        #expect(fixture.counts == "a: succeeded 1, b: succeeded 3")
    }

    @Test func `STATUS-10: only Complete and Failed end a job`() throws {
        var fixture = try Fixture()
        #expect(fixture.job("b-0")?.isActive == true)
        fixture.complete("b-1")
        #expect(fixture.job("b-1")?.isComplete == true && fixture.job("b-1")?.isActive == false)
        fixture.update { $0.suspend = true }
        #expect(fixture.job("b-0")?.isActive == true && fixture.job("b-0")?.isSuspended == true)
        fixture.oldPodsEnd()
        fixture.update { $0.suspend = false }
        fixture.fail("b-2")
        #expect(fixture.job("b-2")?.failure?.reason == .backoffLimitExceeded)
        #expect(fixture.job("b-2")?.isActive == false)
    }

    @Test func `STATUS-11: a condition that was never True does not appear, and is no event`() throws {
        var fixture = try Fixture()
        fixture.readyAll()
        #expect(fixture.status.conditions.isEmpty)
        #expect(fixture.eventReasons == ["Placed"])
    }

    @Test func `STATUS-12: a condition that is True already is no news`() throws {
        var fixture = try Fixture { $0.suspend = true }
        let before = (fixture.status, fixture.eventReasons)
        fixture.update { $0.ttlSecondsAfterFinished = 1 }
        fixture.cluster.wait(.seconds(1))
        #expect((fixture.status, fixture.eventReasons) == before)
        #expect(before.1 == ["SuspendedJobs"])
    }

    @Test func `STATUS-13: a condition that stays True for another reason keeps its time`() throws {
        var fixture = try Fixture { $0.failurePolicy = FailurePolicy(maxRestarts: 5) }
        fixture.readyAll()
        fixture.fail("b-0")
        fixture.oldPodsEnd()
        let before = try #require(fixture[.restartingJobSet])
        fixture.cluster.wait(.seconds(1))
        fixture.fail("b-1")
        let after = try #require(fixture[.restartingJobSet])
        #expect(after.message.contains("b-1") && before.message.contains("b-0"))
        #expect(after.status && after.lastTransitionTime == before.lastTransitionTime)
    }

    @Test func `STATUS-14: a condition that turns False is given a new time`() throws {
        var fixture = try Fixture { $0.suspend = true }
        let before = try #require(fixture[.suspended])
        fixture.cluster.wait(.seconds(1))
        fixture.update { $0.suspend = false }
        let after = try #require(fixture[.suspended])
        #expect(before.status && !after.status)
        #expect(fixture.status.conditions.count == 1)
        #expect(after.lastTransitionTime == fixture.cluster.now.wall)
    }
}
