extension JobSetRules {
    mutating func checkFailurePolicy() {
        guard let policy = spec.failurePolicy else { return }
        let path = FieldPath("spec", "failurePolicy", "rules")
        checkReplicasOfRestartedJobs(policy)
        for (index, rule) in policy.rules.enumerated() {
            let here = path.index(index)
            checkName(rule.name, at: here.field("name"))
            checkTargets(rule.targetReplicatedJobs, at: here.field("targetReplicatedJobs"))
            checkReasons(rule.onJobFailureReasons, at: here.field("onJobFailureReasons"))
            checkPatterns(rule.onJobFailureMessagePatterns, at: here.field("onJobFailureMessagePatterns"))
        }
        checkUniqueNames(policy.rules.map(\.name), at: path)
    }

    private mutating func checkReplicasOfRestartedJobs(_ policy: FailurePolicy) {
        let restartsJobs = policy.rules.contains {
            $0.action == .restartJob || $0.action == .restartJobAndIgnoreMaxRestarts
        }
        guard restartsJobs, let index = spec.replicatedJobs.firstIndex(where: { $0.replicas > 1024 }) else { return }
        findings.refuse(
            Self.replicatedJobsPath.index(index).field("replicas"),
            """
            JobSet cannot have a failure policy rule with RestartJob or RestartJobAndIgnoreMaxRestarts action and a \
            replicated job with replicas > 1024
            """
        )
    }

    private mutating func checkName(_ name: String, at path: FieldPath) {
        guard (1...128).contains(name.utf8.count) else {
            let message = """
                invalid failure policy rule name of length \(name.utf8.count), the rule name must be at least 1 \
                characters long and at most 128 characters long
                """
            return findings.refuse(path, message)
        }
        if !Self.isRuleName(name) {
            let message = """
                invalid failure policy rule name '\(name)', a failure policy rule name must start with an alphabetic \
                character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an \
                alphanumeric character or '_'
                """
            findings.refuse(path, message)
        }
    }

    /// `^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$`
    private static func isRuleName(_ name: String) -> Bool {
        guard let first = name.utf8.first, let last = name.utf8.last else { return false }
        return NameRules.isAlphabetic(first)
            && (NameRules.isAlphanumeric(last) || last == UInt8(ascii: "_"))
            && name.utf8.allSatisfy { NameRules.isAlphanumeric($0) || "_,:".utf8.contains($0) }
    }

    private mutating func checkTargets(_ names: [String], at path: FieldPath) {
        for (index, name) in names.enumerated() where !isReplicatedJob(name) {
            let message =
                "invalid replicatedJob name '\(name)' in failure policy does not appear in .spec.ReplicatedJobs"
            findings.refuse(path.index(index), message)
        }
    }

    private mutating func checkReasons(_ reasons: [String], at path: FieldPath) {
        for (index, reason) in reasons.enumerated() where JobFailureReason(rawValue: reason) == nil {
            let known = JobFailureReason.allCases.map(\.rawValue).joined(separator: ", ")
            let message =
                "invalid job failure reason '\(reason)' in failure policy is not a recognized job failure reason"
            findings.refuse(path.index(index), "\(message); there are \(known)")
        }
    }

    /// JobSet accepts a broken pattern, which then never matches; the user would learn it from a failed run.
    private mutating func checkPatterns(_ patterns: [String], at path: FieldPath) {
        for (index, pattern) in patterns.enumerated() {
            do {
                _ = try MessagePattern(pattern)
            } catch {
                findings.refuse(path.index(index), value: pattern, "\(error)")
            }
        }
    }

    private mutating func checkUniqueNames(_ names: [String], at path: FieldPath) {
        let indexesByName = Dictionary(grouping: names.indices) { names[$0] }
        for (index, name) in names.enumerated() {
            guard let indexes = indexesByName[name], indexes.count > 1, indexes[1] == index else { continue }
            let list = indexes.map(String.init).joined(separator: " ")
            let message = "rule names are not unique, rules with indices [\(list)] all have the same name '\(name)'"
            findings.refuse(path.index(index), message)
        }
    }
}
