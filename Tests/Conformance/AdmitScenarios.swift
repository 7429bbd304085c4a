import AtollJobSet
import AtollModel
import AtollTestSupport
import AtollYAML
import Testing

private let jobPath = "spec.replicatedJobs[0]"
private let rulesPath = "spec.failurePolicy.rules"

struct AdmitScenarios {
    static let verdicts: Verdicts = [
        "ADMIT-18": .notApplicable("there are no gates: the actions are on"),
        "ADMIT-37d": .differs(.selfDependency),
        "ADMIT-38d": .differs(.brokenPattern),
    ]

    // MARK: Sizes

    @Test func `ADMIT-01: a JobSet without any ReplicatedJob is accepted`() {
        #expect(JobSet.example("js", []).problems.isEmpty)
    }

    @Test func `ADMIT-02: no replicas are accepted`() {
        #expect(Manifest(job: "replicas: 0").problems.isEmpty)
    }

    @Test func `ADMIT-03: fewer than no replicas are refused`() {
        #expect(Manifest(job: "replicas: -1").problems.isJust("\(jobPath).replicas", "greater than or equal to 0"))
    }

    @Test func `ADMIT-04: more pods than a 32-bit number holds are refused`() {
        let problems = Manifest(job: "replicas: 2147483647", template: "completions: 2, parallelism: 2").problems
        #expect(problems.isJust("\(jobPath).replicas", "must not exceed 2147483647 for replicatedJob 'w'"))
    }

    @Test func `ADMIT-05: as many pods as a 32-bit number holds are accepted`() {
        #expect(Manifest(job: "replicas: 2147483647", template: "completions: 1, parallelism: 1").problems.isEmpty)
    }

    // MARK: Names

    @Test func `ADMIT-06: a success policy can target only what there is`() {
        let problems = Manifest(spec: "successPolicy: {operator: All, targetReplicatedJobs: [w, ghost]}").problems
        #expect(
            problems.isJust("spec.successPolicy.targetReplicatedJobs[1]", "invalid replicatedJob name 'ghost' does not")
        )
    }

    @Test func `ADMIT-07: a subdomain of 64 letters is too long`() {
        let problems = Manifest(spec: "network: {subdomain: \(letters(64))}").problems
        #expect(problems.isJust("spec.network.subdomain", "is too long, must be less than 63 characters"))
        #expect(Manifest(spec: "network: {subdomain: \(letters(63))}").problems.isEmpty)
    }

    @Test func `ADMIT-08: a JobSet's name must do for its jobs`() {
        for name in ["my.jobs", "1st", "my_jobs"] {
            #expect(Manifest(name: name).problems.tells("\(jobPath).name", "a DNS-1035 label must consist of"))
        }
    }

    @Test func `ADMIT-09: a group's name must be a label`() {
        #expect(Manifest(job: "groupName: No_1").problems.isJust("\(jobPath).groupName", "a DNS-1035 label"))
    }

    @Test func `ADMIT-10: names of jobs are limited`() {
        let template = "completionMode: NonIndexed, completions: 1"
        #expect(Manifest(name: letters(59), template: template).problems.isEmpty)
        let problems = Manifest(name: letters(60), template: template).problems
        #expect(problems.isJust("\(jobPath).name", "job names generated for this JobSet will exceed 63 characters"))
    }

    @Test func `ADMIT-11: names of an Indexed job's pods are limited`() {
        #expect(Manifest(name: letters(51), template: "completions: 1").problems.isEmpty)
        let problems = Manifest(name: letters(52), template: "completions: 1").problems
        #expect(problems.isJust("\(jobPath).name", "pod names generated for this JobSet will exceed 63 characters"))
    }

    @Test func `ADMIT-12: a name that is to be generated is checked at its full length`() {
        func problems(_ base: String) -> [String] {
            Admission.problems(in: Manifest().text.replacing("{name: js}", with: "{generateName: \(base)}"))
        }
        #expect(problems("js-").isEmpty && problems(letters(46)).isEmpty)
        let words = "job names generated for this JobSet will exceed 63 characters"
        #expect(problems(letters(58)).tells("\(jobPath).name", words))
        #expect(problems(letters(64)).tells("\(jobPath).name", words))
    }

    @Test func `ADMIT-13: a manager has a domain and a path, and no more than 63 characters`() {
        #expect(Manifest(spec: "managedBy: queue").problems.isJust("spec.managedBy", "must be a domain-prefixed path"))
        let long = "acme.io/\(letters(56))"
        #expect(Manifest(spec: "managedBy: \(long)").problems.isJust("spec.managedBy", "may not be more than 63 bytes"))
        #expect(Manifest(spec: "managedBy: acme.io/queue").problems.isEmpty)
        #expect(Manifest().problems.isEmpty)
    }

    // MARK: Failure policy

    @Test func `ADMIT-14: a rule's name is checked, and given once`() {
        let names = ["''": "of length 0", letters(129): "of length 129", "1st": "'1st'", "'last,'": "'last,'"]
        for (name, words) in names {
            #expect(rules("name: \(name), action: FailJobSet").isJust("\(rulesPath)[0].name", words))
        }
        let twice = rules("name: a, action: FailJobSet}, {name: a, action: RestartJobSet")
        #expect(twice.isJust("\(rulesPath)[1]", "rules with indices [0 1] all have the same name 'a'"))
    }

    @Test func `ADMIT-15: a rule with a good name and a target is accepted`() {
        #expect(rules("name: 'a_B,1:2_', action: FailJobSet, targetReplicatedJobs: [w]").isEmpty)
    }

    @Test func `ADMIT-16: only reasons of Jobs can be matched`() {
        let problems = rules("action: FailJobSet, onJobFailureReasons: [BackoffLimitExceeded, OutOfMemory]")
        #expect(
            problems.isJust("\(rulesPath)[0].onJobFailureReasons[1]", "invalid job failure reason 'OutOfMemory' in")
        )
    }

    @Test func `ADMIT-17: a rule can target only what there is`() {
        let problems = rules("action: FailJobSet, targetReplicatedJobs: [ghost]")
        #expect(problems.isJust("\(rulesPath)[0].targetReplicatedJobs[0]", "'ghost' in failure policy does not appear"))
    }

    @Test(arguments: ["RestartJob", "RestartJobAndIgnoreMaxRestarts"])
    func `ADMIT-18: actions on single jobs need no gate`(action: String) {
        #expect(rules("action: \(action)").isEmpty)
    }

    @Test(arguments: ["RestartJob", "RestartJobAndIgnoreMaxRestarts"])
    func `ADMIT-19: restarts of single jobs are counted for 1024 at most`(action: String) {
        let policy = "failurePolicy: {rules: [{action: \(action)}]}"
        #expect(Manifest(spec: policy, job: "replicas: 1024").problems.isEmpty)
        #expect(Manifest(spec: policy, job: "replicas: 1025").problems.isJust("\(jobPath).replicas", "replicas > 1024"))
    }

    @Test func `ADMIT-20: restart in place needs no gate`() {
        let template = "backoffLimit: 2147483647, podReplacementPolicy: Failed, completions: 1, parallelism: 1"
        #expect(inPlace(template).isEmpty)
    }

    @Test func `ADMIT-21: jobs that restart in place have no limit of failures, and all of their pods at once`() {
        let path = "\(jobPath).template.spec"
        let limit = "backoffLimit: 2147483647"
        let both = "completions: 2, parallelism: 2"
        let failed = "podReplacementPolicy: Failed"
        #expect(inPlace("\(both), \(failed)").isJust("\(path).backoffLimit", "must be set to 2147483647 (MaxInt32)"))
        #expect(inPlace("\(both), \(limit)").isJust("\(path).podReplacementPolicy", "must be set to Failed"))
        for size in ["completions: 2, parallelism: 1", "parallelism: 1", "completions: 1"] {
            let problems = inPlace("\(limit), \(failed), \(size)")
            #expect(problems.tells("\(path).completions", "completions and parallelism must be set and equal"))
        }
    }

    private func rules(_ first: String) -> [String] {
        Manifest(spec: "failurePolicy: {rules: [{\(first)}]}").problems
    }

    private func inPlace(_ template: String) -> [String] {
        Manifest(spec: "failurePolicy: {restartStrategy: InPlaceRestart}", template: template).problems
    }

    // MARK: Coordinator

    @Test func `ADMIT-22: the coordinator must be a pod that there is`() {
        let path = "spec.coordinator"
        let both = "completions: 2, parallelism: 2"
        #expect(coordinator("replicatedJob: x", both).isJust("\(path).replicatedJob", "replicatedJob x does not exist"))
        #expect(coordinator("replicatedJob: w", "").isJust(path, "completions number must be set"))
        #expect(coordinator("replicatedJob: w, jobIndex: 1", both).isJust("\(path).jobIndex", "job index 1 is invalid"))
        #expect(coordinator("replicatedJob: w, podIndex: 2", both).isJust("\(path).podIndex", "pod index 2 is invalid"))
        #expect(coordinator("replicatedJob: w, podIndex: 1", both).isEmpty)
    }

    @Test func `ADMIT-23: the coordinator's address must fit a label`() {
        let pod = "coordinator: {replicatedJob: w}"
        let words = "spec will lead to invalid label value"
        let template = "completions: 1"
        #expect(Manifest(name: letters(30), spec: pod, template: template).problems.isJust("spec.coordinator", words))
        let subdomain = "\(pod), network: {subdomain: \(letters(60))}"
        #expect(Manifest(spec: subdomain, template: template).problems.isJust("spec.coordinator", words))
        var jobSet = JobSet.example("js", [.example(letters(48))])
        jobSet.spec.network.subdomain = letters(8)
        #expect(jobSet.problems.isEmpty)
        jobSet.spec.coordinator = CoordinatorPod(replicatedJob: letters(48))
        #expect(jobSet.problems.isJust("spec.coordinator", words))
    }

    private func coordinator(_ pod: String, _ template: String) -> [String] {
        Manifest(spec: "coordinator: {\(pod)}", template: template).problems
    }

    // MARK: Dependencies

    @Test(arguments: [[[], [0], [0]], [[], [0], [1]], [[], [], [0, 1]]])
    func `ADMIT-24: jobs may depend on earlier ones`(targets: [[Int]]) {
        #expect(jobSet(dependingOn: targets).problems.isEmpty)
    }

    @Test func `ADMIT-25: jobs may not depend on later or unknown ones`() {
        let later = jobSet(dependingOn: [[], [2], []]).problems
        #expect(later.isJust("spec.replicatedJobs[1].dependsOn[0].name", "j1 cannot depend on replicatedJob: j2"))
        let mixed = jobSet(dependingOn: [[], [2, 0], []]).problems
        #expect(mixed.isJust("spec.replicatedJobs[1].dependsOn[0].name", "j1 cannot depend on replicatedJob: j2"))
        let unknown = jobSet(dependingOn: [[], [7], []]).problems
        #expect(unknown.isJust("spec.replicatedJobs[1].dependsOn[0].name", "j1 cannot depend on replicatedJob: j7"))
    }

    @Test func `ADMIT-26: the first job cannot depend on any`() {
        #expect(
            jobSet(dependingOn: [[1], []]).problems.isJust(
                "\(jobPath).dependsOn",
                "DependsOn can't be set for the first"
            )
        )
    }

    @Test func `ADMIT-27: a dependency is on Ready or Complete`() {
        let text = jobSet(dependingOn: [[], [0]]).node.jsonText().replacing("\"Ready\"", with: "\"Running\"")
        let path = "spec.replicatedJobs[1].dependsOn[0].status"
        #expect(Admission.problems(in: text).isJust(path, "supported values: \"Ready\", \"Complete\""))
    }

    @Test func `ADMIT-28: dependencies go with AnyOrder and not with InOrder`() {
        var jobSet = jobSet(dependingOn: [[], [0]])
        #expect(jobSet.problems.isEmpty)
        jobSet.spec.startupOrder = .inOrder
        #expect(jobSet.problems.isJust("spec.startupPolicy", "StartupPolicy and DependsOn APIs are mutually exclusive"))
    }

    /// Jobs `j0`, `j1`, ..., each with the numbers of those it depends on.
    private func jobSet(dependingOn targets: [[Int]]) -> JobSet {
        .example(
            "js",
            targets.enumerated().map { number, targets in
                .example("j\(number)", dependsOn: targets.map { Dependency(name: "j\($0)", status: .ready) })
            }
        )
    }

    // MARK: Derived

    @Test func `ADMIT-36d: two jobs of one name are refused`() {
        let jobSet = JobSet.example("js", [.example("a"), .example("a")])
        #expect(jobSet.problems.isJust("spec.replicatedJobs[1]", "Duplicate value: {\"name\":\"a\"}"))
    }

    @Test func `ADMIT-37d: a job that depends on itself is refused`() {
        let problems = jobSet(dependingOn: [[], [1]]).problems
        #expect(problems.isJust("spec.replicatedJobs[1].dependsOn[0].name", "j1 cannot depend on replicatedJob: j1"))
    }

    @Test func `ADMIT-38d: a pattern that cannot be read is refused`() {
        let problems = rules("action: FailJobSet, onJobFailureMessagePatterns: ['a', '(']")
        #expect(problems.isJust("\(rulesPath)[0].onJobFailureMessagePatterns[1]", "not a regular expression"))
    }

    private func letters(_ count: Int) -> String { String(repeating: "a", count: count) }
}
