import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct ElasticScenarios {
    static let verdicts: Verdicts = [
        "ELASTIC-07": .notApplicable("there are no gates: Indexed jobs are elastic for everyone")
    ]

    /// What is said to an update of one job of two pods.
    private func problems(_ change: (inout JobSpec) -> Void, from old: JobSpec? = nil) -> [String] {
        var job = ReplicatedJob.example("w", pods: 2)
        if let old { job.template = old }
        let before = JobSet.example("js", [job])
        var after = before
        change(&after.spec.replicatedJobs[0].template)
        return after.problems(updating: before)
    }

    private func size(_ job: inout JobSpec, _ parallelism: Int32, _ completions: Int32) {
        job.parallelism = parallelism
        job.completions = completions
    }

    @Test func `ELASTIC-01: a running job grows, and is the same job`() throws {
        #expect(problems { size(&$0, 4, 4) }.isEmpty)
        var fixture = try Fixture([.example("w", pods: 2)])
        fixture.readyAll()
        let before = fixture.job("w-0")?.id
        fixture.update { size(&$0.replicatedJobs[0].template, 4, 4) }
        #expect(fixture.cluster.wanted == ["js-w-0-0", "js-w-0-1", "js-w-0-2", "js-w-0-3"])
        #expect(fixture.job("w-0")?.id == before)
    }

    @Test func `ELASTIC-02: sizes that differ are refused, so that no job ever sees them`() throws {
        var fixture = try Fixture([.example("w", pods: 2)])
        fixture.update { size(&$0.replicatedJobs[0].template, 1, 2) }
        #expect(fixture.cluster.wanted == ["js-w-0-0", "js-w-0-1"])
    }

    @Test func `ELASTIC-03: an impossible size is refused with the reason`() {
        let path = "spec.replicatedJobs[0].template.spec"
        let unequal = "completions must be equal to parallelism for Elastic Indexed Jobs"
        #expect(problems { size(&$0, 3, 4) }.isJust("\(path).completions", unequal))
        #expect(problems { size(&$0, 0, 2) }.tells("\(path).parallelism", "parallelism must be >= 1"))
        #expect(problems { size(&$0, 2, 0) }.tells("\(path).completions", "completions must be >= 1"))
    }

    @Test func `ELASTIC-04: a NonIndexed job cannot be resized`() {
        var old = ReplicatedJob.example("w", pods: 2).template
        old.completionMode = .nonIndexed
        #expect(problems({ size(&$0, 4, 4) }, from: old).isJust("spec.replicatedJobs", "field is immutable"))
    }

    @Test(arguments: [0, 1] as [Int32]) func `ELASTIC-05: a finished JobSet cannot be resized`(code: Int32) throws {
        var fixture = try Fixture([.example("w")])
        fixture.cluster.end("js-w-0-0", code: code)
        #expect(!fixture.status.terminalState.isEmpty)
        guard case .failed(let failure) = fixture.update({ size(&$0.replicatedJobs[0].template, 2, 2) }) else {
            Issue.record("it was resized")
            return
        }
        #expect(failure.code == .invalid)
        #expect(failure.causes.map(\.field) == ["spec.replicatedJobs[0].template.spec"])
        #expect(
            failure.causes.first?.message
                == "Cannot mutate parallelism or completions when JobSet is in a terminal state (Completed or Failed)"
        )
    }

    @Test func `ELASTIC-06: a job cannot be resized and changed otherwise at once`() {
        let problems = problems {
            size(&$0, 4, 4)
            $0.pod.containers[0].spec.command = ["other"]
        }
        #expect(problems.isJust("spec.replicatedJobs", "field is immutable"))
    }

    @Test func `ELASTIC-07: no gate keeps a job from being resized`() { #expect(problems { size(&$0, 4, 4) }.isEmpty) }
}
