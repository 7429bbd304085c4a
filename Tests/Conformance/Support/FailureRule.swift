import AtollJobSet

extension FailurePolicy.Rule {
    /// One that applies to every failure unless told otherwise.
    static func example(
        _ action: Action,
        _ reasons: [String] = [],
        patterns: [String] = [],
        targets: [String] = [],
        name: String = "rule"
    ) -> FailurePolicy.Rule {
        FailurePolicy.Rule(
            name: name,
            action: action,
            onJobFailureReasons: reasons,
            onJobFailureMessagePatterns: patterns,
            targetReplicatedJobs: targets
        )
    }
}
