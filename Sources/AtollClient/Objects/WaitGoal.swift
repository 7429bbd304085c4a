public import AtollYAML

/// What `atollctl wait` waits for.
public enum WaitGoal: Equatable, Sendable {
    /// A condition of the JobSet, by its type, is true.
    case condition(String)
    case deletion

    public enum Verdict: Equatable, Sendable {
        case reached
        case pending
        /// It can never hold any more.
        case impossible(String)
    }

    /// Reads `condition=TYPE` and `delete`.
    public init(_ text: String) throws(UsageError) {
        if text == "delete" {
            self = .deletion
        } else if text.hasPrefix("condition="), text.count > "condition=".count {
            self = .condition(String(text.dropFirst("condition=".count)))
        } else {
            throw UsageError("\"\(text)\" is nothing to wait for: write condition=Completed, or delete")
        }
    }

    /// The verdict on a JobSet as it is now.
    public func verdict(on jobSet: YAMLNode) -> Verdict {
        guard case .condition(let type) = self else { return .pending }
        if JobSetCondition(type: type, of: jobSet)?.holds == true { return .reached }
        // A JobSet that has finished changes its conditions no more.
        for end in ["Failed", "Completed"] {
            guard let condition = JobSetCondition(type: end, of: jobSet), condition.holds else { continue }
            return .impossible("jobset \(jobSet.objectName) is \(end): \(condition.message) (\(condition.reason))")
        }
        return .pending
    }

    public var description: String {
        switch self {
        case .condition(let type): type
        case .deletion: "deleted"
        }
    }
}
