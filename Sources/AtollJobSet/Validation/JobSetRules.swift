import AtollModel

/// JobSet's own rules for a defaulted JobSet, in the order of its admission webhook, with its messages.
/// Source: semantics of a.3. Where Atoll is stricter, a comment at the rule says why.
struct JobSetRules {
    /// With a name, if need be one that could be generated: all that are have its length.
    let jobSet: JobSet
    var findings: Findings
    private let isNameGenerated: Bool
    private let names: Set<String>

    init(_ jobSet: JobSet, _ findings: Findings) {
        isNameGenerated = jobSet.wantsName
        self.jobSet =
            isNameGenerated ? jobSet.named(GeneratedName.example(from: jobSet.metadata.generateName)) : jobSet
        names = Set(jobSet.spec.replicatedJobs.map(\.name))
        self.findings = findings
    }

    var spec: JobSetSpec { jobSet.spec }

    static let replicatedJobsPath = FieldPath("spec", "replicatedJobs")

    mutating func checkAll() {
        checkMetadata()
        checkFirstDependency()
        checkSubdomain()
        checkAddresses()
        checkManagedBy()
        var earlier: Set<String> = []
        for (index, replicatedJob) in spec.replicatedJobs.enumerated() {
            let path = Self.replicatedJobsPath.index(index)
            checkPodCount(replicatedJob, at: path)
            checkNames(replicatedJob, at: path)
            if index > 0 { checkDependencies(replicatedJob, earlier: earlier, at: path) }
            checkInPlaceRestart(replicatedJob, at: path)
            checkTemplate(replicatedJob, at: path)
            earlier.insert(replicatedJob.name)
        }
        checkStartupOrder()
        checkSuccessPolicy()
        checkFailurePolicy()
        checkCoordinator()
        checkVolumeClaims()
    }

    private mutating func checkMetadata() {
        let path = FieldPath("metadata")
        let name = jobSet.metadata.name
        checkName(at: path)
        refuse(path.field("namespace"), name.namespace, NameRules.dns1123Label(name.namespace))
        checkLabels(jobSet.metadata.labels, at: path.field("labels"))
        checkAnnotations(jobSet.metadata.annotations, at: path.field("annotations"))
    }

    private mutating func checkName(at path: FieldPath) {
        let metadata = jobSet.metadata
        if !metadata.generateName.isEmpty {
            // Letters follow, so that a hyphen is not its end.
            let base = metadata.generateName.last == "-" ? metadata.generateName + "a" : metadata.generateName
            refuse(path.field("generateName"), metadata.generateName, NameRules.dns1123Subdomain(base))
        }
        if metadata.name.name.isEmpty {
            findings.refuse(path.field("name"), "Required value: name or generateName is required")
        } else if !isNameGenerated {
            refuse(path.field("name"), metadata.name.name, NameRules.dns1123Subdomain(metadata.name.name))
        }
    }

    private mutating func checkFirstDependency() {
        guard let first = spec.replicatedJobs.first, !first.dependsOn.isEmpty else { return }
        let path = Self.replicatedJobsPath.index(0).field("dependsOn")
        findings.refuse(path, "DependsOn can't be set for the first ReplicatedJob")
    }

    private mutating func checkSubdomain() {
        guard let subdomain = spec.network.subdomain else { return }
        let path = FieldPath("spec", "network", "subdomain")
        if subdomain.utf8.count > 63 {
            findings.refuse(path, ".spec.network.subdomain is too long, must be less than 63 characters")
        } else {
            refuse(path, subdomain, NameRules.dns1035Label(subdomain))
        }
    }

    private mutating func checkAddresses() {
        guard !spec.network.publishNotReadyAddresses else { return }
        let path = FieldPath("spec", "network", "publishNotReadyAddresses")
        findings.ignore(path, "addresses of pods are those of their hosts, and known from the start")
    }

    private mutating func checkManagedBy() {
        guard let managedBy = spec.managedBy else { return }
        let path = FieldPath("spec", "managedBy")
        refuse(path, managedBy, NameRules.domainPrefixedPath(managedBy))
        if managedBy.utf8.count > 63 { findings.refuse(path, "Too long: may not be more than 63 bytes") }
    }

    private mutating func checkPodCount(_ replicatedJob: ReplicatedJob, at path: FieldPath) {
        let product = Int(replicatedJob.replicas) * Int(replicatedJob.template.parallelism)
        guard product > Int(Int32.max) else { return }
        findings.refuse(
            path.field("replicas"),
            """
            the product of replicas and parallelism must not exceed \(Int32.max) for replicatedJob \
            '\(replicatedJob.name)'
            """
        )
    }

    private mutating func checkNames(_ replicatedJob: ReplicatedJob, at path: FieldPath) {
        checkGroupName(replicatedJob.groupName, at: path.field("groupName"))
        // JobSet lets an empty name through and calls the jobs `<jobset>--0`; nobody means that.
        guard !replicatedJob.name.isEmpty else { return findings.refuse(path.field("name"), "Required value") }
        // What is wrong with no name has been said.
        guard !jobSet.metadata.name.name.isEmpty else { return }
        // With no replicas the longest name would end in -1; JobSet checks that, and it changes nothing.
        let job = jobSet.jobName(replicatedJob.name, max(0, replicatedJob.replicas - 1))
        checkLongest(job, of: "job", at: path.field("name"))
        guard replicatedJob.template.completionMode == .indexed, let completions = replicatedJob.template.completions
        else { return }
        let pod = JobSetNames.podHostname(job: job, podIndex: max(0, completions - 1)) + "-abcde"
        // What is wrong with the characters has been said once.
        if pod.utf8.count > 63 { checkLongest(pod, of: "pod", at: path.field("name")) }
    }

    private mutating func checkGroupName(_ groupName: String, at path: FieldPath) {
        if groupName.utf8.count > 63 {
            findings.refuse(path, ".spec.replicatedJob[].groupName is too long, must be less than 63 characters")
        } else {
            refuse(path, groupName, NameRules.dns1035Label(groupName))
        }
    }

    private mutating func checkLongest(_ name: String, of kind: String, at path: FieldPath) {
        if name.utf8.count > 63 {
            let message = "JobSet name is too long, \(kind) names generated for this JobSet will exceed 63 characters"
            findings.refuse(path, value: name, message)
        } else {
            refuse(path, name, NameRules.dns1035Label(name))
        }
    }

    /// JobSet lets a ReplicatedJob depend on itself, which then never starts; here it is refused.
    private mutating func checkDependencies(
        _ replicatedJob: ReplicatedJob,
        earlier: Set<String>,
        at path: FieldPath
    ) {
        for (index, dependency) in replicatedJob.dependsOn.enumerated() where !earlier.contains(dependency.name) {
            let here = path.field("dependsOn").index(index).field("name")
            let message = "replicatedJob: \(replicatedJob.name) cannot depend on replicatedJob: \(dependency.name)"
            findings.refuse(here, message + "; it must be an earlier one")
        }
    }

    private mutating func checkStartupOrder() {
        guard spec.startupOrder == .inOrder, spec.replicatedJobs.contains(where: { !$0.dependsOn.isEmpty }) else {
            return
        }
        findings.refuse(FieldPath("spec", "startupPolicy"), "StartupPolicy and DependsOn APIs are mutually exclusive")
    }

    private mutating func checkSuccessPolicy() {
        let path = FieldPath("spec", "successPolicy", "targetReplicatedJobs")
        for (index, name) in spec.successPolicy.targetReplicatedJobs.enumerated() where !isReplicatedJob(name) {
            let message = "invalid replicatedJob name '\(name)' does not appear in .spec.ReplicatedJobs"
            findings.refuse(path.index(index), message)
        }
    }

    func isReplicatedJob(_ name: String) -> Bool { names.contains(name) }

    mutating func refuse(_ path: FieldPath, _ value: String, _ messages: [String]) {
        for message in messages { findings.refuse(path, value: value, message) }
    }
}
