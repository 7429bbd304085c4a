import AtollJobSet

/// When a job has done enough. Source: semantics c.2 and c.3.
extension JobIncarnation {
    /// True when enough pods have succeeded and no other has to be waited for.
    func hasSucceeded(_ template: JobSpec) -> Bool {
        if let policy = template.successPolicy, policy.rules.contains(where: isMet) { return true }
        guard let completions = template.completions else { return counts.succeeded > 0 && counts.active == 0 }
        // A job that became smaller may have more pods for a moment.
        return pods.prefix(Int(completions)).count { $0.succeeded } >= Int(completions)
    }

    private func isMet(_ rule: JobSuccessPolicy.Rule) -> Bool {
        guard let indexes = rule.succeededIndexes else {
            return rule.succeededCount.map { pods.count { $0.succeeded } >= Int($0) } ?? false
        }
        let succeeded = indexes.ranges.reduce(0) { sum, range in
            sum + pods.indices.clamped(to: range.lowerBound..<range.upperBound + 1).count { pods[$0].succeeded }
        }
        return succeeded >= rule.succeededCount.map(Int.init) ?? indexes.count
    }
}
