import AtollJobSet
import AtollModel
import AtollYAML
import Testing

struct JobSetManifestTests {
    @Test func `several documents give several JobSets`() throws {
        let text = baseManifest + "---\n" + manifest(replacing: "name: js", with: "name: b\n  namespace: team")
        let decoded = try JobSetManifest.parse(text: text, source: "-", defaultNamespace: "lab")
        #expect(decoded.map(\.jobSet.metadata.name.description) == ["lab/js", "team/b"])
    }

    @Test func `problems of all documents are told with file and line`() throws {
        let text = manifest(replacing: "replicas: 2", with: "replicas: x") + "---\nkind: Service\napiVersion: v1\n"
        let error = try #require(throws: ManifestError.self) {
            try JobSetManifest.parse(text: text, source: "a.yaml", defaultNamespace: "default")
        }
        #expect(
            error.description == """
                a.yaml:8:5: spec.replicatedJobs[0].replicas: expected an integer, found the text "x"
                a.yaml:20:1: kind: kind Service is not known, only JobSet is: \
                the pods of a JobSet know each other by name anyway; remove this document
                """
        )
    }

    @Test(arguments: [
        ("", "holds no object"), ("# nothing\n---\n", "holds no object"), ("- a\n", "expected an object"),
        ("a: [", "did not find expected"), ("kind: JobSet\napiVersion: v1\n", "apiVersion v1 is not known"),
        ("kind: Zebra\n", "kind Zebra is not known, only JobSet is"), ("kind: [JobSet]\n", "expected text"),
        ("metadata: {}\n", "Required value"),
    ])
    func `a text that is no JobSet is refused`(text: String, message: String) {
        #expect(problems(of: text).contains { $0.message.contains(message) }, "\(problems(of: text))")
    }

    @Test func `JSON is read too`() throws {
        let node = try decode(baseManifest).jobSet.node
        #expect(try decode(node.jsonText()).jobSet == decode(baseManifest).jobSet)
    }
}
