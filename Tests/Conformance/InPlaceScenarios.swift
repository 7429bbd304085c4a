import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

/// Two jobs of one pod each, `js-w-0-0` and `js-w-1-0`; what pods report of their attempts stands for the annotation.
struct InPlaceScenarios {
    static let verdicts: Verdicts = [
        "INPLACE-11": .notApplicable("an attempt is a number on the wire, and nobody else writes it"),
        "INPLACE-13d": .differs(.succeededPods),
    ]

    private let first = "js-w-0-0"
    private let second = "js-w-1-0"

    private func fixture(maxRestarts: Int32 = 3, rules: [FailurePolicy.Rule] = []) throws -> Fixture {
        try Fixture([.example("w", replicas: 2)]) { $0.restartInPlace(maxRestarts: maxRestarts, rules: rules) }
    }

    /// Both pods have come to attempt 0, and on from there to this one.
    private func fixture(at attempt: UInt32, maxRestarts: Int32 = 3) throws -> Fixture {
        var fixture = try fixture(maxRestarts: maxRestarts)
        for number in 0...attempt { fixture.cluster.observe(first, second, attempt: number) }
        return fixture
    }

    /// `current/previous`, a dash for none.
    private func attempts(_ fixture: Fixture) -> String {
        let status = fixture.status
        let both = [status.currentInPlaceRestartAttempt, status.previousInPlaceRestartAttempt]
        return both.map { $0.map { "\($0)" } ?? "-" }.joined(separator: "/")
    }

    @Test func `INPLACE-01: nothing changes until all pods have come to an attempt`() throws {
        var fixture = try fixture()
        #expect(attempts(fixture) == "-/-")
        fixture.cluster.observe(first, attempt: 0)
        #expect(attempts(fixture) == "-/-")
        fixture.cluster.observe(second)
        #expect(attempts(fixture) == "-/-")
    }

    @Test func `INPLACE-02: the first attempt that all pods have come to is the current one`() throws {
        let fixture = try fixture(at: 0)
        #expect(attempts(fixture) == "0/-")
        #expect(fixture.cluster.attempts(first)?.current == 0)
    }

    @Test func `INPLACE-03: a pod that goes ahead makes the attempt before the previous one`() throws {
        var fixture = try fixture(at: 0)
        fixture.cluster.observe(second, attempt: 1)
        #expect(attempts(fixture) == "0/0")
        #expect(fixture.cluster.attempts(first)?.previous == 0)
    }

    @Test func `INPLACE-04: an attempt that all pods have come to is the current one`() throws {
        var fixture = try fixture(at: 0)
        fixture.cluster.observe(second, attempt: 1)
        fixture.cluster.observe(first, attempt: 1)
        #expect(attempts(fixture) == "1/0")
    }

    @Test func `INPLACE-05: a pod that goes further ahead does the same again`() throws {
        var fixture = try fixture(at: 0)
        fixture.cluster.observe(second, attempt: 1)
        fixture.cluster.observe(first, attempt: 1)
        fixture.cluster.observe(second, attempt: 2)
        #expect(attempts(fixture) == "1/1")
    }

    @Test func `INPLACE-06: the previous attempt never goes back`() throws {
        var fixture = try fixture(at: 0)
        fixture.cluster.observe(second, attempt: 3)
        #expect(attempts(fixture) == "0/2")
        fixture.cluster.observe(second, attempt: 1)
        #expect(attempts(fixture) == "0/2")
    }

    @Test func `INPLACE-07: containers that restarted too often by themselves fail the JobSet`() throws {
        var fixture = try fixture(at: 0, maxRestarts: 1)
        fixture.cluster.observe(first, attempt: 0, restarts: 1)
        #expect(fixture.status.terminalState == "")
        fixture.cluster.observe(first, attempt: 0, restarts: 2)
        #expect(fixture[.failed]?.reason == "ReachedMaxRestarts")
    }

    @Test func `INPLACE-08: an attempt beyond the limit fails the JobSet`() throws {
        var fixture = try fixture(at: 1, maxRestarts: 1)
        #expect(fixture.status.terminalState == "")
        fixture.cluster.observe(second, attempt: 2)
        #expect(fixture[.failed]?.reason == "ReachedMaxRestarts")
        #expect(fixture[.failed]?.message == "jobset failed due to reaching max number of restarts")
    }

    @Test func `INPLACE-09: restarts of the whole JobSet that did not count are taken off first`() throws {
        let ignored = FailurePolicy.Rule.example(.restartJobSetAndIgnoreMaxRestarts, patterns: ["exit code 3"])
        let failing = PodFailurePolicy(rules: [
            .init(action: .failJob, onExitCodes: .init(operator: .notIn, values: [0]))
        ])
        var job = ReplicatedJob.example("w", replicas: 2)
        job.template.podFailurePolicy = failing
        var fixture = try Fixture([job]) { $0.restartInPlace(maxRestarts: 1, rules: [ignored]) }
        fixture.cluster.observe(first, second, attempt: 0)
        for (code, attempt) in [(3, 1), (4, 2)] as [(Int32, UInt32)] {
            fixture.cluster.end(first, code: code)
            fixture.oldPodsEnd()
            #expect(fixture.cluster.attempts(first)?.first == attempt)
            fixture.cluster.observe(first, second, attempt: attempt)
        }
        #expect(fixture.counters == [2, 1])
        #expect(fixture.status.terminalState == "")
        fixture.cluster.observe(first, attempt: 3)
        #expect(fixture[.failed]?.reason == "ReachedMaxRestarts")
    }

    @Test func `INPLACE-10: a pod that has failed is not asked for its attempt, the one in its place is`() throws {
        var fixture = try fixture(at: 0)
        fixture.cluster.observe(first, attempt: 1)
        fixture.cluster.end(first, code: 1)
        fixture.cluster.observe(second, attempt: 1)
        #expect(attempts(fixture) == "0/0")
        fixture.cluster.wait(.seconds(10))
        #expect(fixture.cluster.attempts(first) == InPlaceAttempts(previous: 0, current: 0))
        fixture.cluster.observe(first, attempt: 1)
        #expect(attempts(fixture) == "1/0")
    }

    @Test func `INPLACE-11: attempts are numbers, and the highest of all breaks nothing`() throws {
        var fixture = try fixture(at: 0, maxRestarts: .max)
        fixture.cluster.observe(first, second, attempt: .max)
        #expect(attempts(fixture) == "\(Int32.max)/-")
        fixture.cluster.end(first, code: 1)
        fixture.cluster.wait(.seconds(10))
        #expect(fixture.cluster.wanted == [first, second])
    }

    @Test func `INPLACE-12: all pods of all jobs are waited for, and jobs that run a part of theirs are refused`()
        throws
    {
        var fixture = try Fixture([.example("w", replicas: 2, pods: 2)]) { $0.restartInPlace() }
        fixture.cluster.observe(first, second, "js-w-0-1", attempt: 0)
        #expect(attempts(fixture) == "-/-")
        fixture.cluster.observe("js-w-1-1", attempt: 0)
        #expect(attempts(fixture) == "0/-")
    }

    @Test func `INPLACE-13d: a pod that has succeeded is not waited for`() throws {
        var fixture = try fixture(at: 0)
        fixture.cluster.end(first)
        fixture.cluster.observe(second, attempt: 1)
        #expect(attempts(fixture) == "1/-")
    }
}
