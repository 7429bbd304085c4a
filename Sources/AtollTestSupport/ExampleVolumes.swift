public import AtollJobSet
import AtollModel

extension ReplicatedJob {
    /// The same with a mount of each volume in its container.
    public func mounting(_ volumes: String...) -> ReplicatedJob {
        var job = self
        job.template.pod.containers[0].spec.mounts += volumes.map { VolumeMount(volume: $0, path: "/\($0)") }
        return job
    }
}

extension VolumeClaimPolicy {
    /// One claim of this name.
    public static func example(_ name: String, _ whenDeleted: Retention) -> VolumeClaimPolicy {
        VolumeClaimPolicy(templates: [VolumeClaimTemplate(name: name)], whenDeleted: whenDeleted)
    }
}

extension PodTemplate {
    /// One container that mounts these volumes.
    public static func example(mounting volumes: [String]) -> PodTemplate {
        let mounts = volumes.map { VolumeMount(volume: $0, path: "/\($0)") }
        let container = ContainerSpec(name: "main", command: ["train"], mounts: mounts)
        return PodTemplate(restartPolicy: .never, containers: [Container(spec: container)])
    }
}
