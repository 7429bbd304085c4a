public import AtollModel
public import AtollYAML

extension ObjectKind {
    /// Reads the plural, the singular, `kubectl`'s short form, and any of them with an API group:
    /// `jobset.jobset.x-k8s.io`.
    public init?(userText: String) {
        let word = userText.lowercased().prefix { $0 != "." }
        guard let kind = Self.allCases.first(where: { $0.words.contains(String(word)) }) else { return nil }
        self = kind
    }

    /// What users may type for it, the plural first.
    public var words: [String] {
        switch self {
        case .jobsets: ["jobsets", "jobset", "js"]
        case .jobs: ["jobs", "job"]
        case .pods: ["pods", "pod", "po"]
        case .hosts: ["hosts", "host", "ho", "nodes", "node", "no"]
        case .islands: ["islands", "island", "is"]
        case .devices: ["devices", "device", "dev"]
        case .events: ["events", "event", "ev"]
        case .persistentvolumeclaims: ["persistentvolumeclaims", "persistentvolumeclaim", "pvc"]
        }
    }
}

/// The names under which objects are printed and that users may type again.
public enum ResourceName {
    /// `jobset.jobset.x-k8s.io/multislice`, as `-o name` and `apply` print it.
    public static func text(of object: YAMLNode) -> String {
        let group = object.text("apiVersion")?.split(separator: "/")
        let suffix = group?.count == 2 ? ".\(group?[0] ?? "")" : ""
        return "\((object.text("kind") ?? "object").lowercased())\(suffix)/\(object.objectName)"
    }

    public static func text(of result: ApplyResult) -> String {
        let isJobSet = result.kind == ObjectKind.jobsets.singular
        return isJobSet ? text(ofJobSet: result.name.name) : "\(result.kind.lowercased())/\(result.name.name)"
    }

    public static func text(of kind: ObjectKind, named name: String) -> String {
        kind == .jobsets ? text(ofJobSet: name) : "\(kind.singular.lowercased())/\(name)"
    }

    public static func text(ofJobSet name: String) -> String { "jobset.jobset.x-k8s.io/\(name)" }
}
