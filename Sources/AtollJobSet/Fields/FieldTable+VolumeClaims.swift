// VolumeClaimPolicy of jobset.x-k8s.io/v1alpha2, and the v1 PersistentVolumeClaim that it holds.
extension FieldTable {
    static let volumeClaimPolicy = FieldTable(
        "VolumeClaimPolicy",
        [
            .honoured("retentionPolicy", .object(retentionPolicy))
                .means("What becomes of the claims when the JobSet is deleted."),
            .honoured("templates", .objects(volumeClaim, countMax: 50)).means("The claims, one made from each."),
        ]
    )

    private static let retentionPolicy = FieldTable(
        "VolumeClaimRetentionPolicy",
        [
            .honoured("whenDeleted", .choice(["Delete", "Retain"]))
                .means("Whether claims and what is in them go with the JobSet or stay.", default: "Delete")
        ]
    )

    private static let volumeClaim = FieldTable(
        "PersistentVolumeClaim",
        [
            .accepted("apiVersion", .text).means("Version of the API: v1."),
            .accepted("kind", .text).means("Kind of the object: PersistentVolumeClaim."),
            .honoured("metadata", .object(claimMetadata))
                .means("Name of the volume and of the claim's beginning, labels and annotations."),
            .honoured("spec", .object(claimSpec)).means("What is asked of the storage."),
            .accepted("status").means("What has been observed of a claim.", type: "PersistentVolumeClaimStatus"),
        ]
    )

    private static let claimMetadata: FieldTable = {
        var table = templateMetadata
        table.fields = table.fields.map { field in
            switch field.name {
            case "name":
                .honoured("name", .text, required: true)
                    .means("Name of the volume that containers mount; the claim is <name>-<jobset>.")
            case "namespace":
                .honoured("namespace", .text).means("Not to be set: a claim is in the namespace of its JobSet.")
            case "ownerReferences":
                .ignored("ownerReferences", "a claim that is not retained belongs to its JobSet")
                    .means("Objects with which this one is deleted.", type: "[]OwnerReference")
            default: field
            }
        }
        return table
    }()

    private static let noStorage = "a claim is a folder among those that the agents are given; leave it out"

    private static let claimSpec = FieldTable(
        "PersistentVolumeClaimSpec",
        [
            .accepted("accessModes", .texts).means("How the volume may be mounted; here by all pods at once."),
            .refused("dataSource", "a claim begins empty; let a replicatedJob fill it first")
                .means("What is copied into the new volume.", type: "TypedLocalObjectReference"),
            .refused("dataSourceRef", "a claim begins empty; let a replicatedJob fill it first")
                .means("What is copied into the new volume.", type: "TypedObjectReference"),
            .honoured("resources", .object(claimResources)).means("How large the volume has to be."),
            .refused("selector", noStorage).means("Labels of the volume to bind to.", type: "LabelSelector"),
            .ignored("storageClassName", .text, "there is one class of storage: the folder that the agents are given")
                .means("Name of the class that the volume is taken from."),
            .ignored("volumeAttributesClassName", .text, "there are no classes of volumes")
                .means("Name of the class of further properties."),
            .accepted("volumeMode", .choice(["Filesystem"], refused: ["Block": "a claim is a folder; use Filesystem"]))
                .means("Whether the volume is a file system or a block device.", default: "Filesystem"),
            .refused("volumeName", noStorage).means("Name of the volume to bind to.", type: "string"),
        ]
    )

    private static let claimResources = FieldTable(
        "VolumeResourceRequirements",
        [
            .ignored("limits", .quantities, "a claim takes what its file system has")
                .means("Most that the volume may hold."),
            .ignored("requests", .quantities, "a claim takes what its file system has")
                .means("Least that the volume has to hold, such as storage: 10Gi."),
        ]
    )
}
