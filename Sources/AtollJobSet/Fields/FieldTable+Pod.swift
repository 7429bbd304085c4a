// v1 PodTemplateSpec of Kubernetes 1.36.
extension FieldTable {
    static let podTemplate = FieldTable(
        "PodTemplateSpec",
        [
            .honoured("metadata", .object(templateMetadata)).means("Labels and annotations of the pods."),
            .honoured("spec", .object(podSpec), required: true).means("What the pods run, and where."),
        ]
    )

    static let podSpec = FieldTable(
        "PodSpec",
        [
            .honoured("activeDeadlineSeconds", .int64()).means(
                "Time a pod may run before it is stopped and has failed."
            ),
            .refused("affinity", "not supported; use nodeSelector and the exclusive-topology annotation")
                .means("Rules about the hosts and pods that a pod wants near or far.", type: "Affinity"),
            .ignored("automountServiceAccountToken", .boolean, "there are no service accounts")
                .means("Whether the token of the service account is put into the containers."),
            .honoured("containers", .objects(container, key: "name"), required: true)
                .means("The programs that run in the pod."),
            .ignored("dnsConfig", "pods use the resolver of their host")
                .means("Name servers and search domains of the pod.", type: "PodDNSConfig"),
            .ignored("dnsPolicy", .text, "pods use the resolver of their host")
                .means("Whose name servers the pod asks."),
            .ignored("enableServiceLinks", .boolean, "there are no services to link")
                .means("Whether variables tell the addresses of services."),
            .refused("ephemeralContainers", "log in to the host to debug a pod")
                .means("Containers that were added to a running pod for debugging.", type: "[]EphemeralContainer"),
            .refused("hostAliases", "not supported; add the names to /etc/hosts of the hosts")
                .means("Further lines of the pod's hosts file.", type: "[]HostAlias"),
            .ignored("hostIPC", .boolean, "processes share the IPC namespace of their host anyway")
                .means("Whether the pod shares the IPC namespace of its host."),
            .honoured("hostNetwork", .boolean).means("Whether the pod uses the network of its host.", default: "false"),
            .ignored("hostPID", .boolean, "processes share the PID namespace of their host anyway")
                .means("Whether the pod shares the PID namespace of its host."),
            .ignored("hostUsers", .boolean, "processes share the user namespace of their host")
                .means("Whether the pod shares the user namespace of its host."),
            .refused("hostname", "host names follow from the JobSet; leave it out")
                .means("Host name of the pod.", type: "string"),
            .refused("hostnameOverride", "host names follow from the JobSet; leave it out")
                .means("Host name that the pod sees, in place of any other.", type: "string"),
            .ignored("imagePullSecrets", "no image is pulled")
                .means("Secrets with which images are pulled.", type: "[]LocalObjectReference"),
            .honoured("initContainers", .objects(container, key: "name"))
                .means("Programs that run to their end, one after the other, before the containers; or sidecars."),
            .refused("nodeName", "use nodeSelector with the label kubernetes.io/hostname")
                .means("Name of the host that the pod runs on, past all placement.", type: "string"),
            .honoured("nodeSelector", .textMap).means("Labels that a host must have to run the pod."),
            .ignored("os", "all hosts run Linux").means("Operating system that the pod is made for.", type: "PodOS"),
            .ignored("overhead", "processes have no sandbox to account for")
                .means("What the pod's sandbox itself takes of the host.", type: "map[string]Quantity"),
            .ignored("preemptionPolicy", .text, "nothing is preempted yet")
                .means("Whether the pod may push out pods of lower priority."),
            .ignored("priority", .int32(), "there are no priorities yet").means("Priority of the pod as a number."),
            .ignored("priorityClassName", .text, "there are no priorities yet")
                .means("Name of the class that the priority is taken from."),
            .refused("readinessGates", "nothing could open them; leave it out")
                .means("Conditions that have to be true before the pod is ready.", type: "[]PodReadinessGate"),
            .refused("resourceClaims", "ask for devices in resources.limits of the container")
                .means("Claims on devices that the containers share.", type: "[]PodResourceClaim"),
            .refused("resources", "set resources on the containers instead")
                .means("Resources of the pod as a whole.", type: "ResourceRequirements"),
            .honoured("restartPolicy", .choice(["Never", "OnFailure"]))
                .means("Whether a container that fails is started again in its pod.", default: "OnFailure"),
            .ignored("runtimeClassName", .text, "pods are processes of the host")
                .means("Name of the runtime that runs the containers."),
            .ignored("schedulerName", .text, "Atoll places all pods")
                .means("Name of the scheduler that places the pod."),
            .refused("schedulingGates", "nothing could open them; use spec.suspend of the JobSet")
                .means(
                    "Gates that keep the pod from being placed until they are removed.",
                    type: "[]PodSchedulingGate"
                ),
            .ignored("schedulingGroup", "the pods of a JobSet are always placed together")
                .means("Pods that are placed together with this one.", type: "PodSchedulingGroup"),
            .accepted("securityContext", .object(podSecurityContext)).means("Rights and user of all containers."),
            .ignored("serviceAccount", .text, "there are no service accounts").means("Old name of serviceAccountName."),
            .ignored("serviceAccountName", .text, "there are no service accounts")
                .means("Name of the account under which the pod speaks to the API."),
            .refused("setHostnameAsFQDN", "host names follow from the JobSet; leave it out")
                .means("Whether the host name that the pod sees includes its domain.", type: "boolean"),
            .ignored("shareProcessNamespace", .boolean, "processes share the PID namespace of their host anyway")
                .means("Whether the containers of the pod see each other's processes."),
            .refused("subdomain", "set spec.network.subdomain of the JobSet instead")
                .means("Domain that the pod's host name ends in.", type: "string"),
            .honoured("terminationGracePeriodSeconds", .int64(minimum: 0))
                .means("Time between SIGTERM and SIGKILL when the pod is stopped.", default: "30"),
            .ignored("tolerations", "hosts have no taints")
                .means("Taints of hosts that do not keep the pod away.", type: "[]Toleration"),
            .refused("topologySpreadConstraints", "not supported; use the exclusive-topology annotation")
                .means("How pods spread over hosts and zones.", type: "[]TopologySpreadConstraint"),
            .honoured("volumes", .objects(volume, key: "name")).means("Storage that containers may mount."),
            .ignored("workloadRef", "the pods of a JobSet are always placed together")
                .means("The workload that the pod is placed with.", type: "WorkloadReference"),
        ]
    )

    static let podSecurityContext = FieldTable(
        "PodSecurityContext",
        [
            .ignored("appArmorProfile", "processes run with the profile of the agent")
                .means("AppArmor profile of the containers.", type: "AppArmorProfile"),
            .refused("fsGroup", "files of volumes keep their owners; let the command change them")
                .means("Group that owns the volumes.", type: "integer"),
            .refused("fsGroupChangePolicy", "files of volumes keep their owners; leave it out")
                .means("When the owner of a volume's files is changed.", type: "string"),
            .refused("runAsGroup", runAsReason).means("Group id that the processes run with.", type: "integer"),
            .refused("runAsNonRoot", runAsReason)
                .means("Whether a process that would run as root is not started.", type: "boolean"),
            .refused("runAsUser", runAsReason).means("User id that the processes run with.", type: "integer"),
            .ignored("seLinuxChangePolicy", .text, "files of volumes keep their labels")
                .means("How the SELinux label of a volume is changed."),
            .ignored("seLinuxOptions", "processes run with the context of the agent")
                .means("SELinux context of the containers.", type: "SELinuxOptions"),
            .ignored("seccompProfile", "processes run with the filters of the agent")
                .means("Filter for system calls of the containers.", type: "SeccompProfile"),
            .refused("supplementalGroups", runAsReason)
                .means("Further group ids that the processes run with.", type: "[]integer"),
            .refused("supplementalGroupsPolicy", runAsReason)
                .means("Whether groups of the image are added.", type: "string"),
            .refused("sysctls", "they would change the host; set them on the host")
                .means("Settings of the kernel for the pod.", type: "[]Sysctl"),
            .refused("windowsOptions", "all hosts run Linux; leave it out")
                .means("Settings that hold on Windows only.", type: "WindowsSecurityContextOptions"),
        ]
    )

    static let runAsReason =
        "processes run as the user of the agent; let the command change it, with setpriv for example"
}
