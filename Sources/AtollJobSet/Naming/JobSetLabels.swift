public import AtollModel

/// What JobSet writes, as labels and as annotations alike, onto each child job and its pods.
public enum JobSetLabels {
    /// JobSet's own pairs for one child job; they win over equal keys of the template.
    ///
    /// - Parameters:
    ///   - replicatedJob: index in `spec.replicatedJobs`; must exist.
    ///   - jobIndex: 0..<replicas.
    ///   - restartAttempt: `status.restarts` when the job is created.
    ///   - jobRestartAttempt: restarts of this job alone.
    public static func forJob(
        of jobSet: JobSet,
        replicatedJob index: Int,
        jobIndex: Int32,
        restartAttempt: Int32,
        jobRestartAttempt: Int32 = 0
    ) -> Labels {
        let all = jobSet.spec.replicatedJobs
        let replicatedJob = all[index]
        let group = all.indices.filter { all[$0].groupName == replicatedJob.groupName }
        let jobName = jobSet.jobName(replicatedJob.name, jobIndex)
        var labels: Labels = [
            JobSetKeys.jobSetName: jobSet.metadata.name.name,
            JobSetKeys.jobSetUID: jobSet.metadata.uid.text,
            JobSetKeys.replicatedJobName: replicatedJob.name,
            JobSetKeys.replicatedJobReplicas: String(replicatedJob.replicas),
            JobSetKeys.restartAttempt: String(restartAttempt),
            JobSetKeys.jobRestartAttempt: String(jobRestartAttempt),
            JobSetKeys.globalReplicas: String(replicas(all[...])),
            JobSetKeys.jobIndex: String(jobIndex),
            JobSetKeys.jobGlobalIndex: String(replicas(all[..<index]) + Int(jobIndex)),
            JobSetKeys.jobKey: jobKey(namespace: jobSet.metadata.name.namespace, job: jobName),
            JobSetKeys.groupName: replicatedJob.groupName,
            JobSetKeys.groupReplicas: String(replicas(group.map { all[$0] })),
            JobSetKeys.jobGroupIndex: String(replicas(group.prefix { $0 < index }.map { all[$0] }) + Int(jobIndex)),
        ]
        if let endpoint = jobSet.coordinatorEndpoint { labels[JobSetKeys.coordinator] = endpoint }
        return labels
    }

    /// Annotations only: how the job is placed, as the JobSet says it and its ReplicatedJob overrides it.
    public static func placementAnnotations(of jobSet: JobSet, replicatedJob index: Int) -> Labels {
        var annotations: Labels = [:]
        for level in [jobSet.metadata.annotations, jobSet.spec.replicatedJobs[index].annotations] {
            guard let topology = level[JobSetKeys.exclusiveTopology] else { continue }
            annotations[JobSetKeys.exclusiveTopology] = topology
            if let strategy = level[JobSetKeys.nodeSelectorStrategy] {
                annotations[JobSetKeys.nodeSelectorStrategy] = strategy
            }
        }
        return annotations
    }

    /// SHA-1 of `<namespace>/<job>` in lower-case hexadecimal.
    public static func jobKey(namespace: String, job: String) -> String { SHA1.hexDigest("\(namespace)/\(job)".utf8) }

    private static func replicas(_ replicatedJobs: some Sequence<ReplicatedJob>) -> Int {
        replicatedJobs.reduce(0) { $0 + Int($1.replicas) }
    }
}
