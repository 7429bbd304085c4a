// jobset.x-k8s.io/v1alpha2, and the metadata that all objects have.
extension FieldTable {
    public static let jobSet = FieldTable(
        "JobSet",
        [
            .honoured("apiVersion", .text, required: true)
                .means("Version of the API that the manifest is written for: jobset.x-k8s.io/v1alpha2."),
            .honoured("kind", .text, required: true).means("Kind of the object: JobSet."),
            .honoured("metadata", .object(objectMetadata), required: true)
                .means("Name, namespace, labels and annotations of the JobSet."),
            .honoured("spec", .object(jobSetSpec)).means("What is to run, and what follows from success and failure."),
            .accepted("status").means("What the coordinator has observed; it alone writes this.", type: "JobSetStatus"),
        ]
    )

    static let objectMetadata = FieldTable(
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
            .honoured("generateName", .text)
                .means("Beginning of a name to which five characters are added, where name is left out."),
            .accepted("generation")
                .means("Number that grows with each change of spec; a server writes it.", type: "integer"),
            .honoured("labels", .textMap).means("Keys and values by which objects are found and grouped."),
            .accepted("managedFields")
                .means("Which program set which field; a server writes it.", type: "[]ManagedFieldsEntry"),
            .honoured("name", .text)
                .means("Name of the JobSet, one of its kind in its namespace.", default: "made from generateName"),
            .honoured("namespace", .text).means("Namespace of the JobSet.", default: "default"),
            .ignored("ownerReferences", "objects are deleted by name, never with an owner")
                .means("Objects with which this one is deleted.", type: "[]OwnerReference"),
            .accepted("resourceVersion")
                .means("Version of the object in the store; a server writes it.", type: "string"),
            .accepted("selfLink").means("Address of the object in the API; no longer in use.", type: "string"),
            .accepted("uid").means("Identity of the object for all time; a server writes it.", type: "string"),
        ]
    )

    static let jobSetSpec = FieldTable(
        "JobSetSpec",
        [
            .honoured("activeDeadlineSeconds", .int32(minimum: 1))
                .means("Time the JobSet may be active before its pods are stopped and it fails."),
            .honoured("coordinator", .object(coordinator)).means("The pod whose host name all pods are told."),
            .honoured("failurePolicy", .object(failurePolicy))
                .means("What follows when a job fails; without it the JobSet fails."),
            .honoured("managedBy", .text).means("Controller that looks after the JobSet, if it is not the usual one."),
            .honoured("network", .object(network)).means("How pods find each other by name."),
            .honoured("replicatedJobs", .objects(replicatedJob, key: "name"))
                .means("The groups of equal jobs that make up the JobSet."),
            .honoured("startupPolicy", .object(startupPolicy)).means("Order in which the replicatedJobs start."),
            .honoured("successPolicy", .object(successPolicy))
                .means("Which jobs have to complete so that the JobSet has completed."),
            .honoured("suspend", .boolean)
                .means("Whether pods are stopped, or not started, until it is false again.", default: "false"),
            .honoured("ttlSecondsAfterFinished", .int32(minimum: 0))
                .means("Time after which a finished JobSet is deleted; without it it stays."),
            .honoured("volumeClaimPolicies", .objects(volumeClaimPolicy, countMax: 50))
                .means("Volume claims that are made for the pods, and how long they are kept."),
        ]
    )

    static let coordinator = FieldTable(
        "Coordinator",
        [
            .honoured("jobIndex", .int32()).means("Index of the job within its replicatedJob.", default: "0"),
            .honoured("podIndex", .int32()).means("Completion index of the pod within its job.", default: "0"),
            .honoured("replicatedJob", .text, required: true)
                .means("Name of the replicatedJob that the pod belongs to."),
        ]
    )

    static let failurePolicy = FieldTable(
        "FailurePolicy",
        [
            .honoured("maxRestarts", .int32())
                .means("How often failed jobs may restart the JobSet before it fails.", default: "0"),
            .honoured("restartStrategy", .choice(["Recreate", "BlockingRecreate", "InPlaceRestart"]))
                .means(
                    "How far an attempt is stopped before the next one starts; InPlaceRestart keeps the pods.",
                    default: "Recreate"
                ),
            .honoured("rules", .objects(failurePolicyRule))
                .means("What to do for certain failures; the first rule that matches decides, else RestartJobSet."),
        ]
    )

    static let failurePolicyRule = FieldTable(
        "FailurePolicyRule",
        [
            .honoured(
                "action",
                .choice([
                    "FailJobSet", "RestartJobSet", "RestartJobSetAndIgnoreMaxRestarts", "RestartJob",
                    "RestartJobAndIgnoreMaxRestarts",
                ]),
                required: true
            )
            .means("What to do when the rule matches."),
            .honoured("name", .text)
                .means(
                    "Name of the rule for messages, unlike that of any other.",
                    default: "failurePolicyRuleN for the rule with index N"
                ),
            .honoured("onJobFailureMessagePatterns", .texts)
                .means("Regular expressions, one of which the job's failure message matches.", default: "any message"),
            .honoured("onJobFailureReasons", .texts)
                .means("Reasons, one of which the job failed for.", default: "any reason"),
            .honoured("targetReplicatedJobs", .texts)
                .means(
                    "Names of replicatedJobs, one of which the failed job belongs to.",
                    default: "all replicatedJobs"
                ),
        ]
    )

    static let network = FieldTable(
        "Network",
        [
            .honoured("enableDNSHostnames", .boolean)
                .means("Whether each pod has a host name that the others can look up.", default: "true"),
            .honoured("publishNotReadyAddresses", .boolean)
                .means("Whether a pod's address can be looked up before the pod is ready.", default: "true"),
            .honoured("subdomain", .text)
                .means("Domain that the host names of all pods end in.", default: "the name of the JobSet"),
        ]
    )

    static let startupPolicy = FieldTable(
        "StartupPolicy",
        [
            .honoured("startupPolicyOrder", .choice(["AnyOrder", "InOrder"]), required: true).means(
                "InOrder starts a replicatedJob once all before it are ready, AnyOrder starts all at once.",
                default: "AnyOrder"
            )
        ]
    )

    static let successPolicy = FieldTable(
        "SuccessPolicy",
        [
            .honoured("operator", .choice(["All", "Any"]), required: true)
                .means("Whether all of the jobs have to complete, or any one of them.", default: "All"),
            .honoured("targetReplicatedJobs", .texts)
                .means("Names of the replicatedJobs that count.", default: "all replicatedJobs"),
        ]
    )

    static let replicatedJob = FieldTable(
        "ReplicatedJob",
        [
            .honoured("dependsOn", .objects(dependsOn, countMax: 5, key: "name"))
                .means("Earlier replicatedJobs that have to be ready or complete before this one starts."),
            .honoured("groupName", .text)
                .means("Name of the group that it is counted with in the group's labels.", default: "default"),
            .honoured("name", .text, required: true)
                .means("Name of the replicatedJob, unlike that of any other; a part of its pods' names."),
            .honoured("replicas", .int32(minimum: 0)).means("How many jobs are made from the template.", default: "1"),
            .honoured("template", .object(jobTemplate), required: true).means("What each of the jobs is like."),
        ]
    )

    static let dependsOn = FieldTable(
        "DependsOn",
        [
            .honoured("name", .text, required: true).means("Name of an earlier replicatedJob."),
            .honoured("status", .choice(["Ready", "Complete"]), required: true)
                .means("What all jobs of that replicatedJob have to be."),
        ]
    )
}
