private let job = "spec.replicatedJobs[0].template.spec"
private let rule = "\(job).podFailurePolicy.rules[0]"
private let perIndex = "parallelism: 2\n        backoffLimitPerIndex: 1"
private let nonIndexed = "parallelism: 2\n        completionMode: NonIndexed"

// What the Job API asks of a job's policies.
extension RefusalTests {
    static let indexRules: [Refusal] = [
        Refusal(
            "parallelism: 2",
            "backoffLimitPerIndex: -1",
            path: "\(job).backoffLimitPerIndex",
            "should be greater than or equal to 0",
            line: 11
        ),
        Refusal(
            "parallelism: 2",
            "maxFailedIndexes: 1",
            path: "\(job).backoffLimitPerIndex",
            "Required value: when maxFailedIndexes is specified",
            line: 10
        ),
        Refusal(
            "parallelism: 2",
            "\(nonIndexed)\n        backoffLimitPerIndex: 1",
            path: "\(job).backoffLimitPerIndex",
            "requires indexed completion mode",
            line: 13
        ),
        Refusal(
            "parallelism: 2",
            "\(perIndex)\n        maxFailedIndexes: 3",
            path: "\(job).maxFailedIndexes",
            "must be less than or equal to completions",
            line: 13
        ),
        Refusal(
            "parallelism: 2\n        completions: 2",
            "completions: 100001\n        backoffLimitPerIndex: 1",
            path: "\(job).maxFailedIndexes",
            "Required value: must be specified when completions is above 100000",
            line: 10
        ),
        Refusal(
            "parallelism: 2\n        completions: 2",
            "completions: 100001\n        backoffLimitPerIndex: 1\n        maxFailedIndexes: 10001",
            path: "\(job).maxFailedIndexes",
            "must be less than or equal to 10000 when completions are above 100000",
            line: 13
        ),
        Refusal(
            "parallelism: 2\n        completions: 2",
            "completions: 100001\n        parallelism: 10001\n        backoffLimitPerIndex: 1\n        maxFailedIndexes: 1",
            path: "\(job).parallelism",
            "must be less than or equal to 10000 when completions are above 100000",
            line: 12
        ),
        Refusal(
            "parallelism: 2\n        completions: 2\n        template:\n          spec:\n            restartPolicy: Never",
            "backoffLimitPerIndex: 1\n        template:\n          spec:\n            restartPolicy: OnFailure",
            path: "\(job).template.spec.restartPolicy",
            "only \"Never\" is supported when backoffLimitPerIndex is specified",
            line: 14
        ),
    ]

    /// One rule of a pod failure policy, in line 11.
    private static func refusal(ofRule text: String, path: String, _ message: String) -> Refusal {
        Refusal(
            "parallelism: 2",
            "podFailurePolicy: {rules: [{\(text)}]}",
            path: path,
            message,
            line: 11
        )
    }

    static let podFailureRules: [Refusal] = [
        Refusal(
            "parallelism: 2",
            "podFailurePolicy: {}",
            path: "\(job).podFailurePolicy.rules",
            "Required value",
            line: 11
        ),
        Refusal(
            "parallelism: 2\n        completions: 2\n        template:\n          spec:\n            restartPolicy: Never",
            "podFailurePolicy: {rules: []}\n        template:\n          spec:\n            restartPolicy: OnFailure",
            path: "\(job).template.spec.restartPolicy",
            "only \"Never\" is supported when podFailurePolicy is specified",
            line: 14
        ),
        refusal(
            ofRule: "action: Retry, onExitCodes: {operator: In, values: [1]}",
            path: "\(rule).action",
            "Unsupported value: \"Retry\": supported values: \"Count\", \"FailIndex\", \"FailJob\", \"Ignore\""
        ),
        refusal(ofRule: "onExitCodes: {operator: In, values: [1]}", path: "\(rule).action", "Required value"),
        refusal(
            ofRule: "action: FailIndex, onExitCodes: {operator: In, values: [1]}",
            path: "\(rule).action",
            "requires the backoffLimitPerIndex to be set"
        ),
        refusal(ofRule: "action: Count", path: rule, "one of OnExitCodes and OnPodConditions is required"),
        refusal(
            ofRule: "action: Count, onExitCodes: {operator: In, values: [1]}, onPodConditions: [{type: ConfigIssue}]",
            path: rule,
            "specifying both OnExitCodes and OnPodConditions is not supported"
        ),
        refusal(
            ofRule: "action: Count, onExitCodes: {values: [1]}",
            path: "\(rule).onExitCodes.operator",
            "Required value"
        ),
        refusal(
            ofRule: "action: Count, onExitCodes: {operator: In, values: []}",
            path: "\(rule).onExitCodes.values",
            "at least one value is required"
        ),
        refusal(
            ofRule: "action: Count, onExitCodes: {operator: In, values: [0, 1]}",
            path: "\(rule).onExitCodes.values[0]",
            "must not be 0 for the In operator"
        ),
        refusal(
            ofRule: "action: Count, onExitCodes: {operator: NotIn, values: [1, 1]}",
            path: "\(rule).onExitCodes.values[1]",
            "Duplicate value: 1"
        ),
        refusal(
            ofRule: "action: Count, onExitCodes: {operator: In, values: [2, 1]}",
            path: "\(rule).onExitCodes.values",
            "must be ordered"
        ),
        refusal(
            ofRule: "action: Count, onExitCodes: {operator: In, values: [one]}",
            path: "\(rule).onExitCodes.values[0]",
            "expected an integer"
        ),
        refusal(
            ofRule:
                "action: Count, onExitCodes: {operator: NotIn, values: [\((0...255).map(String.init).joined(separator: ","))]}",
            path: "\(rule).onExitCodes.values",
            "Too many: 256: must have at most 255 items"
        ),
        refusal(
            ofRule: "action: Count, onExitCodes: {containerName: a, operator: In, values: [1]}",
            path: "\(rule).onExitCodes.containerName",
            "must be one of the container or initContainer names"
        ),
        refusal(
            ofRule: "action: Count, onPodConditions: [{type: a b}]",
            path: "\(rule).onPodConditions[0].type",
            "name part must consist"
        ),
        refusal(
            ofRule: "action: Count, onPodConditions: [{type: ConfigIssue, status: \"Maybe\"}]",
            path: "\(rule).onPodConditions[0].status",
            "Unsupported value: \"Maybe\""
        ),
        Refusal(
            "parallelism: 2",
            "podReplacementPolicy: TerminatingOrFailed\n        podFailurePolicy: {rules: []}",
            path: "\(job).podReplacementPolicy",
            "Unsupported value: \"TerminatingOrFailed\": supported values: \"Failed\"",
            line: 11
        ),
        Refusal(
            "parallelism: 2",
            "podReplacementPolicy: Never",
            path: "\(job).podReplacementPolicy",
            "Unsupported value: \"Never\"",
            line: 11
        ),
    ]

    /// A rule of a job's success policy, in line 11, for two completions.
    private static func refusal(ofSuccess text: String, path: String, _ message: String) -> Refusal {
        Refusal(
            "parallelism: 2",
            "successPolicy: {rules: [{\(text)}]}",
            path: "\(job).successPolicy.rules[0]\(path)",
            message,
            line: 11
        )
    }

    static let jobSuccessRules: [Refusal] = [
        Refusal(
            "parallelism: 2",
            "successPolicy: {rules: []}",
            path: "\(job).successPolicy.rules",
            "at least one rules must be specified",
            line: 11
        ),
        Refusal(
            "parallelism: 2",
            "\(nonIndexed)\n        successPolicy: {rules: [{succeededCount: 1}]}",
            path: "\(job).successPolicy",
            "requires indexed completion mode",
            line: 13
        ),
        refusal(ofSuccess: "", path: "", "at least one of succeededCount or succeededIndexes must be specified"),
        refusal(
            ofSuccess: "succeededCount: 3",
            path: ".succeededCount",
            "must be less than or equal to 2 (the number of specified completions)"
        ),
        refusal(
            ofSuccess: "succeededCount: 2, succeededIndexes: \"1\"",
            path: ".succeededCount",
            "must be less than or equal to 1 (the number of indexes"
        ),
        refusal(ofSuccess: "succeededCount: -1", path: ".succeededCount", "greater than or equal to 0"),
        refusal(ofSuccess: "succeededIndexes: 1", path: ".succeededIndexes", "write it in quotes"),
        refusal(ofSuccess: "succeededIndexes: \"\"", path: ".succeededIndexes", "cannot convert string to integer"),
        refusal(ofSuccess: "succeededIndexes: \"1,\"", path: ".succeededIndexes", "cannot convert string to integer"),
        refusal(ofSuccess: "succeededIndexes: \"+1\"", path: ".succeededIndexes", "for index: \"+1\""),
        refusal(ofSuccess: "succeededIndexes: \"2\"", path: ".succeededIndexes", "too large index: \"2\""),
        refusal(ofSuccess: "succeededIndexes: \"0-0\"", path: ".succeededIndexes", "previous: 0, current: 0"),
        refusal(ofSuccess: "succeededIndexes: \"1,0\"", path: ".succeededIndexes", "previous: 1, current: 0"),
        refusal(ofSuccess: "succeededIndexes: \"0-1-2\"", path: ".succeededIndexes", "more than two parts"),
        refusal(
            ofSuccess: "succeededIndexes: \"99999999999999999999\"",
            path: ".succeededIndexes",
            "cannot convert string to integer"
        ),
        refusal(
            ofSuccess: "succeededIndexes: \"\(String(repeating: "0", count: 65_537))\"",
            path: ".succeededIndexes",
            "Too long: may not be more than 65536 bytes"
        ),
    ]
}
