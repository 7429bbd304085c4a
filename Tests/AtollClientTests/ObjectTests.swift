import AtollModel
import AtollYAML
import Testing

@testable import AtollClient

struct JobSetStateTests {
    private func state(_ jobSet: YAMLNode) -> JobSetState { JobSetState(of: jobSet) }

    @Test func `each stage of a JobSet has its word`() throws {
        let ready = #"{"total":4,"ready":3,"succeeded":1}"#
        let restarting = Samples.condition("RestartingJobSet", reason: "PodFailed", message: "again")
        let deleted = #","deletionTimestamp":"2026-11-23T22:14:00Z""#
        #expect(state(try Samples.jobSet(placement: Samples.waiting)) == .waiting)
        #expect(state(try Samples.jobSet()) == .starting)
        #expect(state(try Samples.jobSet(pods: ready)) == .running)
        #expect(state(try Samples.jobSet(status: ",\"conditions\":[\(restarting)]")) == .restarting)
        #expect(state(try Samples.jobSet(placement: Samples.waiting, suspend: true)) == .suspended)
        #expect(state(try Samples.jobSet(status: #","terminalState":"Completed""#, suspend: true)) == .completed)
        #expect(state(try Samples.jobSet(status: #","terminalState":"Failed""#)) == .failed)
        #expect(state(try Samples.jobSet(status: #","terminalState":"Failed""#, metadata: deleted)) == .deleting)
        #expect(state(.null) == .starting)
    }
}

struct WaitGoalTests {
    @Test func `a goal is a condition or deletion`() throws {
        #expect(try WaitGoal("condition=Completed") == .condition("Completed"))
        #expect(try WaitGoal("delete") == .deletion)
        for text in ["", "condition=", "Completed", "jsonpath=x"] {
            #expect(throws: UsageError.self) { try WaitGoal(text) }
        }
    }

    @Test func `a JobSet that failed will not complete`() throws {
        let failed = Samples.condition("Failed", reason: "ReachedMaxRestarts", message: "jobset failed")
        let jobSet = try Samples.jobSet(status: ",\"conditions\":[\(failed)]")
        #expect(WaitGoal.condition("failed").verdict(on: jobSet) == .reached)
        #expect(
            WaitGoal.condition("Completed").verdict(on: jobSet)
                == .impossible("jobset multislice is Failed: jobset failed (ReachedMaxRestarts)")
        )
        #expect(WaitGoal.deletion.verdict(on: jobSet) == .pending)
    }

    @Test func `a condition that is false is waited for`() throws {
        let completed = Samples.condition("Completed", reason: "AllJobsCompleted", message: "done", holds: false)
        let jobSet = try Samples.jobSet(status: ",\"conditions\":[\(completed)]")
        #expect(WaitGoal.condition("Completed").verdict(on: jobSet) == .pending)
    }
}

struct ObjectSelectionTests {
    @Test(arguments: [
        (["jobsets"], ObjectKind.jobsets, []), (["po", "a", "b"], .pods, ["a", "b"]),
        (["js/a", "jobset/b"], .jobsets, ["a", "b"]),
        (["jobset.jobset.x-k8s.io/a"], .jobsets, ["a"]), (["no", "h[08-10]"], .hosts, ["h08", "h09", "h10"]),
        (["device", "tpu-1/0"], .devices, ["tpu-1/0"]), (["Pods"], .pods, []),
    ])
    func `kinds and names are read in all their forms`(words: [String], kind: ObjectKind, names: [String]) throws {
        #expect(try ObjectSelection(words: words) == ObjectSelection(kind: kind, names: names))
    }

    @Test(arguments: [[], ["deployments"], ["pod/a", "job/b"], ["pod/a", "b"], ["pod/"], ["hosts", "h[2-1]"]])
    func `anything else is refused`(words: [String]) {
        #expect(throws: UsageError.self) { try ObjectSelection(words: words) }
    }

    @Test func `no word means two kinds`() {
        let words = ObjectKind.allCases.flatMap(\.words)
        #expect(Set(words).count == words.count)
    }

    @Test func `labels are selected by value`() throws {
        #expect(try LabelSelector.parse("a=1,example.com/b==x,c=") == ["a": "1", "example.com/b": "x", "c": ""])
        #expect(try LabelSelector.parse("").isEmpty)
        for text in ["a", "=1", "a!=1", "a=1=2"] {
            #expect(throws: UsageError.self) { try LabelSelector.parse(text) }
        }
    }
}

struct ApplyTextTests {
    @Test func `a result names the object and what became of it`() {
        let result = ApplyResult(kind: "JobSet", name: ObjectName(name: "multislice"), action: .configured)
        #expect(ApplyText.line(result, isDryRun: false) == "jobset.jobset.x-k8s.io/multislice configured")
        #expect(ApplyText.line(result, isDryRun: true) == "jobset.jobset.x-k8s.io/multislice configured (dry run)")
    }

    @Test func `a cause names file, place and field as far as they are known`() {
        let failure = AdminFailure(
            code: .invalid,
            message: "refused",
            causes: [
                .init(field: "spec.replicas", message: "unknown field", line: 7, column: 3),
                .init(field: "", message: "no document", line: 1),
                .init(field: "metadata.name", message: "is missing"),
            ]
        )
        #expect(
            ApplyText.lines(failure, source: "a.yaml") == [
                "a.yaml:7:3: spec.replicas: unknown field", "a.yaml:1: no document",
                "a.yaml: metadata.name: is missing",
            ]
        )
    }

    @Test func `names are those that can be typed again`() throws {
        #expect(ResourceName.text(of: try Samples.jobSet()) == "jobset.jobset.x-k8s.io/multislice")
        #expect(ResourceName.text(of: try Samples.job(0)) == "job.batch/multislice-workers-0")
        #expect(ResourceName.text(of: try Samples.pods()[0]) == "pod/multislice-workers-0-0")
        #expect(ResourceName.text(of: try Samples.hosts()[0]) == "host.atoll.dev/tpu-1")
    }

    @Test func `several objects are one list`() throws {
        let jobSet = try Samples.jobSet()
        #expect(ObjectDocument.node([jobSet], isList: false) == jobSet)
        #expect(ObjectDocument.node([jobSet], isList: true)["items"]?.items == [jobSet])
        #expect(ObjectDocument.node([], isList: true)["kind"]?.string == "List")
    }
}
