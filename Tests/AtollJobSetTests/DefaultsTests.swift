import AtollJobSet
import AtollModel
import AtollYAML
import Testing

struct DefaultsTests {
    @Test func `what is left out has JobSet's and the Job API's defaults`() throws {
        let text = """
            apiVersion: jobset.x-k8s.io/v1alpha2
            kind: JobSet
            metadata: {name: js, namespace: null}
            spec:
              suspend: null
              replicatedJobs:
              - name: w
                template:
                  spec:
                    template:
                      spec:
                        containers: [{name: c, command: [a]}]
            """
        let decoded = try decode(text)
        let container = Container(spec: ContainerSpec(name: "c", command: ["a"]))
        let expected = JobSet(
            metadata: ObjectMetadata(name: ObjectName(namespace: "default", name: "js")),
            spec: JobSetSpec(
                replicatedJobs: [
                    ReplicatedJob(
                        name: "w",
                        groupName: "default",
                        replicas: 1,
                        template: JobSpec(
                            completionMode: .indexed,
                            completions: 1,
                            parallelism: 1,
                            backoffLimit: 6,
                            pod: PodTemplate(
                                restartPolicy: .onFailure,
                                terminationGracePeriodSeconds: 30,
                                containers: [container]
                            )
                        )
                    )
                ],
                network: Network(enableDNSHostnames: true, subdomain: nil, publishNotReadyAddresses: true),
                successPolicy: SuccessPolicy(operator: .all),
                startupOrder: .anyOrder
            )
        )
        #expect(decoded.jobSet == expected)
        #expect(decoded.warnings.isEmpty)
    }

    @Test(
        arguments: [
            ("completions: 3", 3, 1), ("parallelism: 3\n        completionMode: NonIndexed", nil, 3),
            ("parallelism: 0\n        completions: 0", 0, 0), ("backoffLimit: 1", 1, 1),
        ] as [(String, Int32?, Int32)]
    )
    func `completions and parallelism follow the Job API`(
        fields: String,
        completions: Int32?,
        parallelism: Int32
    ) throws {
        let text = manifest(replacing: "parallelism: 2\n        completions: 2", with: fields)
        let job = try #require(try decode(text).jobSet.spec.replicatedJobs.first).template
        #expect(job.completions == completions)
        #expect(job.parallelism == parallelism)
    }

    @Test(
        arguments: [
            ("backoffLimit: 3", 3), ("completions: 2", 6), ("backoffLimitPerIndex: 1", .max),
            ("backoffLimitPerIndex: 1\n        backoffLimit: 3", 3),
        ] as [(String, Int32)]
    )
    func `a job has a limit of its own unless its indexes have`(fields: String, limit: Int32) throws {
        let text = manifest(replacing: "parallelism: 2\n        completions: 2", with: fields)
        #expect(try decode(text).jobSet.spec.replicatedJobs.first?.template.backoffLimit == limit)
    }

    @Test(
        arguments: [
            ("backoffLimit: 3", .terminatingOrFailed), ("podReplacementPolicy: Failed", .failed),
            ("podFailurePolicy: {rules: []}", .failed),
        ] as [(String, PodReplacementPolicy)]
    )
    func `failed pods are replaced as the Job API has it`(fields: String, policy: PodReplacementPolicy) throws {
        let text = manifest(replacing: "parallelism: 2", with: fields)
        #expect(try decode(text).jobSet.spec.replicatedJobs.first?.template.podReplacementPolicy == policy)
    }

    @Test func `policies have defaults only where they are given`() throws {
        #expect(try decode(baseManifest).jobSet.spec.failurePolicy == nil)
        let rules = "[{action: RestartJobSet}, {name: a, action: FailJobSet, onJobFailureMessagePatterns: [\"^x.*\"]}]"
        let policy = try decode(manifest(spec: "  failurePolicy: {rules: \(rules)}")).jobSet.spec.failurePolicy
        #expect(policy?.maxRestarts == 0)
        #expect(policy?.restartStrategy == .recreate)
        #expect(policy?.rules.map(\.name) == ["failurePolicyRule0", "a"])
        #expect(policy?.rules.last?.onJobFailureMessagePatterns == ["^x.*"])
    }

    @Test func `a JobSet without jobs is accepted, as JobSet does`() throws {
        let text = "{apiVersion: jobset.x-k8s.io/v1alpha2, kind: JobSet, metadata: {name: a.b}}"
        #expect(try decode(text).jobSet.spec.replicatedJobs.isEmpty)
    }

    @Test func `what a server wrote is accepted and left out`() throws {
        let server = """
            name: js
              uid: 0b2c
              resourceVersion: "17"
              generation: 3
              creationTimestamp: "2026-11-23T22:12:11Z"
              managedFields: [{manager: kubectl}]
            """
        let text = manifest(replacing: "name: js", with: server) + "status: {restarts: 4}\n"
        #expect(try decode(text) == decode(baseManifest))
    }
}
