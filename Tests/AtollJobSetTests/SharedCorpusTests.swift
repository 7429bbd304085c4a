import AtollJobSet
import AtollYAML
import Glibc
import Testing

/// Manifests of JobSet itself and what its admission says about them, where a copy lies beside the package.
struct SharedCorpusTests {
    /// Refused or accepted there by a feature gate, and here by what Atoll supports.
    private let gated = ["26-", "27-", "update/u7-"]

    @Test func `what JobSet refuses is refused for the same reason`() throws {
        guard let table = Self.read("invalid/expected.tsv") else { return Self.sayAbsent() }
        for row in table.split(separator: "\n").dropFirst() {
            let columns = row.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let (file, path, gist) = (columns[0], columns[1], columns[2])
            if gated.contains(where: file.hasPrefix) { continue }
            let text = try #require(Self.read("invalid/\(file)"))
            let found = try columns[5].isEmpty ? problems(of: text) : updateProblems(from: columns[5], to: text)
            let isTold = found.contains { problem in
                (path.hasPrefix("<nil>") || problem.path == path)
                    && problem.message.replacing("'-'", with: "-").contains(gist)
            }
            #expect(isTold, "\(file): \(path): \(gist)\n\(found)")
        }
    }

    @Test(arguments: [
        "depends-on/depends-on", "failure-policy/failjobset-action",
        "failure-policy/onjobfailurereasons-present-podfailurepolicy", "failure-policy/onjobfailurereasons-present",
        "failure-policy/restartjob-action", "failure-policy/restartjobandignoremaxrestarts-action",
        "failure-policy/restartjobsetandignoremaxrestarts-action", "in-place-restart/jobset-main-container-mode",
        "in-place-restart/jobset-sidecar-container-mode", "multislice-seed", "pytorch/cnn-mnist/mnist",
        "simple/coordinator", "simple/exclusive-placement", "simple/failure-policy", "simple/jobset-with-network",
        "simple/paralleljobs", "simple/success-policy", "tpu-multislice/v6e-jax-workload",
        "workload-aware-scheduling/jobset", "workload-aware-scheduling/tas/jobset",
    ])
    func `examples of JobSet are accepted`(name: String) throws {
        guard let text = Self.read("examples/\(name).yaml") else { return Self.sayAbsent() }
        #expect(problems(of: text).isEmpty)
    }

    /// They stand in one file with objects of Kubernetes' own gang scheduling.
    @Test(arguments: ["high-priority-jobset", "low-priority-jobset"])
    func `beside objects that are not known, a JobSet is the only one without a problem`(name: String) throws {
        guard let text = Self.read("examples/workload-aware-scheduling/preemption/\(name).yaml") else {
            return Self.sayAbsent()
        }
        let documents = try YAMLNode.parse(text)
        #expect(problems(of: text).map(\.path) == Array(repeating: "kind", count: documents.count - 1))
        for document in documents where document["kind"]?.string == JobSet.kind {
            #expect(throws: Never.self) { try JobSet.decode(document, defaultNamespace: "default") }
        }
    }

    private func updateProblems(from old: String, to new: String) throws -> [FieldProblem] {
        let old = try decode(#require(Self.read("invalid/\(old)"))).jobSet
        return JobSet.updateProblems(from: old, to: try decode(new).jobSet)
    }

    private static func sayAbsent() { print("skipped: no JobSet manifests beside the package") }

    private static func read(_ name: String) -> String? {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        guard let file = fopen("/\(root)/../shared/jobset/\(name)", "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = fgetc(file), byte != EOF { bytes.append(UInt8(byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
