import AtollJobSet
import AtollYAML
import Testing

/// The smallest manifest with everything that tests change, one field to a line.
let baseManifest = """
    apiVersion: jobset.x-k8s.io/v1alpha2
    kind: JobSet
    metadata:
      name: js
    spec:
      replicatedJobs:
      - name: workers
        replicas: 2
        template:
          spec:
            parallelism: 2
            completions: 2
            template:
              spec:
                restartPolicy: Never
                containers:
                - name: main
                  command: [sleep, "1"]

    """

/// The base with one text in place of another; several lines are given with their own indentation.
func manifest(replacing old: String, with new: String) -> String {
    let parts = baseManifest.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
    precondition(parts.count == 2, "the base manifest has no \(old)")
    return parts.joined(separator: new)
}

/// The base with lines added at the start of `spec`; they begin in line 6.
func manifest(spec lines: String) -> String { manifest(replacing: "spec:\n", with: "spec:\n\(lines)\n") }

func decode(_ text: String) throws(ManifestError) -> JobSet.Decoded {
    let decoded = try JobSetManifest.parse(text: text, source: "test.yaml", defaultNamespace: "default")
    precondition(decoded.count == 1)
    return decoded[0]
}

func problems(of text: String) -> [FieldProblem] {
    do {
        _ = try JobSetManifest.parse(text: text, source: "test.yaml", defaultNamespace: "default")
        return []
    } catch {
        return error.problems
    }
}

/// What is expected of a manifest that breaks one rule.
struct Refusal: CustomTestStringConvertible {
    var text: String
    var path: String
    var message: String
    var line: Int

    init(_ old: String, _ new: String, path: String, _ message: String, line: Int) {
        text = manifest(replacing: old, with: new)
        self.path = path
        self.message = message
        self.line = line
    }

    init(spec lines: String, path: String, _ message: String, line: Int) {
        text = manifest(spec: lines)
        self.path = path
        self.message = message
        self.line = line
    }

    /// With lines added at the start of `spec`; `line` is counted with them.
    func withSpec(_ lines: String) -> Refusal {
        var refusal = self
        refusal.text = text.replacing("spec:\n  replicatedJobs", with: "spec:\n\(lines)\n  replicatedJobs")
        return refusal
    }

    var testDescription: String { "\(path): \(message)" }

    /// Exactly this problem, at this place.
    var isAlone: Bool {
        let found = problems(of: text)
        return found.count == 1 && found[0].path == path && found[0].message.contains(message)
            && found[0].mark.line == line
    }
}
