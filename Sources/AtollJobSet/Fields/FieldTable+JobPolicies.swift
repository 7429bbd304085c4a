// The policies of a batch/v1 JobSpec of Kubernetes 1.36.
extension FieldTable {
    static let podFailurePolicy = FieldTable(
        "PodFailurePolicy",
        [.honoured("rules", .objects(podFailurePolicyRule, countMax: 20), required: true)]
    )

    static let podFailurePolicyRule = FieldTable(
        "PodFailurePolicyRule",
        [
            .honoured("action", .choice(["Count", "FailIndex", "FailJob", "Ignore"]), required: true),
            .honoured("onExitCodes", .object(podFailurePolicyExitCodes)),
            .honoured("onPodConditions", .objects(podFailurePolicyCondition, countMax: 20)),
        ]
    )

    static let podFailurePolicyExitCodes = FieldTable(
        "PodFailurePolicyOnExitCodesRequirement",
        [
            .honoured("containerName", .text),
            .honoured("operator", .choice(["In", "NotIn"]), required: true),
            .honoured("values", .int32s(countMax: 255), required: true),
        ]
    )

    static let podFailurePolicyCondition = FieldTable(
        "PodFailurePolicyOnPodConditionsPattern",
        [
            .honoured("status", .choice(["False", "True", "Unknown"])),
            .honoured("type", .text, required: true),
        ]
    )

    static let jobSuccessPolicy = FieldTable(
        "SuccessPolicy",
        [.honoured("rules", .objects(jobSuccessPolicyRule, countMax: 20), required: true)]
    )

    static let jobSuccessPolicyRule = FieldTable(
        "SuccessPolicyRule",
        [
            .honoured("succeededCount", .int32(minimum: 0)),
            .honoured("succeededIndexes", .text),
        ]
    )
}
