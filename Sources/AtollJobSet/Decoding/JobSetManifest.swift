public import AtollYAML

/// A text with the JobSets a user applies.
public enum JobSetManifest {
    /// The API server of Kubernetes takes no request of more than 3 MiB either.
    public static let limits = YAMLLimits(bytesMax: 3 << 20, depthMax: 100, nodesMax: 200_000)

    /// Reads all documents of a text, YAML or JSON.
    ///
    /// Refuses the text as a whole, with all problems of all documents, when one of them is not a valid JobSet.
    /// - Parameter source: file name for messages; `-` for standard input.
    public static func parse(
        text: String,
        source: String,
        defaultNamespace: String,
        limits: YAMLLimits = limits
    ) throws(ManifestError) -> [JobSet.Decoded] {
        let documents: [YAMLNode]
        do {
            documents = try YAMLNode.parse(text, limits: limits)
        } catch {
            throw ManifestError(
                source: source,
                problems: [FieldProblem(path: "", message: error.message, mark: error.mark)]
            )
        }
        var decoded: [JobSet.Decoded] = []
        var problems: [FieldProblem] = []
        for document in documents where problems.count < Findings.countMax {
            do {
                try checkKind(document)
                decoded.append(try JobSet.decode(document, defaultNamespace: defaultNamespace))
            } catch {
                problems += error.problems
            }
        }
        if documents.isEmpty {
            problems = [FieldProblem(path: "", message: "holds no object; write a \(JobSet.kind) into it")]
        }
        guard problems.isEmpty else { throw ManifestError(source: source, problems: problems) }
        return decoded
    }

    /// Before anything else: the fields of another kind would all be unknown.
    private static func checkKind(_ document: YAMLNode) throws(ManifestError) {
        var findings = Findings(document: document)
        let apiVersion = document["apiVersion"]?.string
        let kind = document["kind"]?.string
        if document.pairs == nil {
            findings.refuse(FieldPath(), "expected an object with apiVersion and kind")
        } else if let kind, kind != JobSet.kind {
            let advice = adviceByKind[kind].map { ": \($0)" } ?? ""
            findings.refuse(FieldPath("kind"), "kind \(kind) is not known, only \(JobSet.kind) is\(advice)")
        } else if let apiVersion, apiVersion != JobSet.apiVersion {
            let message = "apiVersion \(apiVersion) is not known for kind \(JobSet.kind), only \(JobSet.apiVersion) is"
            findings.refuse(FieldPath("apiVersion"), message)
        }
        if !findings.problems.isEmpty { throw ManifestError(problems: findings.problems) }
    }

    /// What to do instead, for objects that often stand beside a JobSet.
    private static let adviceByKind = [
        "ClusterQueue": "there are no queues yet",
        "ConfigMap": "write its values into env, or files onto the hosts",
        "Deployment": "only JobSets run here",
        "Job": "make it the only replicatedJob of a JobSet",
        "List": "put its items into documents of their own, separated by ---",
        "LocalQueue": "there are no queues yet",
        "Namespace": "a namespace exists by being used; remove this document",
        "PersistentVolume": "claims are folders of the hosts; name their place in the agents' configuration",
        "PersistentVolumeClaim": "claims are made with a JobSet; write it into spec.volumeClaimPolicies of that",
        "Pod": "make it the pod template of a JobSet",
        "PodGroup": "the pods of a JobSet are always placed together; remove this document",
        "PriorityClass": "there are no priorities yet",
        "ResourceFlavor": "there are no queues yet",
        "Role": "there are no service accounts; remove this document",
        "RoleBinding": "there are no service accounts; remove this document",
        "Secret": "let the command read a file of the host",
        "Service": "the pods of a JobSet know each other by name anyway; remove this document",
        "ServiceAccount": "there are no service accounts; remove this document",
        "ValidatingAdmissionPolicy": "there are no service accounts; remove this document",
        "ValidatingAdmissionPolicyBinding": "there are no service accounts; remove this document",
        "Workload": "the pods of a JobSet are always placed together; remove this document",
    ]
}
