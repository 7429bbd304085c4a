import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct ElasticScenarios {
    private static let elastic = Verdict.missing("elastic jobs: `parallelism` and `completions` are immutable")

    static let verdicts: Verdicts = [
        "ELASTIC-01": elastic,
        "ELASTIC-02": elastic,
        "ELASTIC-03": elastic,
        "ELASTIC-05": elastic,
        "ELASTIC-07": .notApplicable("there are no gates: jobs will be elastic or not, for everyone"),
    ]

    /// What an update of one job of two pods to another size is refused for.
    private func isImmutable(_ change: (inout JobSpec) -> Void, from old: JobSpec? = nil) -> Bool {
        var job = ReplicatedJob.example("w", pods: 2)
        if let old { job.template = old }
        let before = JobSet.example("js", [job])
        var after = before
        change(&after.spec.replicatedJobs[0].template)
        return after.problems(updating: before).isJust("spec.replicatedJobs", "field is immutable")
    }

    private func size(_ job: inout JobSpec, _ parallelism: Int32, _ completions: Int32) {
        job.parallelism = parallelism
        job.completions = completions
    }

    @Test func `ELASTIC-01: a running job keeps its size`() throws {
        #expect(isImmutable { size(&$0, 4, 4) })
        var fixture = try Fixture([.example("w", pods: 2)])
        fixture.update { size(&$0.replicatedJobs[0].template, 4, 4) }
        #expect(fixture.cluster.wanted == ["js-w-0-0", "js-w-0-1"])
    }

    @Test func `ELASTIC-02: also where the two numbers would differ`() {
        #expect(isImmutable { size(&$0, 1, 2) })
    }

    @Test(arguments: [(3, 4), (0, 2), (2, 0)] as [(Int32, Int32)])
    func `ELASTIC-03: sizes that could never be are refused for being changes`(parallelism: Int32, completions: Int32) {
        #expect(isImmutable { size(&$0, parallelism, completions) })
    }

    @Test func `ELASTIC-04: a NonIndexed job cannot be resized`() {
        var old = ReplicatedJob.example("w", pods: 2).template
        old.completionMode = .nonIndexed
        #expect(isImmutable({ size(&$0, 4, 4) }, from: old))
    }

    @Test(arguments: [0, 1] as [Int32]) func `ELASTIC-05: a finished JobSet cannot be resized`(code: Int32) throws {
        var fixture = try Fixture([.example("w")])
        fixture.cluster.end("js-w-0-0", code: code)
        #expect(!fixture.status.terminalState.isEmpty)
        guard case .failed(let failure) = fixture.update({ size(&$0.replicatedJobs[0].template, 2, 2) }) else {
            Issue.record("it was resized")
            return
        }
        #expect(failure.code == .invalid && failure.causes.map(\.field) == ["spec.replicatedJobs"])
    }

    @Test func `ELASTIC-06: nor can a job be resized and changed otherwise at once`() {
        #expect(
            isImmutable {
                size(&$0, 4, 4)
                $0.pod.containers[0].spec.command = ["other"]
            }
        )
    }

    @Test func `ELASTIC-07: no gate lets a job be resized`() { #expect(isImmutable { size(&$0, 4, 4) }) }
}
