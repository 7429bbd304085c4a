import AtollModel
import AtollYAML

extension JobSet {
    /// What a live JobSet does not let change; empty when the update is allowed. Source: semantics of a.10.
    ///
    /// Mutable at any time: labels, annotations, `suspend`, `coordinator`, `ttlSecondsAfterFinished`; until it has
    /// finished, `parallelism` and `completions` of Indexed jobs, together. While the old or the new JobSet is
    /// suspended: labels, annotations, nodeSelector and tolerations of the pod templates, and the resources of their
    /// containers (KEP-1150 of JobSet).
    /// JobSet lets some policies be added to, or removed from, a live object by an oversight; here that is refused too.
    public static func updateProblems(from old: JobSet, to new: JobSet) -> [FieldProblem] {
        var update = JobSetUpdate(isFinished: !old.status.terminalState.isEmpty)
        let (old, new) = (old.spec, new.spec)
        update.require(old.network == new.network, "network", "Value is immutable")
        update.require(old.successPolicy == new.successPolicy, "successPolicy", "Value is immutable")
        update.require(old.failurePolicy == new.failurePolicy, "failurePolicy", "Value is immutable")
        update.require(old.startupOrder == new.startupOrder, "startupPolicy", "Value is immutable")
        let isSameDeadline = old.activeDeadlineSeconds == new.activeDeadlineSeconds
        update.require(isSameDeadline, "activeDeadlineSeconds", "Value is immutable")
        let hasSameClaims = old.volumeClaimPolicies == new.volumeClaimPolicies
        update.require(hasSameClaims, "volumeClaimPolicies", "Value is immutable")
        update.require(old.managedBy == new.managedBy, "managedBy", "field is immutable")
        update.checkReplicatedJobs(old, new)
        return update.findings.problems
    }
}

private struct JobSetUpdate {
    let isFinished: Bool
    var findings = Findings()

    init(isFinished: Bool) { self.isFinished = isFinished }

    mutating func require(_ isEqual: Bool, _ field: String, _ message: String) {
        guard !isEqual else { return }
        findings.refuse(FieldPath("spec", field), "\(message); delete the JobSet and apply it again")
    }

    mutating func checkReplicatedJobs(_ old: JobSetSpec, _ new: JobSetSpec) {
        let path = FieldPath("spec", "replicatedJobs")
        var allowed = old.replicatedJobs
        takeSizes(from: new.replicatedJobs, into: &allowed)
        if old.suspend || new.suspend { takeMutableFields(from: new.replicatedJobs, into: &allowed) }
        guard allowed != new.replicatedJobs else { return }
        let (left, right) = (YAMLNode.list(allowed.map(\.node)), YAMLNode.list(new.replicatedJobs.map(\.node)))
        let difference = path.firstDifference(left, right) ?? path
        findings.refuse(
            path,
            "field is immutable, and \("\(difference)".prefix(500)) differs; delete the JobSet and apply it again"
        )
    }

    /// Elastic jobs: an Indexed job may change its size while it runs. Source: KEP-463 of JobSet.
    private mutating func takeSizes(from new: [ReplicatedJob], into old: inout [ReplicatedJob]) {
        for index in old.indices where index < new.count && new[index].name == old[index].name {
            let size = new[index].template
            guard old[index].template.completionMode == .indexed, !old[index].template.hasSize(of: size) else {
                continue
            }
            checkSize(of: size, FieldPath("spec", "replicatedJobs").index(index).field("template").field("spec"))
            old[index].template.parallelism = size.parallelism
            old[index].template.completions = size.completions
        }
    }

    private mutating func checkSize(of job: JobSpec, _ path: FieldPath) {
        if isFinished {
            let message = "Cannot mutate parallelism or completions when JobSet is in a terminal state"
            findings.refuse(path, "\(message) (Completed or Failed)")
        }
        if job.parallelism < 1 { findings.refuse(path.field("parallelism"), "parallelism must be >= 1") }
        let completions = path.field("completions")
        if let count = job.completions, count < 1 { findings.refuse(completions, "completions must be >= 1") }
        if job.completions != job.parallelism {
            findings.refuse(completions, "completions must be equal to parallelism for Elastic Indexed Jobs")
        }
    }

    private func takeMutableFields(from new: [ReplicatedJob], into old: inout [ReplicatedJob]) {
        for index in old.indices {
            guard let pod = new.first(where: { $0.name == old[index].name })?.template.pod else { continue }
            old[index].template.pod.labels = pod.labels
            old[index].template.pod.annotations = pod.annotations
            old[index].template.pod.nodeSelector = pod.nodeSelector
            old[index].template.pod.ignored.take("tolerations", from: pod.ignored)
            old[index].template.pod.initContainers.takeResources(from: pod.initContainers)
            old[index].template.pod.containers.takeResources(from: pod.containers)
        }
    }
}

extension [Container] {
    fileprivate mutating func takeResources(from new: [Container]) {
        for index in indices {
            guard let container = new.first(where: { $0.spec.name == self[index].spec.name }) else { continue }
            self[index].devices = container.devices
            self[index].ignored.take("resources", from: container.ignored)
        }
    }
}

extension [YAMLPair] {
    fileprivate mutating func take(_ key: String, from new: [YAMLPair]) {
        self = (filter { $0.key != key } + new.filter { $0.key == key }).sorted { $0.key < $1.key }
    }
}

extension JobSpec {
    fileprivate func hasSize(of other: JobSpec) -> Bool {
        parallelism == other.parallelism && completions == other.completions
    }
}

extension FieldPath {
    /// The first place below this path where two values differ; nil where they do not.
    fileprivate func firstDifference(_ left: YAMLNode, _ right: YAMLNode) -> FieldPath? {
        if let left = left.items, let right = right.items, left.count == right.count {
            return left.indices.lazy.compactMap { index($0).firstDifference(left[$0], right[$0]) }.first
        }
        guard let leftPairs = left.pairs, let rightPairs = right.pairs else { return left == right ? nil : self }
        let leftValues = Dictionary(leftPairs.map { ($0.key, $0.value) }) { $1 }
        let rightValues = Dictionary(rightPairs.map { ($0.key, $0.value) }) { $1 }
        for key in (leftPairs + rightPairs).map(\.key) {
            guard let leftValue = leftValues[key], let rightValue = rightValues[key] else { return field(key) }
            if let difference = field(key).firstDifference(leftValue, rightValue) { return difference }
        }
        return nil
    }
}
