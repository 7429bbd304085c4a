// batch/v1 JobTemplateSpec of Kubernetes 1.36.
extension FieldTable {
    static let jobTemplate = FieldTable(
        "JobTemplateSpec",
        [
            .honoured("metadata", .object(templateMetadata)).means("Labels and annotations of the jobs."),
            .honoured("spec", .object(jobSpec), required: true).means("How the jobs run their pods."),
        ]
    )

    /// Metadata of a template: what is made from it has a name and an owner of its own.
    static let templateMetadata = FieldTable(
        "ObjectMeta",
        [
            .honoured("annotations", .textMap)
                .means("Remarks for people and programs, by key; some of them steer placement."),
            .accepted("creationTimestamp").means("When the object was created; a server writes it.", type: "Time"),
            .accepted("deletionGracePeriodSeconds")
                .means("Time left to an object that is being deleted; a server writes it.", type: "integer"),
            .accepted("deletionTimestamp").means("When deletion was asked for; a server writes it.", type: "Time"),
            .ignored("finalizers", .texts, "nothing here waits for finalizers")
                .means("Keys that hold up the deletion of the object."),
            .ignored("generateName", .text, "names follow from the JobSet")
                .means("Beginning of a name to which a server adds the rest."),
            .accepted("generation")
                .means("Number that grows with each change of spec; a server writes it.", type: "integer"),
            .honoured("labels", .textMap).means("Keys and values by which objects are found and grouped."),
            .accepted("managedFields")
                .means("Which program set which field; a server writes it.", type: "[]ManagedFieldsEntry"),
            .ignored("name", .text, "names follow from the JobSet")
                .means("Name of the object that is made from the template."),
            .ignored("namespace", .text, "jobs and pods are in the namespace of their JobSet")
                .means("Namespace of the object that is made from the template."),
            .ignored("ownerReferences", "jobs and pods belong to their JobSet")
                .means("Objects with which this one is deleted.", type: "[]OwnerReference"),
            .accepted("resourceVersion")
                .means("Version of the object in the store; a server writes it.", type: "string"),
            .accepted("selfLink").means("Address of the object in the API; no longer in use.", type: "string"),
            .accepted("uid").means("Identity of the object for all time; a server writes it.", type: "string"),
        ]
    )

    static let jobSpec = FieldTable(
        "JobSpec",
        [
            .honoured("activeDeadlineSeconds", .int64(minimum: 0))
                .means("Time the job may run before its pods are stopped and it fails."),
            .honoured("backoffLimit", .int32(minimum: 0))
                .means(
                    "How many pods may fail before the job fails; without limit beside backoffLimitPerIndex.",
                    default: "6"
                ),
            .honoured("backoffLimitPerIndex", .int32(minimum: 0))
                .means("How many pods of one index may fail before that index fails."),
            .honoured("completionMode", .choice(["Indexed", "NonIndexed"]))
                .means("Whether each pod has a completion index, or all pods are alike.", default: "Indexed"),
            .honoured("completions", .int32(minimum: 0))
                .means(
                    "How many pods have to succeed; left out beside parallelism, one success ends the work.",
                    default: "1"
                ),
            .refused("managedBy", "no other controller runs jobs here; leave it out")
                .means("Controller that looks after the job, if it is not the usual one.", type: "string"),
            .refused("manualSelector", "a job finds its pods by itself; leave it out")
                .means("Whether the user has written selector, and answers for it.", type: "boolean"),
            .honoured("maxFailedIndexes", .int32(minimum: 0))
                .means("How many indexes may fail before the job fails at once."),
            .honoured("parallelism", .int32(minimum: 0)).means(
                "How many pods run at the same time; of an Indexed job it may change with completions while it runs.",
                default: "1"
            ),
            .honoured("podFailurePolicy", .object(podFailurePolicy))
                .means("What to do for certain failures of pods, in place of counting them."),
            .honoured("podReplacementPolicy", .choice(["TerminatingOrFailed", "Failed"])).means(
                "Which pods are replaced, always once they have ended; Failed beside podFailurePolicy.",
                default: "TerminatingOrFailed"
            ),
            .refused("selector", "a job finds its pods by itself; leave it out")
                .means("Labels by which the job finds its pods.", type: "LabelSelector"),
            .honoured("successPolicy", .object(jobSuccessPolicy))
                .means("When a job with indexes has succeeded before all of them have."),
            .ignored("suspend", .boolean, "the JobSet's own spec.suspend decides")
                .means("Whether the job waits, without pods."),
            .honoured("template", .object(podTemplate), required: true).means("What each of the pods is like."),
            .refused(
                "ttlSecondsAfterFinished",
                "it would delete a job of a running JobSet; use spec.ttlSecondsAfterFinished of the JobSet"
            )
            .means("Time after which a finished job is deleted.", type: "integer"),
        ]
    )
}
