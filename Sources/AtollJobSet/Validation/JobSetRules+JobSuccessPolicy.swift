extension JobSetRules {
    /// Source: `batch/v1` validation. What is wrong with the texts of indexes has been said when they were read.
    mutating func checkJobSuccessPolicy(_ job: JobSpec, at path: FieldPath) {
        guard let policy = job.successPolicy else { return }
        let path = path.field("successPolicy")
        guard job.completionMode == .indexed else {
            return findings.refuse(path, "Invalid value: requires indexed completion mode")
        }
        if policy.rules.isEmpty {
            let message = "Required value: at least one rules must be specified when the successPolicy is specified"
            findings.refuse(path.field("rules"), message)
        }
        for (index, rule) in policy.rules.enumerated() {
            check(rule, completions: job.completions, at: path.field("rules").index(index))
        }
    }

    private mutating func check(_ rule: JobSuccessPolicy.Rule, completions: Int32?, at path: FieldPath) {
        if rule.succeededCount == nil, rule.succeededIndexes == nil {
            let message = "Required value: at least one of succeededCount or succeededIndexes must be specified"
            findings.refuse(path, message)
        }
        guard let count = rule.succeededCount else { return }
        let here = path.field("succeededCount")
        if let completions, count > completions {
            let message = "must be less than or equal to \(completions) (the number of specified completions)"
            findings.refuse(here, value: "\(count)", message)
        }
        if let total = rule.succeededIndexes?.count, total > 0, count > total {
            let message =
                "must be less than or equal to \(total) (the number of indexes in the specified succeededIndexes field)"
            findings.refuse(here, value: "\(count)", message)
        }
    }
}
