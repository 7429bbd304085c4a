public import AtollCore
public import AtollJobSet
public import AtollModel
import AtollYAML

/// The label key by which the examples' islands are known.
public let exampleTopologyKey = "cloud.google.com/gke-nodepool"

extension ReplicatedJob {
    /// One that fails at its first failed pod, unless told otherwise.
    ///
    /// - Parameter devices: of each pod, Google TPU chips.
    public static func example(
        _ name: String = "workers",
        replicas: Int32 = 1,
        pods: Int32 = 1,
        parallelism: Int32? = nil,
        devices: UInt32 = 0,
        backoffLimit: Int32 = 0,
        nodeSelector: Labels = [:],
        dependsOn: [Dependency] = [],
        exclusiveBy key: String? = nil
    ) -> ReplicatedJob {
        var container = Container(spec: ContainerSpec(name: "main", command: ["train"]))
        if devices > 0 { container.devices[AcceleratorVendor.google.resourceName] = devices }
        var job = ReplicatedJob(
            name: name,
            replicas: replicas,
            dependsOn: dependsOn,
            template: JobSpec(
                completions: pods,
                parallelism: parallelism ?? pods,
                backoffLimit: backoffLimit,
                pod: PodTemplate(nodeSelector: nodeSelector, restartPolicy: .never, containers: [container])
            )
        )
        if let key { job.annotations[JobSetKeys.exclusiveTopology] = key }
        return job
    }
}

extension JobSetSpec {
    /// Lets all jobs restart in place, as admission wants them for that.
    public mutating func restartInPlace(maxRestarts: Int32 = 3, rules: [FailurePolicy.Rule] = []) {
        failurePolicy = FailurePolicy(maxRestarts: maxRestarts, restartStrategy: .inPlaceRestart, rules: rules)
        for number in replicatedJobs.indices {
            replicatedJobs[number].template.backoffLimit = .max
            replicatedJobs[number].template.podReplacementPolicy = .failed
        }
    }
}

extension JobSet {
    /// - Parameter exclusive: true to give each child job an island of its own.
    public static func example(
        _ name: String = "js",
        _ jobs: [ReplicatedJob] = [.example()],
        exclusive: Bool = false,
        change: (inout JobSetSpec) -> Void = { _ in }
    ) -> JobSet {
        var jobSet = JobSet(
            metadata: ObjectMetadata(name: ObjectName(name: name)),
            spec: JobSetSpec(replicatedJobs: jobs)
        )
        if exclusive { jobSet.metadata.annotations[JobSetKeys.exclusiveTopology] = exampleTopologyKey }
        change(&jobSet.spec)
        return jobSet
    }

    /// As a shell hands it to the core.
    public var application: JobSetApplication {
        JobSetApplication(jobSet: self, manifest: node.jsonText())
    }
}

extension HostFacts {
    /// A host with some chips in an island, or in none.
    public static func example(
        _ name: String,
        island: String? = nil,
        devices: Int = 4,
        address: String = "10.0.0.1"
    ) -> HostFacts {
        HostFacts(
            host: HostID(name),
            address: address,
            bootID: "boot-1",
            agentVersion: AtollVersion.current,
            labels: island.map { [exampleTopologyKey: $0] } ?? [:],
            devices: (0..<devices).map { Device(index: UInt32($0), vendor: .google, model: "v5e") }
        )
    }

    /// `count` islands of `size` hosts: `a0`, `a1`, `b0`, ... on islands `a`, `b`, ...; `b0` is at 10.0.1.0.
    public static func examples(islands count: Int, ofHosts size: Int, devices: Int = 4) -> [HostFacts] {
        let names: [String] = ["a", "b", "c", "d", "e", "f"]
        return names.prefix(count).enumerated().flatMap { number, island in
            (0..<size).map {
                .example("\(island)\($0)", island: island, devices: devices, address: "10.0.\(number).\($0)")
            }
        }
    }
}
