// jobset.x-k8s.io/v1alpha2, and the metadata that all objects have.
extension FieldTable {
    public static let jobSet = FieldTable(
        "JobSet",
        [
            .honoured("apiVersion", .text, required: true),
            .honoured("kind", .text, required: true),
            .honoured("metadata", .object(objectMetadata), required: true),
            .honoured("spec", .object(jobSetSpec)),
            .accepted("status"),
        ]
    )

    static let objectMetadata = FieldTable(
        "ObjectMeta",
        [
            .honoured("annotations", .textMap),
            .accepted("creationTimestamp"),
            .accepted("deletionGracePeriodSeconds"),
            .accepted("deletionTimestamp"),
            .ignored("finalizers", .texts, "nothing here waits for finalizers"),
            .refused("generateName", "names are not generated yet; set metadata.name"),
            .accepted("generation"),
            .honoured("labels", .textMap),
            .accepted("managedFields"),
            .honoured("name", .text, required: true),
            .honoured("namespace", .text),
            .ignored("ownerReferences", "objects are deleted by name, never with an owner"),
            .accepted("resourceVersion"),
            .accepted("selfLink"),
            .accepted("uid"),
        ]
    )

    static let jobSetSpec = FieldTable(
        "JobSetSpec",
        [
            .honoured("activeDeadlineSeconds", .int32(minimum: 1)),
            .honoured("coordinator", .object(coordinator)),
            .honoured("failurePolicy", .object(failurePolicy)),
            .honoured("managedBy", .text),
            .honoured("network", .object(network)),
            .honoured("replicatedJobs", .objects(replicatedJob, key: "name")),
            .honoured("startupPolicy", .object(startupPolicy)),
            .honoured("successPolicy", .object(successPolicy)),
            .honoured("suspend", .boolean),
            .honoured("ttlSecondsAfterFinished", .int32(minimum: 0)),
            .refused(
                "volumeClaimPolicies",
                "pods are processes without volumes; let the command use a path of the host"
            ),
        ]
    )

    static let coordinator = FieldTable(
        "Coordinator",
        [
            .honoured("jobIndex", .int32()),
            .honoured("podIndex", .int32()),
            .honoured("replicatedJob", .text, required: true),
        ]
    )

    static let failurePolicy = FieldTable(
        "FailurePolicy",
        [
            .honoured("maxRestarts", .int32()),
            .honoured(
                "restartStrategy",
                .choice(
                    ["Recreate", "BlockingRecreate"],
                    refused: ["InPlaceRestart": "InPlaceRestart is not supported yet; use Recreate or BlockingRecreate"]
                )
            ),
            .honoured("rules", .objects(failurePolicyRule)),
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
            ),
            .honoured("name", .text),
            .honoured("onJobFailureMessagePatterns", .texts),
            .honoured("onJobFailureReasons", .texts),
            .honoured("targetReplicatedJobs", .texts),
        ]
    )

    static let network = FieldTable(
        "Network",
        [
            .honoured("enableDNSHostnames", .boolean),
            .honoured("publishNotReadyAddresses", .boolean),
            .honoured("subdomain", .text),
        ]
    )

    static let startupPolicy = FieldTable(
        "StartupPolicy",
        [.honoured("startupPolicyOrder", .choice(["AnyOrder", "InOrder"]), required: true)]
    )

    static let successPolicy = FieldTable(
        "SuccessPolicy",
        [
            .honoured("operator", .choice(["All", "Any"]), required: true),
            .honoured("targetReplicatedJobs", .texts),
        ]
    )

    static let replicatedJob = FieldTable(
        "ReplicatedJob",
        [
            .honoured("dependsOn", .objects(dependsOn, countMax: 5, key: "name")),
            .honoured("groupName", .text),
            .honoured("name", .text, required: true),
            .honoured("replicas", .int32(minimum: 0)),
            .honoured("template", .object(jobTemplate), required: true),
        ]
    )

    static let dependsOn = FieldTable(
        "DependsOn",
        [
            .honoured("name", .text, required: true),
            .honoured("status", .choice(["Ready", "Complete"]), required: true),
        ]
    )
}
