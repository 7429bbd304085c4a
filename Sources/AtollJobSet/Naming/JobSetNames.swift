import AtollModel

/// Names that follow from a JobSet. Source: semantics of a.4.
public enum JobSetNames {
    /// `<jobset>-<replicated job>-<job index>`
    public static func job(_ jobSet: String, _ replicatedJob: String, _ jobIndex: some BinaryInteger) -> String {
        "\(jobSet)-\(replicatedJob)-\(jobIndex)"
    }

    /// `<job>-<pod index>`, the host name of an Indexed job's pod and the start of its name.
    public static func podHostname(job: String, podIndex: some BinaryInteger) -> String { "\(job)-\(podIndex)" }
}

extension JobSet {
    /// The domain of the pods' short names: `spec.network.subdomain`, else the JobSet's name.
    public var subdomain: String { spec.network.subdomain ?? metadata.name.name }

    public func jobName(_ replicatedJob: String, _ jobIndex: some BinaryInteger) -> String {
        JobSetNames.job(metadata.name.name, replicatedJob, jobIndex)
    }

    /// `<host name>.<subdomain>` of the pod that `spec.coordinator` names; nil without one.
    public var coordinatorEndpoint: String? {
        spec.coordinator.map { pod in
            let job = jobName(pod.replicatedJob, pod.jobIndex)
            return JobSetNames.podHostname(job: job, podIndex: pod.podIndex) + "." + subdomain
        }
    }
}
