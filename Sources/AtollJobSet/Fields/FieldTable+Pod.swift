// v1 PodTemplateSpec of Kubernetes 1.36.
extension FieldTable {
    static let podTemplate = FieldTable(
        "PodTemplateSpec",
        [
            .honoured("metadata", .object(templateMetadata)),
            .honoured("spec", .object(podSpec), required: true),
        ]
    )

    static let podSpec = FieldTable(
        "PodSpec",
        [
            .honoured("activeDeadlineSeconds", .int64()),
            .refused("affinity", "not supported; use nodeSelector and the exclusive-topology annotation"),
            .ignored("automountServiceAccountToken", .boolean, "there are no service accounts"),
            .honoured("containers", .objects(container, key: "name"), required: true),
            .ignored("dnsConfig", "pods use the resolver of their host"),
            .ignored("dnsPolicy", .text, "pods use the resolver of their host"),
            .ignored("enableServiceLinks", .boolean, "there are no services to link"),
            .refused("ephemeralContainers", "log in to the host to debug a pod"),
            .refused("hostAliases", "not supported; add the names to /etc/hosts of the hosts"),
            .ignored("hostIPC", .boolean, "processes share the IPC namespace of their host anyway"),
            .honoured("hostNetwork", .boolean),
            .ignored("hostPID", .boolean, "processes share the PID namespace of their host anyway"),
            .ignored("hostUsers", .boolean, "processes share the user namespace of their host"),
            .refused("hostname", "host names follow from the JobSet; leave it out"),
            .refused("hostnameOverride", "host names follow from the JobSet; leave it out"),
            .ignored("imagePullSecrets", "no image is pulled"),
            .refused("initContainers", "not supported; run these steps first in the container's own command"),
            .refused("nodeName", "use nodeSelector with the label kubernetes.io/hostname"),
            .honoured("nodeSelector", .textMap),
            .ignored("os", "all hosts run Linux"),
            .ignored("overhead", "processes have no sandbox to account for"),
            .ignored("preemptionPolicy", .text, "nothing is preempted yet"),
            .ignored("priority", .int32(), "there are no priorities yet"),
            .ignored("priorityClassName", .text, "there are no priorities yet"),
            .refused("readinessGates", "nothing could open them; leave it out"),
            .refused("resourceClaims", "ask for devices in resources.limits of the container"),
            .refused("resources", "set resources on the containers instead"),
            .honoured("restartPolicy", .choice(["Never", "OnFailure"])),
            .ignored("runtimeClassName", .text, "pods are processes of the host"),
            .ignored("schedulerName", .text, "Atoll places all pods"),
            .refused("schedulingGates", "nothing could open them; use spec.suspend of the JobSet"),
            .ignored("schedulingGroup", "the pods of a JobSet are always placed together"),
            .accepted("securityContext", .object(podSecurityContext)),
            .ignored("serviceAccount", .text, "there are no service accounts"),
            .ignored("serviceAccountName", .text, "there are no service accounts"),
            .refused("setHostnameAsFQDN", "host names follow from the JobSet; leave it out"),
            .ignored("shareProcessNamespace", .boolean, "processes share the PID namespace of their host anyway"),
            .refused("subdomain", "set spec.network.subdomain of the JobSet instead"),
            .honoured("terminationGracePeriodSeconds", .int64(minimum: 0)),
            .ignored("tolerations", "hosts have no taints"),
            .refused("topologySpreadConstraints", "not supported; use the exclusive-topology annotation"),
            .refused("volumes", "pods are processes without volumes; let the command use a path of the host"),
            .ignored("workloadRef", "the pods of a JobSet are always placed together"),
        ]
    )

    static let podSecurityContext = FieldTable(
        "PodSecurityContext",
        [
            .ignored("appArmorProfile", "processes run with the profile of the agent"),
            .refused("fsGroup", "there are no volumes to own; leave it out"),
            .refused("fsGroupChangePolicy", "there are no volumes to own; leave it out"),
            .refused("runAsGroup", runAsReason),
            .refused("runAsNonRoot", runAsReason),
            .refused("runAsUser", runAsReason),
            .ignored("seLinuxChangePolicy", .text, "there are no volumes to label"),
            .ignored("seLinuxOptions", "processes run with the context of the agent"),
            .ignored("seccompProfile", "processes run with the filters of the agent"),
            .refused("supplementalGroups", runAsReason),
            .refused("supplementalGroupsPolicy", runAsReason),
            .refused("sysctls", "they would change the host; set them on the host"),
            .refused("windowsOptions", "all hosts run Linux; leave it out"),
        ]
    )

    static let runAsReason =
        "processes run as the user of the agent; let the command change it, with setpriv for example"
}
