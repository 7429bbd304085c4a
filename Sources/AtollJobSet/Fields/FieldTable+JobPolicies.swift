// The policies of a batch/v1 JobSpec of Kubernetes 1.36.
extension FieldTable {
    static let podFailurePolicy = FieldTable(
        "PodFailurePolicy",
        [
            .honoured("rules", .objects(podFailurePolicyRule, countMax: 20), required: true)
                .means("Rules in order; the first that matches a failed pod decides.")
        ]
    )

    static let podFailurePolicyRule = FieldTable(
        "PodFailurePolicyRule",
        [
            .honoured("action", .choice(["Count", "FailIndex", "FailJob", "Ignore"]), required: true)
                .means("What follows from a failure that the rule matches."),
            .honoured("onExitCodes", .object(podFailurePolicyExitCodes)).means("Exit codes that the rule matches."),
            .honoured("onPodConditions", .objects(podFailurePolicyCondition, countMax: 20))
                .means("Conditions of the failed pod of which the rule matches any."),
        ]
    )

    static let podFailurePolicyExitCodes = FieldTable(
        "PodFailurePolicyOnExitCodesRequirement",
        [
            .honoured("containerName", .text).means("Container whose exit code counts; left out, any container."),
            .honoured("operator", .choice(["In", "NotIn"]), required: true)
                .means("Whether the exit code has to be among the values, or must not be."),
            .honoured("values", .int32s(countMax: 255), required: true)
                .means("The exit codes, ascending and without repeats."),
        ]
    )

    static let podFailurePolicyCondition = FieldTable(
        "PodFailurePolicyOnPodConditionsPattern",
        [
            .honoured("status", .choice(["False", "True", "Unknown"]))
                .means("State that the condition has to be in.", default: "True"),
            .honoured("type", .text, required: true)
                .means(
                    "Name of the condition: DisruptionTarget for a lost host, ConfigIssue for a pod that cannot start."
                ),
        ]
    )

    static let jobSuccessPolicy = FieldTable(
        "SuccessPolicy",
        [
            .honoured("rules", .objects(jobSuccessPolicyRule, countMax: 20), required: true)
                .means("Rules in order; the job has succeeded once one of them holds.")
        ]
    )

    static let jobSuccessPolicyRule = FieldTable(
        "SuccessPolicyRule",
        [
            .honoured("succeededCount", .int32(minimum: 0))
                .means("How many indexes have to succeed; of succeededIndexes, where that is given."),
            .honoured("succeededIndexes", .text).means("Indexes that have to succeed, as in 0,2-4."),
        ]
    )
}
