import AtollModel

extension JobSetRules {
    /// Rules of the Job API. JobSet admits a template that breaks them, and then no job of it can ever be created.
    mutating func checkTemplate(_ replicatedJob: ReplicatedJob, at path: FieldPath) {
        let template = path.field("template")
        checkLabels(replicatedJob.labels, at: template.field("metadata", "labels"))
        checkAnnotations(replicatedJob.annotations, at: template.field("metadata", "annotations"))
        checkCompletions(replicatedJob.template, at: template.field("spec"))
        checkIndexFailures(replicatedJob.template, at: template.field("spec"))
        checkPodFailurePolicy(replicatedJob.template, at: template.field("spec"))
        checkJobSuccessPolicy(replicatedJob.template, at: template.field("spec"))
        checkExclusivePlacement(replicatedJob, at: template.field("spec", "completionMode"))
        checkPod(replicatedJob.template.pod, at: template.field("spec", "template"))
    }

    private mutating func checkCompletions(_ job: JobSpec, at path: FieldPath) {
        guard job.completionMode == .indexed else { return }
        if job.completions == nil {
            findings.refuse(path.field("completions"), "Required value: when completion mode is Indexed")
        }
        if job.parallelism > 100_000 {
            let message = "must be less than or equal to 100000 when completion mode is Indexed"
            findings.refuse(path.field("parallelism"), value: "\(job.parallelism)", message)
        }
    }

    /// JobSet's followers are told from leaders by the completion index, so without one no pod would ever be created.
    private mutating func checkExclusivePlacement(_ replicatedJob: ReplicatedJob, at path: FieldPath) {
        guard replicatedJob.template.completionMode == .nonIndexed else { return }
        let annotations = [jobSet.metadata.annotations, replicatedJob.annotations]
        if annotations.contains(where: { $0[JobSetKeys.exclusiveTopology] != nil }) {
            findings.refuse(path, "must be Indexed with the annotation \(JobSetKeys.exclusiveTopology)")
        }
    }

    private mutating func checkPod(_ pod: PodTemplate, at path: FieldPath) {
        checkLabels(pod.labels, at: path.field("metadata", "labels"))
        checkAnnotations(pod.annotations, at: path.field("metadata", "annotations"))
        checkLabels(pod.nodeSelector, at: path.field("spec", "nodeSelector"))
        if let seconds = pod.activeDeadlineSeconds, !(1...Int64(Int32.max)).contains(seconds) {
            let message = "must be between 1 and 2147483647, inclusive"
            findings.refuse(path.field("spec", "activeDeadlineSeconds"), value: "\(seconds)", message)
        }
        let containers = path.field("spec", "containers")
        if pod.containers.isEmpty { findings.refuse(containers, "Required value") }
        let initContainers = path.field("spec", "initContainers")
        checkInitContainers(pod, at: initContainers)
        for (index, container) in pod.initContainers.enumerated() {
            check(container, of: pod, isInit: true, at: initContainers.index(index))
        }
        for (index, container) in pod.containers.enumerated() {
            check(container, of: pod, isInit: false, at: containers.index(index))
        }
        checkDevices(pod, at: path.field("spec"))
        checkVolumes(pod, at: path.field("spec"))
    }

    /// What a pod has to be told of its devices differs from vendor to vendor.
    private mutating func checkDevices(_ pod: PodTemplate, at path: FieldPath) {
        let containers =
            pod.initContainers.enumerated().map { (path.field("initContainers").index($0), $1) }
            + pod.containers.enumerated().map { (path.field("containers").index($0), $1) }
        let needs = containers.flatMap { path, container in container.devices.map { (path, $0.0) } }
        guard let first = needs.first?.1 else { return }
        for (path, name) in needs where name != first {
            findings.refuse(
                path.field("resources", "limits").key(name),
                "the pod has \(first) already; ask for one kind"
            )
        }
    }

    private mutating func check(_ container: Container, of pod: PodTemplate, isInit: Bool, at path: FieldPath) {
        checkCommand(of: container.spec, isInit: isInit, at: path)
        checkContainer(container.spec, at: path)
        checkRestarts(container.spec, at: path)
        checkActions(container.spec, grace: pod.terminationGracePeriodSeconds, at: path)
        checkPorts(container.ports, at: path.field("ports"))
    }

    private mutating func checkCommand(of container: ContainerSpec, isInit: Bool, at path: FieldPath) {
        guard container.command.first?.isEmpty != false, !replacesAgent(container, isInit: isInit, at: path) else {
            return
        }
        let message = "Required value: no image gives an entry point here; name the program to run and its arguments"
        findings.refuse(path.field("command"), message)
    }

    private mutating func checkContainer(_ container: ContainerSpec, at path: FieldPath) {
        refuse(path.field("name"), container.name, NameRules.dns1123Label(container.name))
        checkNoNUL(container.command, at: path.field("command"))
        checkNoNUL(container.args, at: path.field("args"))
        checkNoNUL([container.workingDirectory], at: path.field("workingDir"))
        if !container.workingDirectory.isEmpty, !container.workingDirectory.hasPrefix("/") {
            findings.refuse(path.field("workingDir"), value: container.workingDirectory, "must be an absolute path")
        }
        for (index, variable) in container.env.enumerated() {
            checkVariable(variable, at: path.field("env").index(index))
        }
    }

    private mutating func checkVariable(_ variable: EnvironmentVariable, at path: FieldPath) {
        refuse(path.field("name"), variable.name, NameRules.environmentName(variable.name))
        switch variable.source {
        case .value(let value): checkNoNUL([value], at: path.field("value"))
        case .field(let fieldPath):
            guard !DownwardField.isKnown(fieldPath) else { return }
            findings.refuse(
                path.field("valueFrom", "fieldRef", "fieldPath"),
                "Unsupported value: \"\(fieldPath)\": supported values: \(DownwardField.list)"
            )
        }
    }

    /// The kernel ends arguments and variables at a NUL, so what follows would silently be lost.
    private mutating func checkNoNUL(_ texts: [String], at path: FieldPath) {
        if texts.contains(where: { $0.utf8.contains(0) }) { findings.refuse(path, "must not hold a NUL character") }
    }

    mutating func checkLabels(_ labels: Labels, at path: FieldPath) {
        for (key, value) in labels {
            refuse(path.key(key), key, NameRules.qualifiedName(key))
            refuse(path.key(key), value, NameRules.labelValue(value))
        }
    }

    mutating func checkAnnotations(_ annotations: Labels, at path: FieldPath) {
        var byteCount = 0
        for (key, value) in annotations {
            refuse(path.key(key), key, NameRules.qualifiedName(key.lowercased()))
            byteCount += key.utf8.count + value.utf8.count
        }
        if byteCount > 262_144 { findings.refuse(path, "Too long: may not be more than 262144 bytes") }
        // No host has a label that is not a valid key, so such a topology could never be found.
        if let topology = annotations[JobSetKeys.exclusiveTopology] {
            refuse(path.key(JobSetKeys.exclusiveTopology), topology, NameRules.qualifiedName(topology))
        }
    }
}
