import AtollJobSet
import AtollModel
import AtollTestSupport
import AtollYAML
import Testing

private let jobsPath = "spec.replicatedJobs"

struct UpdateScenarios {
    static let verdicts: Verdicts = [
        "UPDATE-05": .differs(.podFields),
        "UPDATE-06": .differs(.podFields),
        "UPDATE-14d": .differs(.policyAdded),
    ]

    private let running = JobSet.example("js", [.example("a"), .example("b", replicas: 3)])

    private var suspended: JobSet { changed(running) { $0.suspend = true } }

    private func changed(_ jobSet: JobSet, _ change: (inout JobSetSpec) -> Void) -> JobSet {
        var jobSet = jobSet
        change(&jobSet.spec)
        return jobSet
    }

    /// What an update to this spec is refused for.
    private func problems(of old: JobSet, _ change: (inout JobSetSpec) -> Void) -> [String] {
        changed(old, change).problems(updating: old)
    }

    private static func editTemplate(_ spec: inout JobSetSpec) {
        spec.replicatedJobs[1].template.pod.labels["team"] = "blue"
        spec.replicatedJobs[1].template.pod.annotations["note"] = "moved"
        spec.replicatedJobs[1].template.pod.nodeSelector["pool"] = "spot"
        let tolerations = YAMLNode.list([.map([("operator", .string("Exists"))])])
        spec.replicatedJobs[1].template.pod.ignored = [YAMLPair(key: "tolerations", value: tolerations)]
    }

    @Test func `UPDATE-01: a JobSet can be suspended and resumed`() {
        #expect(suspended.problems(updating: running).isEmpty)
        #expect(running.problems(updating: suspended).isEmpty)
    }

    @Test func `UPDATE-02: labels of the JobSet may change`() {
        var new = running
        new.metadata.labels["team"] = "blue"
        #expect(new.problems(updating: running).isEmpty)
    }

    @Test func `UPDATE-03: while suspended, a node selector may be added`() {
        #expect(problems(of: suspended) { $0.replicatedJobs[0].template.pod.nodeSelector = ["pool": "spot"] }.isEmpty)
    }

    @Test func `UPDATE-04: while running, none may`() {
        let problems = problems(of: running) { $0.replicatedJobs[0].template.pod.nodeSelector = ["pool": "spot"] }
        #expect(problems.isJust(jobsPath, "field is immutable"))
    }

    @Test(arguments: ["hostname", "subdomain"])
    func `UPDATE-05: a pod's own name cannot be set, neither later nor at first`(field: String) {
        let path = "\(jobsPath)[0].template.spec.template.spec.\(field)"
        #expect(Manifest(pod: "\(field): mine").problems.isJust(path, "not supported"))
    }

    @Test func `UPDATE-06: while suspended, pods may be sent elsewhere, but there are no gates to hold them`() {
        #expect(problems(of: suspended, Self.editTemplate).isEmpty)
        let path = "\(jobsPath)[0].template.spec.template.spec.schedulingGates"
        #expect(Manifest(pod: "schedulingGates: [{name: acme.io/hold}]").problems.isJust(path, "use spec.suspend"))
    }

    @Test func `UPDATE-07: they may be in the update that suspends, too`() {
        let problems = problems(of: running) {
            $0.suspend = true
            Self.editTemplate(&$0)
        }
        #expect(problems.isEmpty)
    }

    @Test func `UPDATE-08: while running, annotations of pods may not change`() {
        let problems = problems(of: running) { $0.replicatedJobs[0].template.pod.annotations = ["note": "moved"] }
        #expect(problems.isJust(jobsPath, "field is immutable"))
    }

    @Test func `UPDATE-09: policies and dependencies may not change, running or suspended`() {
        for old in [running, suspended] {
            let success = problems(of: old) { $0.successPolicy.operator = .any }
            #expect(success.isJust("spec.successPolicy", "Value is immutable"))
            let limited = changed(old) { $0.failurePolicy = FailurePolicy(maxRestarts: 3) }
            let failure = problems(of: limited) { $0.failurePolicy?.maxRestarts = 21 }
            #expect(failure.isJust("spec.failurePolicy", "Value is immutable"))
            let order = problems(of: old) { $0.replicatedJobs[1].dependsOn = [Dependency(name: "a", status: .ready)] }
            #expect(order.isJust(jobsPath, "field is immutable"))
            let claiming = changed(old) { $0.volumeClaimPolicies = [.example("data", .delete)] }
            let claims = problems(of: claiming) { $0.volumeClaimPolicies[0].whenDeleted = .retain }
            #expect(claims.isJust("spec.volumeClaimPolicies", "Value is immutable"))
        }
    }

    @Test func `UPDATE-10: no manager may be named later`() {
        #expect(problems(of: suspended) { $0.managedBy = "acme.io/queue" }.isJust("spec.managedBy", "is immutable"))
    }

    @Test func `UPDATE-11: a job may not be renamed`() {
        for old in [running, suspended] {
            #expect(problems(of: old) { $0.replicatedJobs[0].name = "c" }.isJust(jobsPath, "field is immutable"))
        }
    }

    @Test func `UPDATE-12: no job may be added, not even while suspended`() {
        let problems = problems(of: suspended) { $0.replicatedJobs.append(.example("c")) }
        #expect(problems.isJust(jobsPath, "field is immutable"))
    }

    @Test func `UPDATE-13: jobs that swap places and grow are refused for being immutable, and for that alone`() {
        let problems = problems(of: running) {
            $0.replicatedJobs.swapAt(0, 1)
            $0.replicatedJobs[0].template.completions = 2
            $0.replicatedJobs[0].template.parallelism = 2
        }
        #expect(problems.isJust(jobsPath, "field is immutable"))
    }

    @Test func `UPDATE-14d: no failure policy may be added later`() {
        let problems = problems(of: running) { $0.failurePolicy = FailurePolicy(maxRestarts: 1) }
        #expect(problems.isJust("spec.failurePolicy", "Value is immutable"))
    }
}
