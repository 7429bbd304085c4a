import AtollModel
import AtollYAML

extension VolumeClaimPolicy {
    init(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) {
        self.init(
            templates: node.list("templates").map(VolumeClaimTemplate.init),
            whenDeleted: node.mapping("retentionPolicy").choice("whenDeleted") ?? .delete
        )
        // The API's own rule, which speaks of the policy as a whole.
        if node.list("templates").contains(where: { $0.mapping("metadata").value("namespace") != nil }) {
            findings.refuse(path, "namespace cannot be set for VolumeClaimPolicies templates")
        }
    }
}

extension VolumeClaimTemplate {
    fileprivate init(_ node: YAMLNode) {
        let metadata = node.mapping("metadata")
        self.init(
            name: metadata.text("name") ?? "",
            labels: metadata.labels("labels"),
            annotations: metadata.labels("annotations"),
            spec: node.mapping("spec").inKeyOrder
        )
    }
}

extension YAMLNode {
    /// The same value without places and nulls, all mappings in key order: equal for equal objects.
    fileprivate var inKeyOrder: YAMLNode {
        switch content {
        case .scalar: unmarked
        case .sequence(let items): .list(items.map(\.inKeyOrder))
        case .mapping(let pairs):
            .object(pairs.filter { !$0.value.isNull }.map { ($0.key, $0.value.inKeyOrder) })
        }
    }
}

extension PodVolume {
    /// One that has no source, or several, is refused.
    init(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) {
        let name = node.text("name") ?? ""
        var sources: [Source] = []
        if let folder = node.value("emptyDir") {
            sources.append(Self.emptyDirectory(folder, at: path.field("emptyDir"), &findings))
        }
        if let host = node.value("hostPath") {
            sources.append(.hostPath(host.text("path") ?? "", host.choice("type") ?? .any))
        }
        if let claim = node.value("persistentVolumeClaim") {
            // In the namespace of the JobSet, which a pod template does not know.
            let name = ObjectName(namespace: "", name: claim.text("claimName") ?? "")
            sources.append(.claim(VolumeClaimID(name: name, uid: ObjectUID(""))))
        }
        if sources.isEmpty { findings.refuse(path, "Required value: must specify a volume type") }
        if sources.count > 1 { findings.refuse(path, "Forbidden: may not specify more than 1 volume type") }
        self.init(name: name, source: sources.first ?? .emptyDirectory(inMemory: false, sizeMax: nil))
    }

    private static func emptyDirectory(_ node: YAMLNode, at path: FieldPath, _ findings: inout Findings) -> Source {
        let inMemory = node.text("medium") == "Memory"
        guard let limit = node.value("sizeLimit") else { return .emptyDirectory(inMemory: inMemory, sizeMax: nil) }
        guard let text = limit.scalarText, let quantity = Quantity(text) else {
            let message = "SizeLimit field must be a valid resource quantity"
            findings.refuse(path.field("sizeLimit"), value: limit.scalarText ?? "", message)
            return .emptyDirectory(inMemory: inMemory, sizeMax: nil)
        }
        if !inMemory { findings.ignore(path.field("sizeLimit"), "only what is in memory has a limit here") }
        return .emptyDirectory(inMemory: inMemory, sizeMax: quantity.bytes)
    }
}

extension VolumeMount {
    init(_ node: YAMLNode) {
        self.init(
            volume: node.text("name") ?? "",
            path: node.text("mountPath") ?? "",
            subPath: node.text("subPath") ?? "",
            isReadOnly: node.flag("readOnly") ?? false
        )
    }
}

extension PodTemplate {
    /// A claim that is read-only as a whole is so at each place where it is mounted.
    mutating func applyReadOnlyClaims(of volumes: [YAMLNode]) {
        let names = volumes.filter { $0.value("persistentVolumeClaim")?.flag("readOnly") == true }
            .compactMap { $0.text("name") }
        for name in names {
            for index in initContainers.indices { initContainers[index].spec.mountReadOnly(name) }
            for index in containers.indices { containers[index].spec.mountReadOnly(name) }
        }
    }
}

extension ContainerSpec {
    fileprivate mutating func mountReadOnly(_ volume: String) {
        for index in mounts.indices where mounts[index].volume == volume { mounts[index].isReadOnly = true }
    }
}
