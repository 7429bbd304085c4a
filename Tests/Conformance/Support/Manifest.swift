import AtollJobSet
import AtollModel
import AtollYAML

/// A manifest with one ReplicatedJob `w`, written as YAML so that fields can be left out.
struct Manifest {
    var name = "js"
    /// Pairs of each part in flow style, with commas between and none at the end: `replicas: 2, groupName: g`.
    var spec = ""
    var job = ""
    var template = ""
    var pod = ""
    var container = "command: [sleep, '1']"

    var text: String {
        """
        apiVersion: \(JobSet.apiVersion)
        kind: \(JobSet.kind)
        metadata: {name: \(name)}
        spec: {replicatedJobs: [{name: w, template: {spec: {template: {spec: {containers: [{name: main, \
        \(container)}], \(pod)}}, \(template)}}, \(job)}], \(spec)}
        """
    }

    /// Problems as `path: message`; empty when it is accepted.
    var problems: [String] { Admission.problems(in: text) }

    func decoded() throws -> JobSet {
        let decoded = try JobSetManifest.parse(text: text, source: "test.yaml", defaultNamespace: "default")
        return decoded[0].jobSet
    }
}

/// What admission says about texts and objects.
enum Admission {
    static func problems(in text: String) -> [String] {
        do throws(ManifestError) {
            _ = try JobSetManifest.parse(text: text, source: "test.yaml", defaultNamespace: "default")
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    static func problems(of jobSet: JobSet) -> [String] {
        do throws(ManifestError) {
            _ = try JobSet.decode(jobSet.node, defaultNamespace: "default")
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }
}

extension JobSet {
    /// What admission says about it; empty when it is accepted.
    var problems: [String] { Admission.problems(of: self) }

    /// What an update to it is refused for.
    func problems(updating old: JobSet) -> [String] {
        JobSet.updateProblems(from: old, to: self).map(\.description)
    }
}

extension [String] {
    /// True when there is one problem and no other, at this path and with these words in it.
    func isJust(_ path: String, _ words: String) -> Bool {
        count == 1 && allSatisfy { $0.hasPrefix(path + ": ") && $0.contains(words) }
    }

    /// True when one of several problems is at this path and has these words in it.
    func tells(_ path: String, _ words: String) -> Bool {
        contains { $0.hasPrefix(path + ": ") && $0.contains(words) }
    }
}

extension AdminReply.Body {
    /// Paths of what it is refused for; empty when it is accepted.
    var problems: [String] {
        if case .failed(let failure) = self { failure.causes.map(\.field) } else { [] }
    }
}
