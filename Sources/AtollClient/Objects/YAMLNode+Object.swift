import AtollModel
public import AtollYAML

/// An object as the coordinator sends it, read leniently: what is absent or of another type is nil.
extension YAMLNode {
    /// The scalar at the end of a path of keys, as text.
    func text(_ path: String...) -> String? { node(path)?.scalarText }

    func number(_ path: String...) -> Int? { node(path)?.int }

    func time(_ path: String...) -> Timestamp? { node(path)?.scalarText.flatMap { Timestamp(rfc3339: $0) } }

    /// The texts of a list; empty without one.
    func texts(_ path: String...) -> [String] { node(path)?.items?.compactMap(\.scalarText) ?? [] }

    func nodes(_ path: String...) -> [YAMLNode] { node(path)?.items ?? [] }

    func labels(_ path: String...) -> Labels {
        Labels((node(path)?.pairs ?? []).compactMap { pair in pair.value.scalarText.map { (pair.key, $0) } })
    }

    private func node(_ path: [String]) -> YAMLNode? {
        path.reduce(Optional(self)) { node, key in node?[key] }
    }

    /// `metadata.name`; empty without one.
    public var objectName: String { text("metadata", "name") ?? "" }

    public var objectNamespace: String? { text("metadata", "namespace") }

    public var objectUID: String? { text("metadata", "uid") }

    /// Where a pod or a volume claim stands.
    public var phase: String? { text("status", "phase") }

    public var isJobSet: Bool { text("kind") == ObjectKind.jobsets.singular }

    /// The host that a pod has been placed on.
    public var hostOfPod: String? { text("spec", "nodeName") }

    public var hostOfDevice: String? { text("status", "host") }

    public var hostsOfIsland: [String] { texts("status", "hostNames") }

    /// The pods that a JobSet wants; 0 for anything else.
    public var podTotal: Int { number("status", "pods", "total") ?? 0 }

    /// Of a host: pods that may run on it.
    public var hostPodCount: Int { number("status", "pods") ?? 0 }
}
