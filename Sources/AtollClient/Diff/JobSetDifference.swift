public import AtollJobSet
import AtollModel
public import AtollYAML

/// What applying a JobSet would change.
public struct JobSetDifference: Sendable {
    private let name: String
    private let isNew: Bool
    private let diff: LineDiff
    /// Why the coordinator would refuse it, a line each: fields that a live JobSet does not let change.
    public let refusals: [String]

    /// - Parameters:
    ///   - live: the object as the coordinator sends it; nil when there is none.
    ///   - wanted: the JobSet of the manifest, defaulted.
    /// - Throws: when the live object has fields that are not known here.
    public init(from live: YAMLNode?, to wanted: JobSet) throws(ManifestError) {
        name = "\(wanted.metadata.shownName)"
        isNew = live == nil
        guard let live else {
            diff = LineDiff(from: [], to: wanted.lines)
            refusals = []
            return
        }
        let old = try JobSet.decode(live, defaultNamespace: wanted.metadata.name.namespace).jobSet
        // What a name was made from stays as it is.
        var wanted = wanted
        wanted.metadata.generateName = old.metadata.generateName
        diff = LineDiff(from: old.lines, to: wanted.lines)
        let isDeleting = live.text("metadata", "deletionTimestamp") != nil
        refusals =
            (isDeleting ? ["it is being deleted; apply it again once it is gone"] : [])
            + JobSet.updateProblems(from: old, to: wanted).map { $0.description.printable }
    }

    /// A unified diff of the defaulted objects, without status and what else a server writes; empty where they are
    /// equal.
    public func lines(isColored: Bool = false) -> [String] {
        let lines = diff.lines(isColored: isColored)
        return lines.isEmpty ? [] : ["--- \(isNew ? "/dev/null" : "live/\(name)")", "+++ applied/\(name)"] + lines
    }
}

extension JobSet {
    fileprivate var lines: [String] {
        let object = YAMLNode(.mapping((node.pairs ?? []).filter { $0.key != "status" }))
        return object.yamlText.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}
