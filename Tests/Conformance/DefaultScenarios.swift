import AtollJobSet
import Testing

struct DefaultScenarios {
    static let verdicts: Verdicts = [
        "DEFAULT-06": .differs(.admissionOfTemplates)
    ]

    @Test func `DEFAULT-01: jobs are Indexed where nothing is said`() throws {
        #expect(try Manifest().decoded().spec.replicatedJobs[0].template.completionMode == .indexed)
    }

    @Test func `DEFAULT-02: NonIndexed jobs stay so`() throws {
        let jobSet = try Manifest(template: "completionMode: NonIndexed").decoded()
        #expect(jobSet.spec.replicatedJobs[0].template.completionMode == .nonIndexed)
    }

    @Test func `DEFAULT-03: host names are on, also before pods are ready, under the JobSet's name`() throws {
        let network = try Manifest().decoded().spec.network
        #expect(network.enableDNSHostnames && network.publishNotReadyAddresses && network.subdomain == nil)
    }

    @Test func `DEFAULT-04: host names may be off`() throws {
        let network = try Manifest(spec: "network: {enableDNSHostnames: false}").decoded().spec.network
        #expect(!network.enableDNSHostnames && network.publishNotReadyAddresses)
    }

    @Test(arguments: [true, false]) func `DEFAULT-05: publishing unready pods is as it was written`(flag: Bool) throws {
        let jobSet = try Manifest(spec: "network: {publishNotReadyAddresses: \(flag)}").decoded()
        #expect(jobSet.spec.network.publishNotReadyAddresses == flag)
    }

    @Test func `DEFAULT-06: pods restart OnFailure where nothing is said, and Always is refused at once`() throws {
        #expect(try Manifest().decoded().spec.replicatedJobs[0].template.pod.restartPolicy == .onFailure)
        let path = "spec.replicatedJobs[0].template.spec.template.spec.restartPolicy"
        #expect(Manifest(pod: "restartPolicy: Always").problems.isJust(path, "Unsupported value: \"Always\""))
    }

    @Test func `DEFAULT-07: all jobs must succeed where nothing is said`() throws {
        #expect(try Manifest().decoded().spec.successPolicy == SuccessPolicy(operator: .all, targetReplicatedJobs: []))
    }

    @Test func `DEFAULT-08: Any without targets stays so`() throws {
        let jobSet = try Manifest(spec: "successPolicy: {operator: Any}").decoded()
        #expect(jobSet.spec.successPolicy == SuccessPolicy(operator: .any, targetReplicatedJobs: []))
    }

    @Test func `DEFAULT-09: jobs start in any order unless told otherwise`() throws {
        #expect(try Manifest().decoded().spec.startupOrder == .anyOrder)
        let jobSet = try Manifest(spec: "startupPolicy: {startupPolicyOrder: InOrder}").decoded()
        #expect(jobSet.spec.startupOrder == .inOrder)
    }

    @Test func `DEFAULT-10: no manager is named unless it was`() throws {
        #expect(try Manifest().decoded().spec.managedBy == nil)
        #expect(try Manifest(spec: "managedBy: acme.io/queue").decoded().spec.managedBy == "acme.io/queue")
    }

    @Test func `DEFAULT-11: a rule without a name is named by its index`() throws {
        let jobSet = try Manifest(spec: "failurePolicy: {rules: [{action: FailJobSet}]}").decoded()
        #expect(jobSet.spec.failurePolicy?.rules.map(\.name) == ["failurePolicyRule0"])
    }

    @Test func `DEFAULT-12: a rule after a named one is named by its own index`() throws {
        let rules = "[{name: first, action: FailJobSet}, {action: RestartJobSet}]"
        let jobSet = try Manifest(spec: "failurePolicy: {rules: \(rules)}").decoded()
        #expect(jobSet.spec.failurePolicy?.rules.map(\.name) == ["first", "failurePolicyRule1"])
    }

    @Test func `DEFAULT-13: an empty failure policy recreates, and allows no restart`() throws {
        let policy = try Manifest(spec: "failurePolicy: {}").decoded().spec.failurePolicy
        #expect(policy == FailurePolicy(maxRestarts: 0, restartStrategy: .recreate, rules: []))
    }

    @Test func `DEFAULT-14: claims go with their JobSet where nothing is said`() throws {
        let mount = "command: [a], volumeMounts: [{name: data, mountPath: /data}]"
        for retention in ["", ", retentionPolicy: {}", ", retentionPolicy: {whenDeleted: Delete}"] {
            let claims = "volumeClaimPolicies: [{templates: [{metadata: {name: data}}]\(retention)}]"
            let jobSet = try Manifest(spec: claims, container: mount).decoded()
            #expect(jobSet.spec.volumeClaimPolicies.map(\.whenDeleted) == [.delete])
        }
    }
}
