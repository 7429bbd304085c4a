import AtollJobSet
import AtollYAML
import Testing

/// What the tables say beside what manifests are checked with, and how fields are found in them.
struct FieldTableTests {
    @Test func `every field has a meaning of one sentence, and a type with a name`() {
        for (path, field) in Self.allFields(of: .jobSet) {
            #expect(field.meaning.hasSuffix(".") && !field.meaning.contains(". "), "\(path)")
            #expect(field.meaning.count <= 100, "\(path)")
            if case .any = field.type { #expect(field.typeName != nil, "\(path)") }
        }
    }

    @Test func `defaults are those that decoding sets`() throws {
        let coordinated = smallest.replacing("failurePolicy: {}", with: "coordinator: {replicatedJob: a}")
            .replacing("spec: {template", with: "spec: {completions: 1, template")
        let probed = smallest.replacing(
            "command: [a]",
            with: "command: [a], ports: [{containerPort: 1}], livenessProbe: {httpGet: {port: 1}}"
        )
        var paths: Set<String> = []
        for text in [smallest, coordinated, probed] {
            let written = try #require(try YAMLNode.parse(text).first)
            try compare(try decode(text).jobSet.node, beside: written, at: "") { path, value in
                let field = try #require(try FieldTable.jobSet.fields(at: path).last)
                #expect(field.defaultText == value, "\(path)")
                paths.insert(path)
            }
        }
        #expect(paths.count >= 23, "\(paths.sorted())")
    }

    private let smallest = """
        apiVersion: jobset.x-k8s.io/v1alpha2
        kind: JobSet
        metadata: {name: js}
        spec:
          failurePolicy: {}
          replicatedJobs:
          - name: a
            template: {spec: {template: {spec: {containers: [{name: main, command: [a]}]}}}}
        """

    /// Each value of `node` that is not in `written`.
    private func compare(
        _ node: YAMLNode,
        beside written: YAMLNode?,
        at path: String,
        add: (String, String) throws -> Void
    ) throws {
        if path == "status" { return }
        for pair in node.pairs ?? [] {
            let here = path.isEmpty ? pair.key : "\(path).\(pair.key)"
            try compare(pair.value, beside: written?[pair.key], at: here, add: add)
        }
        for (index, item) in (node.items ?? []).enumerated() {
            try compare(item, beside: written?.items?[index], at: "\(path)[\(index)]", add: add)
        }
        if written == nil, let text = node.scalarText { try add(path, text) }
    }

    @Test func `fields are found at paths with and without indexes`() throws {
        let names = ["spec", "replicatedJobs", "template", "spec"]
        for path in ["spec.replicatedJobs.template.spec", "spec.replicatedJobs[0].template.spec"] {
            #expect(try FieldTable.jobSet.fields(at: path).map(\.name) == names)
        }
        let limits = "spec.replicatedJobs[0].template.spec.template.spec.containers[0].resources.limits[google.com/tpu]"
        #expect(try FieldTable.jobSet.fields(at: limits).last?.name == "limits")
        #expect(try FieldTable.jobSet.fields(at: "").isEmpty)
    }

    @Test func `every field is found at its own path`() throws {
        for (path, field) in Self.allFields(of: .jobSet) {
            #expect(try FieldTable.jobSet.fields(at: path).last?.name == field.name)
        }
    }

    @Test(arguments: [
        ("spec.failurPolicy.ruls", "spec", "failurPolicy", "spec.failurePolicy.rules"),
        ("failurePolicy", "", "failurePolicy", "spec.failurePolicy"),
        ("spec.backofflimit", "spec", "backofflimit", "spec.replicatedJobs.template.spec.backoffLimit"),
        ("pod.spec.containers", "", "pod", "spec.replicatedJobs.template.spec.template.spec.containers"),
        ("spec.suspend.more", "spec.suspend", "more", nil),
        ("spec..suspend", "spec", "", "spec.suspend"),
        ("]]x.[", "", "x", nil),
        (".", "", "", nil),
    ])
    func `an unknown path names the nearest known one`(
        path: String,
        parent: String,
        name: String,
        nearest: String?
    ) throws {
        let error = try #require(throws: UnknownField.self) { try FieldTable.jobSet.fields(at: path) }
        #expect((error.parent, error.name) == (parent, name))
        #expect(error.nearest == nearest)
    }

    private static func allFields(of table: FieldTable, below path: String = "") -> [(path: String, field: Field)] {
        table.fields.flatMap { field in
            let here = path.isEmpty ? field.name : "\(path).\(field.name)"
            return [(here, field)] + (field.type.table.map { allFields(of: $0, below: here) } ?? [])
        }
    }
}
