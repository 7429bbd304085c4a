extension JobSetRules {
    /// Limits on the failures of single indexes. Source: `batch/v1` validation.
    mutating func checkIndexFailures(_ job: JobSpec, at path: FieldPath) {
        let limits = [("backoffLimitPerIndex", job.backoffLimitPerIndex), ("maxFailedIndexes", job.maxFailedIndexes)]
        if job.maxFailedIndexes != nil, job.backoffLimitPerIndex == nil {
            let message = "Required value: when maxFailedIndexes is specified"
            findings.refuse(path.field("backoffLimitPerIndex"), message)
        }
        if job.completionMode == .nonIndexed {
            for case (let name, let limit?) in limits {
                findings.refuse(path.field(name), value: "\(limit)", "requires indexed completion mode")
            }
        } else {
            checkMaxFailedIndexes(job, at: path)
        }
        if job.backoffLimitPerIndex != nil { requireNever(job.pod, for: "backoffLimitPerIndex", at: path) }
    }

    private mutating func checkMaxFailedIndexes(_ job: JobSpec, at path: FieldPath) {
        let here = path.field("maxFailedIndexes")
        if let limit = job.maxFailedIndexes, let completions = job.completions, limit > completions {
            findings.refuse(here, value: "\(limit)", "must be less than or equal to completions")
        }
        if let limit = job.maxFailedIndexes, limit > 100_000 {
            findings.refuse(here, value: "\(limit)", "must be less than or equal to 100000")
        }
        guard job.backoffLimitPerIndex != nil, let completions = job.completions, completions > 100_000 else { return }
        let rest = "when completions are above 100000 and used with backoff limit per index"
        if job.maxFailedIndexes == nil {
            findings.refuse(here, "Required value: must be specified when completions is above 100000")
        }
        if let limit = job.maxFailedIndexes, limit > 10_000 {
            findings.refuse(here, value: "\(limit)", "must be less than or equal to 10000 \(rest)")
        }
        if job.parallelism > 10_000 {
            let message = "must be less than or equal to 10000 \(rest)"
            findings.refuse(path.field("parallelism"), value: "\(job.parallelism)", message)
        }
    }

    /// What counts or tells failed pods apart needs pods that fail, not containers that are restarted in them.
    mutating func requireNever(_ pod: PodTemplate, for field: String, at path: FieldPath) {
        guard pod.restartPolicy != .never else { return }
        findings.refuse(
            path.field("template", "spec", "restartPolicy"),
            value: pod.restartPolicy.rawValue,
            "only \"Never\" is supported when \(field) is specified"
        )
    }
}
