import AtollModel

/// What the downward API tells a pod about itself.
///
/// Source: Kubernetes, "Downward API"; JobSet's own labels and annotations arrive in the launch, and the Job
/// controller's are added here (`batch.kubernetes.io/job-completion-index` as label and as annotation).
struct PodMetadata {
    let labels: Labels
    let annotations: Labels
    private let plan: PodPlan

    init(_ plan: PodPlan) {
        self.plan = plan
        let launch = plan.launch
        var added: Labels = [:]
        if launch.indexed { added["batch.kubernetes.io/job-completion-index"] = String(plan.pod.id.index) }
        var labels = launch.labels
        var annotations = launch.annotations
        annotations.merge(added)
        added["batch.kubernetes.io/job-name"] = launch.jobName
        added["job-name"] = launch.jobName
        labels.merge(added)
        self.labels = labels
        self.annotations = annotations
    }

    /// The value of a `fieldRef`; empty for a key that is absent or a path that means nothing here, as in Kubernetes.
    func value(ofField path: String) -> String {
        if let key = subscriptKey(of: "metadata.labels", in: path) { return labels[key] ?? "" }
        if let key = subscriptKey(of: "metadata.annotations", in: path) { return annotations[key] ?? "" }
        return switch path {
        case "metadata.name": PodName(plan).hostName
        case "metadata.namespace": plan.launch.jobSet.namespace
        case "metadata.uid": plan.pod.id.description
        case "spec.nodeName": plan.host.name
        case "status.podIP", "status.podIPs", "status.hostIP", "status.hostIPs": plan.hostAddress
        default: ""
        }
    }

    /// `k` of `metadata.labels['k']`.
    private func subscriptKey(of field: String, in path: String) -> String? {
        guard path.hasPrefix(field + "['"), path.hasSuffix("']") else { return nil }
        return String(path.dropFirst(field.count + 2).dropLast(2))
    }

    /// The files of a downward API volume, by name.
    var files: [PodEnvironment.File] {
        [
            .init(name: "annotations", text: lines(of: annotations)),
            .init(name: "labels", text: lines(of: labels)),
            .init(name: "name", text: value(ofField: "metadata.name")),
            .init(name: "namespace", text: value(ofField: "metadata.namespace")),
        ]
    }

    /// `key="escaped value"`, one on a line, as a Kubernetes downward API volume has them.
    private func lines(of labels: Labels) -> String {
        labels.map { key, value in
            let escaped = value.map { character in
                switch character {
                case "\\": "\\\\"
                case "\"": "\\\""
                case "\n": "\\n"
                default: String(character)
                }
            }
            return "\(key)=\"\(escaped.joined())\"\n"
        }.joined()
    }
}
