private let job = "spec.replicatedJobs[0].template.spec"
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
}
