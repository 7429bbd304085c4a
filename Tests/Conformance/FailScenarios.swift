import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

/// What `Fixture.fail` makes a job fail with.
private let limit = JobFailureReason.backoffLimitExceeded.rawValue
private let other = JobFailureReason.podFailurePolicy.rawValue
private let message = "Job has reached the specified backoff limit"

struct FailScenarios {
    private typealias Rule = FailurePolicy.Rule

    static let verdicts: Verdicts = [:]

    /// F, running, with these rules and `maxRestarts: 1` unless said otherwise.
    private func running(maxRestarts: Int32 = 1, _ rules: Rule...) throws -> Fixture {
        var fixture = try Fixture { $0.failurePolicy = FailurePolicy(maxRestarts: maxRestarts, rules: rules) }
        fixture.readyAll()
        return fixture
    }

    private func hasFailedByRule(_ fixture: Fixture) -> Bool {
        fixture[.failed]?.reason == "FailJobSetFailurePolicyAction" && fixture.status.terminalState == "Failed"
            && fixture.counters == [0, 0]
    }

    private func hasRestarted(_ fixture: Fixture) -> Bool {
        fixture[.failed] == nil && fixture.counters == [1, 1]
    }

    // MARK: Without rules

    @Test func `FAIL-01: without a policy the first failed job fails the JobSet`() throws {
        var fixture = try Fixture()
        fixture.readyAll()
        fixture.fail("b-1")
        let failed = try #require(fixture[.failed])
        #expect(failed.status && failed.reason == "FailedJobs")
        #expect(failed.message == "jobset failed due to one or more job failures (first failed job: js-b-1)")
        #expect(fixture.counters == [0, 0] && fixture.status.terminalState == "Failed")
    }

    @Test func `FAIL-02: the jobs that still run are deleted, the failed one stays`() throws {
        var fixture = try Fixture()
        fixture.readyAll()
        fixture.fail("b-1")
        #expect(fixture.jobs == ["b-1"])
        #expect(fixture.cluster.stopping == ["js-a-0-0", "js-b-0-0", "js-b-2-0"])
    }

    @Test func `FAIL-03: a second failure at the limit fails the JobSet`() throws {
        var fixture = try running()
        fixture.failAndRestart("b-0")
        #expect(hasRestarted(fixture))
        fixture.fail("a-0")
        #expect(fixture[.failed]?.reason == "ReachedMaxRestarts")
        #expect(fixture.counters == [1, 1])
    }

    @Test func `FAIL-04: a restart makes all jobs again, completed ones too`() throws {
        var fixture = try running()
        fixture.complete("b-0")
        fixture.failAndRestart("b-1")
        #expect(fixture.attempts == [1, 1, 1, 1])
        #expect(fixture.cluster.wanted.count == 4)
        fixture.completeAll()
        #expect(fixture.status.terminalState == "Completed")
    }

    // MARK: One rule

    @Test func `FAIL-05: FailJobSet for any reason fails it at once`() throws {
        var fixture = try running(.example(.failJobSet))
        fixture.fail("b-0")
        #expect(hasFailedByRule(fixture))
    }

    @Test func `FAIL-06: a rule for another reason is passed over`() throws {
        var fixture = try running(.example(.failJobSet, [other]))
        fixture.fail("b-0")
        #expect(hasRestarted(fixture))
    }

    @Test func `FAIL-07: a rule whose pattern is not in the message is passed over`() throws {
        var fixture = try running(.example(.failJobSet, patterns: ["exit code 3"]))
        fixture.fail("b-0")
        #expect(hasRestarted(fixture))
    }

    @Test func `FAIL-08: so is one whose reason would do`() throws {
        var fixture = try running(.example(.failJobSet, [limit], patterns: ["exit code 3"]))
        fixture.fail("b-0")
        #expect(hasRestarted(fixture))
    }

    @Test func `FAIL-09: a rule with the reason and the whole message applies`() throws {
        var fixture = try running(.example(.failJobSet, [limit], patterns: ["^\(message)$"]))
        fixture.fail("b-0")
        #expect(hasFailedByRule(fixture))
    }

    @Test func `FAIL-10: a pattern may match anywhere in the message`() throws {
        var fixture = try running(.example(.failJobSet, patterns: ["backoff"]))
        fixture.fail("b-0")
        #expect(hasFailedByRule(fixture))
    }

    @Test func `FAIL-11: the first rule that matches decides, and counts the restart for all`() throws {
        var fixture = try running(
            .example(.restartJobSet, [limit], name: "first"),
            .example(.failJobSet, name: "second")
        )
        fixture.fail("b-0")
        #expect(hasRestarted(fixture))
        #expect(fixture["b"]?.jobRestarts == [])
    }

    @Test func `FAIL-12: a restart by a rule says so until all jobs are ready again`() throws {
        var fixture = try running(.example(.restartJobSet, name: "Rule1"))
        fixture.fail("b-0")
        #expect(fixture[.restartingJobSet]?.status == true)
        #expect(fixture[.restartingJobSet]?.reason == "FailurePolicy_Rule1")
        fixture.oldPodsEnd()
        fixture.readyAll()
        #expect(fixture[.restartingJobSet]?.status == false)
        #expect(fixture[.restartingJobSet]?.reason == "JobsReady")
        #expect(fixture[.restartingJobSet]?.message == "all jobs are ready")
    }

    @Test func `FAIL-13: restarts that ignore the limit are counted apart`() throws {
        var fixture = try running(.example(.restartJobSetAndIgnoreMaxRestarts))
        for restart in 1...3 {
            fixture.failAndRestart("b-0")
            #expect(fixture.counters == [Int32(restart), 0] && fixture[.failed] == nil)
        }
    }

    @Test func `FAIL-14: a rule applies to a job of its target`() throws {
        var fixture = try running(.example(.failJobSet, targets: ["b"]))
        fixture.fail("b-0")
        #expect(hasFailedByRule(fixture))
    }

    @Test func `FAIL-15: and not to a job of another`() throws {
        var fixture = try running(.example(.failJobSet, targets: ["a"]))
        fixture.fail("b-0")
        #expect(hasRestarted(fixture))
    }

    // MARK: Several rules

    @Test func `FAIL-16: of two rules that match the same the first one fails the JobSet`() throws {
        var fixture = try running(
            .example(.failJobSet, [limit], targets: ["a"], name: "first"),
            .example(.restartJobSet, [limit], targets: ["a"], name: "second")
        )
        fixture.fail("a-0")
        #expect(hasFailedByRule(fixture))
    }

    @Test func `FAIL-17: or restarts it`() throws {
        var fixture = try running(
            .example(.restartJobSet, [limit], targets: ["a"], name: "first"),
            .example(.failJobSet, [limit], targets: ["a"], name: "second")
        )
        fixture.fail("a-0")
        #expect(hasRestarted(fixture))
    }

    @Test func `FAIL-18: one rule lets a job fail as often as it likes, another one fails the JobSet`() throws {
        var fixture = try running(
            .example(.restartJobSetAndIgnoreMaxRestarts, [limit], targets: ["a"], name: "first"),
            .example(.failJobSet, name: "second")
        )
        for restart in 1...3 {
            fixture.failAndRestart("a-0")
            #expect(fixture.counters == [Int32(restart), 0])
        }
        fixture.fail("b-0")
        #expect(fixture[.failed]?.reason == "FailJobSetFailurePolicyAction" && fixture.counters == [3, 0])
    }

    @Test func `FAIL-19: of two failed jobs that a rule matches the earlier one is named`() throws {
        var fixture = try running(.example(.failJobSet))
        fixture.failTogether(["b-2", "a-0"])
        #expect(fixture[.failed]?.message.contains("first failed job: js-b-2") == true)
    }

    @Test func `FAIL-20: the first rule that matches any of them decides, and its earliest job is named`() throws {
        var fixture = try running(
            .example(.restartJobSet, [other], name: "first"),
            .example(.failJobSet, [limit], targets: ["b"], name: "second")
        )
        fixture.failTogether(["a-0", "b-2", "b-1"])
        #expect(hasFailedByRule(fixture))
        #expect(fixture[.failed]?.message.contains("first failed job: js-b-2") == true)
    }

    @Test func `FAIL-21: a job that only the third rule matches is handled by it`() throws {
        var fixture = try running(
            .example(.restartJobSet, [other], name: "first"),
            .example(.restartJobSet, targets: ["a"], name: "second"),
            .example(.failJobSet, name: "third")
        )
        fixture.fail("b-0")
        #expect(hasFailedByRule(fixture))
    }

    @Test(arguments: [[], [limit], [other], [other, limit]], [[], ["b"], ["a"], ["a", "b"]])
    func `FAIL-22: reason, target and pattern must all match, and none of them matches all`(
        reasons: [String],
        targets: [String]
    ) throws {
        for (patterns, isFound) in [([], true), (["limit$"], true), (["exit"], false), (["exit", "limit"], true)] {
            var fixture = try running(.example(.failJobSet, reasons, patterns: patterns, targets: targets))
            fixture.fail("b-0")
            let isMatch = reasons != [other] && targets != ["a"] && isFound
            #expect(hasFailedByRule(fixture) == isMatch && hasRestarted(fixture) != isMatch)
        }
    }

    // MARK: Counters

    @Test func `FAIL-23: at the limit a rule that restarts fails the JobSet`() throws {
        var fixture = try running(maxRestarts: 2, .example(.restartJobSet))
        for _ in 0..<2 { fixture.failAndRestart("b-0") }
        #expect(fixture.counters == [2, 2])
        fixture.fail("b-0")
        #expect(fixture[.failed]?.reason == "ReachedMaxRestarts" && fixture.counters == [2, 2])
    }

    @Test func `FAIL-24: without a rule that matches, a restart is the default and counts`() throws {
        var fixture = try running(maxRestarts: 5)
        fixture.failAndRestart("b-0")
        fixture.fail("b-0")
        #expect(fixture.counters == [2, 2])
        #expect(fixture[.restartingJobSet]?.status == true)
        #expect(fixture[.restartingJobSet]?.reason == "DefaultFailurePolicy")
    }

    @Test func `FAIL-25: restarts that ignore the limit go on when it is reached`() throws {
        var fixture = try running(.example(.restartJobSetAndIgnoreMaxRestarts, targets: ["a"]))
        fixture.failAndRestart("b-0")
        #expect(fixture.counters == [1, 1])
        fixture.failAndRestart("a-0")
        #expect(fixture.counters == [2, 1] && fixture[.failed] == nil)
    }

    @Test func `FAIL-26: the first failed job is the one that failed first, whatever its place in the spec`() throws {
        for order in [["b-2", "a-0", "b-0"], ["b-0", "b-2"], ["a-0", "b-1"]] {
            var fixture = try Fixture()
            fixture.readyAll()
            fixture.failTogether(order)
            #expect(fixture[.failed]?.message.hasSuffix("(first failed job: js-\(order[0]))") == true)
        }
        #expect(try Fixture()[.failed] == nil)
    }

    @Test func `FAIL-27: a pod that fails in the first attempt alone lets the JobSet complete in the second`() throws {
        var fixture = try Fixture([.example("w", replicas: 2)]) {
            $0.failurePolicy = FailurePolicy(maxRestarts: 3, rules: [.example(.restartJobSet, [limit])])
        }
        var ended: [String] = []
        for _ in 0..<2 {
            for job in ["w-0", "w-1"] {
                let told = try #require(fixture.launch(job)).annotations
                let fails = told[JobSetKeys.jobIndex] == "1" && told[JobSetKeys.restartAttempt] == "0"
                ended.append("\(job): \(fails ? 1 : 0)")
                if fails { fixture.fail(job) } else { fixture.complete(job) }
            }
        }
        #expect(ended == ["w-0: 0", "w-1: 1", "w-0: 0", "w-1: 0"])
        #expect(fixture.status.terminalState == "Completed" && fixture.counters == [1, 1])
        #expect(fixture["w"]?.jobRestarts == [])
    }

    // MARK: Derived

    @Test func `FAIL-28d: an empty policy allows no restart`() throws {
        var fixture = try running(maxRestarts: 0)
        fixture.fail("b-0")
        #expect(fixture[.failed]?.reason == "ReachedMaxRestarts" && fixture.counters == [0, 0])
    }

    @Test func `FAIL-29d: a failure before the JobSet was suspended still restarts it, suspended`() throws {
        var fixture = try running()
        fixture.cluster.turn(fixture.inputs(failing: "b-0") + fixture.inputs { $0.suspend = true })
        #expect(fixture.counters == [1, 1])
        fixture.oldPodsEnd()
        #expect(fixture.suspendedJobs.count == 4 && fixture.attempts == [1, 1, 1, 1])
        #expect(fixture.cluster.wanted.isEmpty)
    }
}
