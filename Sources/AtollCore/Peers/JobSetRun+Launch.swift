import AtollJobSet
import AtollModel

extension JobSetRun {
    /// All that an agent needs to know to start pods of one job.
    func launch(of position: JobPosition, id: JobID, claims: VolumeClaims) -> JobLaunch {
        let replicated = spec.replicatedJobs[position.replicatedJob]
        let template = replicated.template
        let job = self[position].current
        let labels = labels(of: job, at: position)
        let group = group(of: position)
        return JobLaunch(
            job: id,
            jobSet: name,
            jobSetUID: jobSet.metadata.uid,
            jobName: jobName(position),
            replicatedJob: replicated.name,
            jobIndex: UInt32(position.index),
            replicas: UInt32(replicated.replicas),
            podCount: UInt32(template.podCount),
            indexed: template.completionMode == .indexed,
            worldSize: UInt32(group.size),
            firstRank: UInt32(group.first),
            masterName: masterName(of: position),
            subdomain: subdomain,
            hostNetwork: template.pod.hostNetwork,
            terminationGrace: .seconds(template.pod.terminationGracePeriodSeconds),
            labels: template.pod.labels.merging(labels),
            annotations: template.pod.annotations.merging(labels).merging(annotations(of: job, at: position)),
            deviceVendor: PlacementRequest.DeviceNeed(template.pod)?.vendor,
            restartPolicy: template.restartPolicy,
            restartsMax: template.restartsMax,
            volumes: volumes(ofReplicatedJob: position.replicatedJob, in: claims),
            initContainers: containers(template.pod.initContainers, template.pod.initContainersWithoutAgent),
            containers: containers(template.pod.containers, template.pod.containersWithoutAgent)
        )
    }

    /// Of a JobSet that restarts in place without JobSet's own agent: the pod's supervisor is that agent.
    private func containers(_ all: [Container], _ withoutAgent: [ContainerSpec]) -> [ContainerSpec] {
        spec.restartsInPlace ? withoutAgent : all.map(\.spec)
    }

    /// Pods of the job's group (`groupName`) and how many of them come before this job's: what ranks are counted in.
    private func group(of position: JobPosition) -> (size: Int, first: Int) {
        let name = spec.replicatedJobs[position.replicatedJob].groupName
        var size = 0
        var first = 0
        for (number, job) in spec.replicatedJobs.enumerated() where job.groupName == name {
            if number < position.replicatedJob { first += Int(job.replicas) * job.template.podCount }
            if number == position.replicatedJob { first += position.index * job.template.podCount }
            size += Int(job.replicas) * job.template.podCount
        }
        return (size, first)
    }

    /// The JobSet's coordinator where it names one, else pod 0 of the group's first job.
    private func masterName(of position: JobPosition) -> String {
        if let endpoint = jobSet.coordinatorEndpoint { return endpoint }
        let group = spec.replicatedJobs[position.replicatedJob].groupName
        let first = spec.replicatedJobs.first { $0.groupName == group } ?? spec.replicatedJobs[position.replicatedJob]
        let host = JobSetNames.podHostname(job: jobSet.jobName(first.name, 0), podIndex: 0)
        return subdomain.isEmpty ? host : "\(host).\(subdomain)"
    }
}

extension JobSpec {
    fileprivate var restartPolicy: RestartPolicy {
        switch pod.restartPolicy {
        case .never: .never
        case .onFailure: .onFailure
        }
    }

    /// The Job API counts restarts of containers against `backoffLimit`, one at least, and fails the job when there are
    /// as many. It does not where the pod's policy is Never: only containers that ask for it are restarted then.
    fileprivate var restartsMax: UInt32 {
        switch pod.restartPolicy {
        case .onFailure: UInt32(max(backoffLimit, 1) - 1)
        case .never: (pod.initContainers + pod.containers).contains { $0.spec.restartPolicy != nil } ? .max : 0
        }
    }
}
