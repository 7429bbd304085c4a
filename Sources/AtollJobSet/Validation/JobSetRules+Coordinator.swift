extension JobSetRules {
    /// Only the first rule that is broken is told: the later ones build on it.
    mutating func checkCoordinator() {
        guard let pod = spec.coordinator else { return }
        let path = FieldPath("spec", "coordinator")
        let name = pod.replicatedJob
        guard let index = spec.replicatedJobs.firstIndex(where: { $0.name == name }) else {
            return findings.refuse(path.field("replicatedJob"), "coordinator replicatedJob \(name) does not exist")
        }
        let replicatedJob = spec.replicatedJobs[index]
        guard pod.jobIndex >= 0, pod.jobIndex < replicatedJob.replicas else {
            let message = "coordinator job index \(pod.jobIndex) is invalid for replicatedJob \(name)"
            return findings.refuse(path.field("jobIndex"), message)
        }
        let job = replicatedJob.template
        let completionsPath = Self.replicatedJobsPath.index(index).field("template", "spec", "completions")
        // JobSet looks before the Job API has set its default, and wants the number written.
        guard job.completionMode == .indexed, let completions = job.completions, !findings.isLeftOut(completionsPath)
        else {
            let message = "job for coordinator pod must be indexed completion mode, and completions number must be set"
            return findings.refuse(path, message)
        }
        guard pod.podIndex >= 0, pod.podIndex < completions else {
            let message = "coordinator pod index \(pod.podIndex) is invalid for replicatedJob \(name)"
            return findings.refuse(path.field("podIndex"), "\(message) job index \(pod.jobIndex)")
        }
        checkEndpoint(at: path)
    }

    private mutating func checkEndpoint(at path: FieldPath) {
        guard let endpoint = jobSet.coordinatorEndpoint else { return }
        let messages = NameRules.labelValue(endpoint)
        guard !messages.isEmpty else { return }
        findings.refuse(
            path,
            """
            spec will lead to invalid label value "\(endpoint)" for coordinator label "\(JobSetKeys.coordinator)" \
            (long JobSet / ReplicatedJob / SubDomain name?): \(messages.joined(separator: ", "))
            """
        )
    }
}
