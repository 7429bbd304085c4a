// v1 Container of Kubernetes 1.36.
extension FieldTable {
    static let container = FieldTable(
        "Container",
        [
            .honoured("args", .texts),
            .honoured("command", .texts),
            .honoured("env", .objects(environmentVariable, key: "name")),
            .refused("envFrom", "there are no config maps and secrets; write the variables into env"),
            .ignored("image", .text, "the process runtime runs the command from the host's own files"),
            .ignored("imagePullPolicy", .text, "no image is pulled"),
            .refused("lifecycle", "not supported; let the command do it, and handle SIGTERM for the end"),
            .refused("livenessProbe", "probes are not supported; let the program exit when it is broken"),
            .honoured("name", .text, required: true),
            .accepted("ports"),
            .refused("readinessProbe", "probes are not supported; a pod is ready once its processes run"),
            .ignored("resizePolicy", "resources of a running pod do not change"),
            .honoured("resources", .object(resources)),
            .refused("restartPolicy", "set restartPolicy of the pod"),
            .refused("restartPolicyRules", "set restartPolicy of the pod"),
            .accepted("securityContext", .object(securityContext)),
            .refused("startupProbe", "probes are not supported; a pod is ready once its processes run"),
            .refused("stdin", "processes have no standard input; read from a file"),
            .refused("stdinOnce", "processes have no standard input; read from a file"),
            .ignored("terminationMessagePath", .text, "the exit code and the output tell how a process ended"),
            .ignored("terminationMessagePolicy", .text, "the exit code and the output tell how a process ended"),
            .refused("tty", "processes have no terminal; run the command under script(1) if it needs one"),
            .refused("volumeDevices", "pods have no volumes; let the command use a device file of the host"),
            .refused("volumeMounts", "pods have no volumes; let the command use a path of the host"),
            .honoured("workingDir", .text),
        ]
    )

    static let resources = FieldTable(
        "ResourceRequirements",
        [
            .refused("claims", "ask for devices in limits, by resource name"),
            .honoured("limits", .quantities),
            .honoured("requests", .quantities),
        ]
    )

    static let environmentVariable = FieldTable(
        "EnvVar",
        [
            .honoured("name", .text, required: true),
            .honoured("value", .text),
            .honoured("valueFrom", .object(environmentSource)),
        ]
    )

    static let environmentSource = FieldTable(
        "EnvVarSource",
        [
            .refused("configMapKeyRef", "there are no config maps; write the value itself"),
            .honoured("fieldRef", .object(fieldReference), required: true),
            .refused("fileKeyRef", "there are no volumes; write the value itself"),
            .refused("resourceFieldRef", "cpu and memory are not limited; write the value itself"),
            .refused("secretKeyRef", "there are no secrets; let the command read a file of the host"),
        ]
    )

    static let fieldReference = FieldTable(
        "ObjectFieldSelector",
        [
            .accepted("apiVersion", .choice(["v1"])),
            .honoured("fieldPath", .text, required: true),
        ]
    )

    static let securityContext = FieldTable(
        "SecurityContext",
        [
            .ignored("allowPrivilegeEscalation", .boolean, "processes have the rights of the agent"),
            .ignored("appArmorProfile", "processes run with the profile of the agent"),
            .ignored("capabilities", "processes have the capabilities of the agent"),
            .ignored("privileged", .boolean, "processes see the devices of the host anyway"),
            .ignored("procMount", .text, "processes see the host's /proc"),
            .refused("readOnlyRootFilesystem", "processes see the host's own files; leave it out"),
            .refused("runAsGroup", runAsReason),
            .refused("runAsNonRoot", runAsReason),
            .refused("runAsUser", runAsReason),
            .ignored("seLinuxOptions", "processes run with the context of the agent"),
            .ignored("seccompProfile", "processes run with the filters of the agent"),
            .refused("windowsOptions", "all hosts run Linux; leave it out"),
        ]
    )
}
