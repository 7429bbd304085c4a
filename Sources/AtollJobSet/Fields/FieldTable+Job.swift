// batch/v1 JobTemplateSpec of Kubernetes 1.36.
extension FieldTable {
    static let jobTemplate = FieldTable(
        "JobTemplateSpec",
        [
            .honoured("metadata", .object(templateMetadata)),
            .honoured("spec", .object(jobSpec), required: true),
        ]
    )

    /// Metadata of a template: what is made from it has a name and an owner of its own.
    static let templateMetadata = FieldTable(
        "ObjectMeta",
        [
            .honoured("annotations", .textMap),
            .accepted("creationTimestamp"),
            .accepted("deletionGracePeriodSeconds"),
            .accepted("deletionTimestamp"),
            .ignored("finalizers", .texts, "nothing here waits for finalizers"),
            .ignored("generateName", .text, "names follow from the JobSet"),
            .accepted("generation"),
            .honoured("labels", .textMap),
            .accepted("managedFields"),
            .ignored("name", .text, "names follow from the JobSet"),
            .ignored("namespace", .text, "jobs and pods are in the namespace of their JobSet"),
            .ignored("ownerReferences", "jobs and pods belong to their JobSet"),
            .accepted("resourceVersion"),
            .accepted("selfLink"),
            .accepted("uid"),
        ]
    )

    static let jobSpec = FieldTable(
        "JobSpec",
        [
            .honoured("activeDeadlineSeconds", .int64(minimum: 0)),
            .honoured("backoffLimit", .int32(minimum: 0)),
            .honoured("backoffLimitPerIndex", .int32(minimum: 0)),
            .honoured("completionMode", .choice(["Indexed", "NonIndexed"])),
            .honoured("completions", .int32(minimum: 0)),
            .refused("managedBy", "no other controller runs jobs here; leave it out"),
            .refused("manualSelector", "a job finds its pods by itself; leave it out"),
            .honoured("maxFailedIndexes", .int32(minimum: 0)),
            .honoured("parallelism", .int32(minimum: 0)),
            .honoured("podFailurePolicy", .object(podFailurePolicy)),
            .honoured("podReplacementPolicy", .choice(["TerminatingOrFailed", "Failed"])),
            .refused("selector", "a job finds its pods by itself; leave it out"),
            .honoured("successPolicy", .object(jobSuccessPolicy)),
            .ignored("suspend", .boolean, "the JobSet's own spec.suspend decides"),
            .honoured("template", .object(podTemplate), required: true),
            .refused(
                "ttlSecondsAfterFinished",
                "it would delete a job of a running JobSet; use spec.ttlSecondsAfterFinished of the JobSet"
            ),
        ]
    )
}
