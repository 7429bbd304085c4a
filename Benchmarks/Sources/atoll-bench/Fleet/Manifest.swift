import AtollCore
import AtollJobSet
import AtollYAML

/// The JobSets that the benchmarks apply, as YAML of the kind that users write.
struct Manifest {
    var name: String
    var jobs: Int
    var podsPerJob: Int
    /// False: pods share hosts with others.
    var isExclusive = true
    var devicesPerPod = 8
    /// True: only the first job starts, the others wait for its end with their islands held.
    var holdsBackAllButOne = false
    var wantsHostNames = true
    var restartsInPlace = false
    var resource = "nvidia.com/gpu"
    var command = ["python3", "train.py", "--steps", "1000"]

    /// One pod that shares its host.
    static func single(_ name: String) -> Manifest {
        Manifest(name: name, jobs: 1, podsPerJob: 1, isExclusive: false, devicesPerPod: 1)
    }

    /// As the coordinator takes it from a client: decoded, defaulted, valid.
    func application() throws -> JobSetApplication {
        guard let decoded = try JobSetManifest.parse(text: yaml, source: name, defaultNamespace: "default").first else {
            throw BenchError("the manifest of \(name) is empty")
        }
        return JobSetApplication(jobSet: decoded.jobSet, manifest: decoded.jobSet.node.jsonText(pretty: false))
    }

    var yaml: String {
        let first = holdsBackAllButOne ? replicatedJob("first", replicas: 1, after: nil) : ""
        let rest = replicatedJob(
            "workers",
            replicas: holdsBackAllButOne ? jobs - 1 : jobs,
            after: holdsBackAllButOne ? "first" : nil
        )
        return """
            apiVersion: jobset.x-k8s.io/v1alpha2
            kind: JobSet
            metadata:
              name: \(name)
            \(isExclusive ? "  annotations: {alpha.jobset.sigs.k8s.io/exclusive-topology: \(Fleet.islandKey)}" : "")
            spec:
              network: {enableDNSHostnames: \(wantsHostNames)}
              failurePolicy: {maxRestarts: 1000, restartStrategy: \(restartsInPlace ? "InPlaceRestart" : "Recreate")}
              replicatedJobs:

            """ + first + rest
    }

    /// Without it a container that fails takes its pod with it, which is replaced after a back-off of 10 s.
    private static let restartRule = """
                      restartPolicy: Never
                      restartPolicyRules: [{action: Restart, exitCodes: {operator: NotIn, values: [0]}}]
        """

    private func replicatedJob(_ name: String, replicas: Int, after other: String?) -> String {
        """
          - name: \(name)
            replicas: \(replicas)
            dependsOn: [\(other.map { "{name: \($0), status: Complete}" } ?? "")]
            template:
              spec:
                completionMode: Indexed
                parallelism: \(podsPerJob)
                completions: \(podsPerJob)
                podReplacementPolicy: Failed
                backoffLimit: \(restartsInPlace ? Int(Int32.max) : 0)
                template:
                  spec:
                    restartPolicy: Never
                    containers:
                    - name: main
                      image: example
                      command: \(command)
                      env: [{name: NCCL_DEBUG, value: WARN}]
                      resources: {limits: {\(resource): \(devicesPerPod)}}
        \(restartsInPlace ? Self.restartRule : "")

        """
    }
}
