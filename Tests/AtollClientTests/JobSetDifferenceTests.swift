import AtollClient
import AtollJobSet
import AtollModel
import AtollYAML
import Testing

struct JobSetDifferenceTests {
    private let manifest = """
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata: {name: js}
        spec:
          replicatedJobs:
          - name: workers
            template:
              spec:
                parallelism: 2
                completions: 2
                template:
                  spec:
                    tolerations: [{operator: Exists}]
                    containers: [{name: main, command: [sleep, "1"]}]
        """

    private func wanted(_ old: String = "", _ new: String = "") throws -> JobSet {
        let text = old.isEmpty ? manifest : manifest.replacing(old, with: new)
        let decoded = try JobSetManifest.parse(text: text, source: "js.yaml", defaultNamespace: "default")
        return try #require(decoded.first).jobSet
    }

    /// The manifest's JobSet as a coordinator sends it.
    private func live(deleted: Bool = false) throws -> YAMLNode {
        var jobSet = try wanted()
        jobSet.metadata.uid = ObjectUID("6f1c")
        jobSet.metadata.resourceVersion = 7
        jobSet.metadata.generation = 1
        jobSet.metadata.creationTimestamp = Samples.now
        jobSet.metadata.deletionTimestamp = deleted ? Samples.now : nil
        jobSet.status.restarts = 2
        return try Samples.object(jobSet.node.jsonText())
    }

    @Test func `the same manifest again changes nothing`() throws {
        let difference = try JobSetDifference(from: live(), to: wanted())
        #expect(difference.lines().isEmpty && difference.refusals.isEmpty)
    }

    @Test func `what a name was made from is no difference, and a name that is not made yet is all new`() throws {
        let other = try JobSetDifference(from: live(), to: wanted("name: js", "name: js, generateName: js-"))
        #expect(other.lines().isEmpty)
        let unnamed = try JobSetDifference(from: nil, to: wanted("name: js", "generateName: js-"))
        #expect(unnamed.lines().text.hasPrefix("--- /dev/null\n+++ applied/default/js-\n@@ -"))
    }

    @Test func `what the manifest leaves out is what the live object has by default`() throws {
        let written = try wanted("completions: 2", "completions: 2\n        backoffLimit: 6")
        #expect(try JobSetDifference(from: live(), to: written).lines().isEmpty)
    }

    @Test func `a field that may change is shown and not refused`() throws {
        let difference = try JobSetDifference(
            from: live(),
            to: wanted("spec:\n  repl", "spec:\n  suspend: true\n  repl")
        )
        let text = difference.lines().text
        #expect(text.hasPrefix("--- live/default/js\n+++ applied/default/js\n@@ -"))
        #expect(text.hasSuffix("\n+  suspend: true"))
        #expect(difference.refusals.isEmpty)
    }

    @Test func `a field that is immutable is shown and refused`() throws {
        let difference = try JobSetDifference(
            from: live(),
            to: wanted("completions: 2", "completions: 2\n        backoffLimit: 1")
        )
        #expect(difference.lines().contains("-        backoffLimit: 6"))
        #expect(difference.lines().contains("+        backoffLimit: 1"))
        try #require(difference.refusals.count == 1)
        #expect(difference.refusals[0].hasPrefix("spec.replicatedJobs: field is immutable, and "))
        #expect(difference.refusals[0].contains("template.spec.backoffLimit differs"))
    }

    @Test func `a new JobSet is added as a whole`() throws {
        let lines = try JobSetDifference(from: nil, to: wanted()).lines()
        #expect(lines.prefix(3) == ["--- /dev/null", "+++ applied/default/js", "@@ -0,0 +1,\(lines.count - 3) @@"])
        #expect(lines.dropFirst(3).allSatisfy { $0.hasPrefix("+") })
        #expect(!lines.contains { $0.contains("status") })
    }

    @Test func `nothing can be applied to a JobSet that is being deleted`() throws {
        let difference = try JobSetDifference(from: live(deleted: true), to: wanted())
        #expect(difference.lines().isEmpty)
        #expect(difference.refusals == ["it is being deleted; apply it again once it is gone"])
    }

    @Test func `colours tell what goes and what comes`() throws {
        let difference = try JobSetDifference(from: live(), to: wanted("parallelism: 2", "parallelism: 1"))
        let text = difference.lines(isColored: true).text
        #expect(text.contains("\u{1B}[31m-        parallelism: 2\u{1B}[0m\n\u{1B}[32m+        parallelism: 1\u{1B}[0m"))
        #expect(text.contains("\u{1B}[36m@@ -"))
    }

    @Test func `a live object with fields of a later release is an error`() throws {
        var text = try live().jsonText()
        text = text.replacing("\"network\":{", with: "\"network\":{\"speed\":1,")
        let object = try Samples.object(text)
        #expect(throws: ManifestError.self) { try JobSetDifference(from: object, to: wanted()) }
    }
}
