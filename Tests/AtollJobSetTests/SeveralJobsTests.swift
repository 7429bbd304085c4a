import AtollJobSet
import AtollYAML
import Testing

/// Rules between several ReplicatedJobs, and problems that come together.
struct SeveralJobsTests {
    @Test func `a name that is there twice is refused`() {
        let found = problems(of: twoJobs(second: "name: workers"))
        #expect(found.map(\.description) == ["spec.replicatedJobs[1]: Duplicate value: {\"name\":\"workers\"}"])
        #expect(found.first?.mark.line == 19)
    }

    @Test(arguments: ["later", "driver"])
    func `a dependency must be an earlier job`(name: String) {
        let found = problems(of: twoJobs(second: "name: driver\n    dependsOn: [{name: \(name), status: Ready}]"))
        #expect(found.map(\.path) == ["spec.replicatedJobs[1].dependsOn[0].name"])
        #expect(found.first?.message.hasPrefix("replicatedJob: driver cannot depend on replicatedJob: \(name)") == true)
    }

    @Test func `a bad status and too many dependencies are refused`() {
        let six = (0..<6).map { "{name: a\($0), status: Ready}" }.joined(separator: ", ")
        let tooMany = problems(of: twoJobs(second: "name: driver\n    dependsOn: [\(six)]"))
        #expect(tooMany.map(\.message) == ["Too many: 6: must have at most 5 items"])
        let status = problems(of: twoJobs(second: "name: b\n    dependsOn: [{name: workers, status: Failed}]"))
        #expect(status.map(\.message) == ["Unsupported value: \"Failed\": supported values: \"Ready\", \"Complete\""])
    }

    @Test func `a startup order and dependencies exclude each other`() {
        let text = twoJobs(second: "name: b\n    dependsOn: [{name: workers, status: Ready}]")
        #expect(problems(of: text).isEmpty)
        let ordered = text + "  startupPolicy: {startupPolicyOrder: InOrder}\n"
        #expect(problems(of: ordered).map(\.message) == ["StartupPolicy and DependsOn APIs are mutually exclusive"])
    }

    @Test func `restarting single jobs needs at most 1024 of them`() {
        let rule = "  failurePolicy: {rules: [{action: RestartJob}]}"
        #expect(problems(of: manifest(spec: rule)).isEmpty)
        let text = manifest(replacing: "replicas: 2", with: "replicas: 1025") + rule + "\n"
        #expect(problems(of: text).map(\.path) == ["spec.replicatedJobs[0].replicas"])
    }

    @Test(arguments: ["metadata:\n  annotations", "template:\n      metadata:\n        annotations"])
    func `exclusive placement needs Indexed jobs`(place: String) {
        let annotation = "\(place): {alpha.jobset.sigs.k8s.io/exclusive-topology: rack}\n"
        let text = manifest(replacing: "parallelism: 2", with: "completionMode: NonIndexed")
        let parent = place.hasPrefix("metadata") ? "metadata:\n" : "template:\n"
        let parts = text.split(separator: parent, maxSplits: 1, omittingEmptySubsequences: false)
        let found = problems(of: parts.joined(separator: annotation))
        #expect(found.map(\.path) == ["spec.replicatedJobs[0].template.spec.completionMode"])
    }

    @Test func `a coordinator needs an Indexed job`() {
        let text = manifest(replacing: "parallelism: 2", with: "completionMode: NonIndexed")
        let found = problems(of: text + "  coordinator: {replicatedJob: workers}\n")
        #expect(
            found.map(\.message)
                == ["job for coordinator pod must be indexed completion mode, and completions number must be set"]
        )
    }

    @Test func `a coordinator needs completions that are written, as JobSet wants it`() {
        let text = manifest(replacing: "parallelism: 2\n        completions: 2", with: "backoffLimit: 0")
        #expect(problems(of: text).isEmpty)
        let found = problems(of: text + "  coordinator: {replicatedJob: workers}\n")
        #expect(found.map(\.path) == ["spec.coordinator"])
    }

    @Test func `a job name that is too long is refused with its pod names`() {
        let found = problems(of: manifest(replacing: "name: js", with: "name: " + String(repeating: "a", count: 60)))
        #expect(found.map(\.path) == ["spec.replicatedJobs[0].name", "spec.replicatedJobs[0].name"])
        #expect(found[0].message.contains("job names generated"))
        #expect(found[1].message.contains("pod names generated"))
    }

    @Test func `a bad JobSet name is told where it is, and where job names follow from it`() {
        let found = problems(of: manifest(replacing: "name: js", with: "name: Js"))
        #expect(found.map(\.path) == ["metadata.name", "spec.replicatedJobs[0].name"])
        let dotted = problems(of: manifest(replacing: "name: js", with: "name: a.b"))
        #expect(dotted.map(\.path) == ["spec.replicatedJobs[0].name"])
    }

    @Test func `all problems are told, in the order of their lines`() {
        let text = manifest(replacing: "replicas: 2", with: "replica: 2")
            .replacing("- name: main", with: "- nam: main")
            .replacing("kind: JobSet", with: "kind: JobSet\nstate: x")
        let found = problems(of: text)
        #expect(
            found.map(\.path) == [
                "state", "spec.replicatedJobs[0].replica",
                "spec.replicatedJobs[0].template.spec.template.spec.containers[0].nam",
                "spec.replicatedJobs[0].template.spec.template.spec.containers[0].name",
            ]
        )
        #expect(found.map(\.mark.line) == [3, 9, 18, 18])
    }

    @Test func `problems and warnings are as many and as long as a person can read`() {
        let unknown = (0..<20_000).map { "  x\($0): 1" }.joined(separator: "\n")
        #expect(problems(of: manifest(spec: unknown)).count == 100)
        let long = String(repeating: "x", count: 1_000_000)
        let found = problems(of: manifest(replacing: "replicas: 2", with: "replicas: {\(long): \(long)}"))
        #expect(found.allSatisfy { $0.path.utf8.count < 2100 && $0.message.utf8.count < 2100 })
        #expect(problems(of: manifest(spec: "  \(long): 1")).allSatisfy { $0.path.utf8.count < 2100 })
        let jobs = (0..<2000).map {
            "  - {name: w, template: {spec: {template: {spec: {containers: [], os: 1}}}}} #\($0)"
        }
        #expect(problems(of: baseManifest + jobs.joined(separator: "\n")).count == 100)
    }

    private func twoJobs(second fields: String) -> String {
        let lines = [
            "  - \(fields)", "    template:", "      spec:", "        template:", "          spec:",
            "            containers:",
            "            - {name: main, command: [\"true\"]}", "",
        ]
        return baseManifest + lines.joined(separator: "\n")
    }
}
