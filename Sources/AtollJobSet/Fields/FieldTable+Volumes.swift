// v1 Volume and VolumeMount of Kubernetes 1.36.
extension FieldTable {
    static let volumeMount = FieldTable(
        "VolumeMount",
        [
            .honoured("mountPath", .text, required: true)
                .means("Absolute path at which the container sees the volume; made on the host if missing."),
            .ignored(
                "mountPropagation",
                .choice(
                    ["None", "HostToContainer"],
                    refused: ["Bidirectional": "mounts of a container are its own; mount on the host instead"]
                ),
                "mounts of the host reach its pods anyway"
            )
            .means("Whether later mounts are seen on the other side.", default: "None"),
            .honoured("name", .text, required: true).means("Name of the volume."),
            .honoured("readOnly", .boolean).means("Whether the container cannot write to it.", default: "false"),
            .accepted("recursiveReadOnly", .choice(["Disabled", "IfPossible", "Enabled"]))
                .means("Whether mounts below are read-only as well; with readOnly they always are."),
            .honoured("subPath", .text)
                .means("Path in the volume that is mounted in place of the whole; made if missing."),
            .refused("subPathExpr", "use subPath, or let the command choose a folder by its variables")
                .means("The same with variables in it.", type: "string"),
        ]
    )

    static let volume = FieldTable(
        "Volume",
        [
            .honoured("emptyDir", .object(emptyDir)).means("Folder of the pod's own, gone with the pod."),
            .honoured("hostPath", .object(hostPath)).means("File or folder of the host."),
            .honoured("name", .text, required: true)
                .means("Name of the volume, unlike that of any other in its pod."),
            .honoured("persistentVolumeClaim", .object(claimSource))
                .means("A claim of the namespace, or a folder that an operator made among them."),
        ] + unsupportedSources
    ).inOrder

    private static let onHosts = "not supported; mount it on the hosts, and use hostPath"

    /// What each of them is, the type's name in the API, and what to do instead.
    private static let unsupportedSources = [
        source("awsElasticBlockStore", "An EBS volume of AWS.", "AWSElasticBlockStoreVolumeSource", onHosts),
        source("azureDisk", "A disk of Azure.", "AzureDiskVolumeSource", onHosts),
        source("azureFile", "A share of Azure.", "AzureFileVolumeSource", onHosts),
        source("cephfs", "A Ceph file system.", "CephFSVolumeSource", onHosts),
        source("cinder", "A volume of OpenStack.", "CinderVolumeSource", onHosts),
        source(
            "configMap",
            "Entries of a config map as files.",
            "ConfigMapVolumeSource",
            "there are no config maps; put the files onto the hosts, and use hostPath"
        ),
        source("csi", "Storage that a CSI driver provides.", "CSIVolumeSource", onHosts),
        source(
            "downwardAPI",
            "Fields of the pod as files.",
            "DownwardAPIVolumeSource",
            "labels and annotations are files in $ATOLL_DOWNWARD; take other fields from env"
        ),
        source(
            "ephemeral",
            "A claim of the pod's own.",
            "EphemeralVolumeSource",
            "use emptyDir, or volumeClaimPolicies of the JobSet"
        ),
        source("fc", "A Fibre Channel disk.", "FCVolumeSource", onHosts),
        source("flexVolume", "Storage that a plugin provides.", "FlexVolumeSource", onHosts),
        source("flocker", "A dataset of Flocker.", "FlockerVolumeSource", onHosts),
        source("gcePersistentDisk", "A disk of Google Cloud.", "GCEPersistentDiskVolumeSource", onHosts),
        source(
            "gitRepo",
            "A repository of Git.",
            "GitRepoVolumeSource",
            "clone it in the command, into an emptyDir"
        ),
        source("glusterfs", "A Gluster file system.", "GlusterfsVolumeSource", onHosts),
        source(
            "image",
            "Files of an image.",
            "ImageVolumeSource",
            "no image is pulled; put the files onto the hosts, and use hostPath"
        ),
        source("iscsi", "An iSCSI disk.", "ISCSIVolumeSource", onHosts),
        source("nfs", "A share of an NFS server.", "NFSVolumeSource", onHosts),
        source("photonPersistentDisk", "A disk of Photon.", "PhotonPersistentDiskVolumeSource", onHosts),
        source("portworxVolume", "A volume of Portworx.", "PortworxVolumeSource", onHosts),
        source(
            "projected",
            "Several sources in one folder.",
            "ProjectedVolumeSource",
            "not supported; let the command gather the files in an emptyDir"
        ),
        source("quobyte", "A volume of Quobyte.", "QuobyteVolumeSource", onHosts),
        source("rbd", "A block device of Ceph.", "RBDVolumeSource", onHosts),
        source("scaleIO", "A volume of ScaleIO.", "ScaleIOVolumeSource", onHosts),
        source(
            "secret",
            "Entries of a secret as files.",
            "SecretVolumeSource",
            "there are no secrets; put the files onto the hosts, and use hostPath"
        ),
        source("storageos", "A volume of StorageOS.", "StorageOSVolumeSource", onHosts),
        source("vsphereVolume", "A disk of vSphere.", "VsphereVirtualDiskVolumeSource", onHosts),
    ]

    private static func source(_ name: String, _ meaning: String, _ type: String, _ reason: String) -> Field {
        .refused(name, reason).means(meaning, type: type)
    }

    private static let emptyDir = FieldTable(
        "EmptyDirVolumeSource",
        [
            .honoured(
                "medium",
                .choice(
                    ["", "Memory"],
                    refused: Dictionary(
                        uniqueKeysWithValues: ["HugePages", "HugePages-2Mi", "HugePages-1Gi"].map {
                            ($0, "mount a hugetlbfs on the hosts, and use hostPath")
                        }
                    )
                )
            )
            .means("Where it is: on the host's disk, or with Memory in its memory."),
            .honoured("sizeLimit", .quantity).means("Most that it may hold; enforced for Memory alone."),
        ]
    )

    private static let hostPath = FieldTable(
        "HostPathVolumeSource",
        [
            .honoured("path", .text, required: true).means("Absolute path on the host."),
            .honoured(
                "type",
                .choice([
                    "", "DirectoryOrCreate", "Directory", "FileOrCreate", "File", "Socket", "CharDevice", "BlockDevice",
                ])
            )
            .means("What has to be there, or is made; without it anything that exists is taken."),
        ]
    )

    private static let claimSource = FieldTable(
        "PersistentVolumeClaimVolumeSource",
        [
            .honoured("claimName", .text, required: true).means("Name of the claim."),
            .honoured("readOnly", .boolean)
                .means("Whether no container can write to it; shown as readOnly of the mounts.", default: "false"),
        ]
    )
}

extension FieldTable {
    /// The same with its fields by name.
    fileprivate var inOrder: FieldTable { FieldTable(title, fields.sorted { $0.name < $1.name }) }
}
