public import AtollModel
public import AtollYAML

extension JobSetState {
    public init(of jobSet: YAMLNode) {
        if jobSet.time("metadata", "deletionTimestamp") != nil {
            self = .deleting
        } else if let end = jobSet.text("status", "terminalState").flatMap(JobSetState.init(rawValue:)) {
            self = end
        } else if jobSet["spec"]?["suspend"]?.bool == true {
            self = .suspended
        } else if jobSet.text("status", "placement", "state") == "Waiting" {
            self = .waiting
        } else if JobSetCondition(type: "Suspended", of: jobSet)?.holds == true {
            self = .suspended
        } else if JobSetCondition(type: "RestartingJobSet", of: jobSet)?.holds == true {
            self = .restarting
        } else {
            self = Self.isEveryPodReady(of: jobSet) ? .running : .starting
        }
    }

    private static func isEveryPodReady(of jobSet: YAMLNode) -> Bool {
        guard let total = jobSet.number("status", "pods", "total"), total > 0 else { return false }
        return jobSet.podsReady >= total
    }
}

extension YAMLNode {
    /// A JobSet's pods that are ready or have done their work.
    var podsReady: Int {
        (number("status", "pods", "ready") ?? 0) + (number("status", "pods", "succeeded") ?? 0)
    }
}

/// An entry of `status.conditions`.
public struct JobSetCondition: Equatable, Sendable {
    public let type: String
    public let holds: Bool
    public let reason: String
    public let message: String
    let node: YAMLNode

    init(_ node: YAMLNode) {
        self.node = node
        type = node.text("type") ?? ""
        holds = node.text("status") == "True"
        reason = node.text("reason") ?? ""
        message = node.text("message") ?? ""
    }

    /// Nil where the JobSet has no such condition; capital and small letters are equal.
    public init?(type: String, of jobSet: YAMLNode) {
        let all = Self.all(of: jobSet)
        guard let condition = all.first(where: { $0.type.lowercased() == type.lowercased() }) else { return nil }
        self = condition
    }

    static func all(of jobSet: YAMLNode) -> [JobSetCondition] { jobSet.nodes("status", "conditions").map { Self($0) } }
}
