// v1 Container of Kubernetes 1.36.
extension FieldTable {
    static let container = FieldTable(
        "Container",
        [
            .honoured("args", .texts).means("Arguments of the command."),
            .honoured("command", .texts).means(
                "The program to run and its first arguments, without a shell; no image gives one."
            ),
            .honoured("env", .objects(environmentVariable, key: "name")).means("Variables of the environment."),
            .refused("envFrom", "there are no config maps and secrets; write the variables into env")
                .means("Sources whose every entry becomes a variable.", type: "[]EnvFromSource"),
            .ignored("image", .text, "the process runtime runs the command from the host's own files")
                .means("Image that holds the program."),
            .ignored("imagePullPolicy", .text, "no image is pulled").means("When the image is pulled."),
            .honoured("lifecycle", .object(lifecycle))
                .means("Actions right after the start and before the end of the container."),
            .honoured("livenessProbe", .object(probe))
                .means("Test that kills the container when it fails, so that its restart policy decides."),
            .honoured("name", .text, required: true)
                .means("Name of the container, unlike that of any other in its pod."),
            .honoured("ports", .objects(containerPort))
                .means("Ports that the program listens on; nothing needs to be opened."),
            .honoured("readinessProbe", .object(probe)).means("Test that has to pass for the pod to be ready."),
            .ignored("resizePolicy", "resources of a running pod do not change")
                .means("Whether a change of resources restarts the container.", type: "[]ContainerResizePolicy"),
            .honoured("resources", .object(resources)).means("Devices and other resources that the container needs."),
            .honoured("restartPolicy", .choice(["Always", "OnFailure", "Never"]))
                .means(
                    "Whether this container is started again when it ends; Always makes an init container a sidecar.",
                    default: "restartPolicy of the pod"
                ),
            .honoured("restartPolicyRules", .objects(restartRule, countMax: 20))
                .means("What certain exit codes mean, before restartPolicy; the first rule that matches decides."),
            .accepted("securityContext", .object(securityContext)).means("Rights and user of this container."),
            .honoured("startupProbe", .object(probe))
                .means("Test that has to pass before the other probes begin and the pod is ready."),
            .refused("stdin", "processes have no standard input; read from a file")
                .means("Whether standard input stays open.", type: "boolean"),
            .refused("stdinOnce", "processes have no standard input; read from a file")
                .means("Whether standard input closes after the first client.", type: "boolean"),
            .ignored("terminationMessagePath", .text, "the exit code and the output tell how a process ended")
                .means("File that the program writes its last message to."),
            .ignored("terminationMessagePolicy", .text, "the exit code and the output tell how a process ended")
                .means("Where the last message is taken from."),
            .refused("tty", "processes have no terminal; run the command under script(1) if it needs one")
                .means("Whether the container has a terminal.", type: "boolean"),
            .refused("volumeDevices", "claims are folders; let the command use a device file of the host")
                .means("Block devices that the container sees.", type: "[]VolumeDevice"),
            .honoured("volumeMounts", .objects(volumeMount)).means("Places at which the container sees volumes."),
            .honoured("workingDir", .text).means("Folder that the command starts in."),
        ]
    )

    static let resources = FieldTable(
        "ResourceRequirements",
        [
            .refused("claims", "ask for devices in limits, by resource name")
                .means("Names of resourceClaims of the pod that the container uses.", type: "[]ResourceClaim"),
            .honoured("limits", .quantities)
                .means(
                    "Most that the container gets, such as google.com/tpu: 4; cpu and memory are not enforced."
                ),
            .honoured("requests", .quantities)
                .means("Least that the container needs; for accelerators the same as the limit."),
        ]
    )

    static let environmentVariable = FieldTable(
        "EnvVar",
        [
            .honoured("name", .text, required: true).means("Name of the variable."),
            .honoured("value", .text)
                .means("Value of the variable; $(NAME) stands for the value of an earlier one.", default: "empty text"),
            .honoured("valueFrom", .object(environmentSource))
                .means("Where the value is taken from, in place of value."),
        ]
    )

    static let environmentSource = FieldTable(
        "EnvVarSource",
        [
            .refused("configMapKeyRef", "there are no config maps; write the value itself")
                .means("Entry of a config map.", type: "ConfigMapKeySelector"),
            .honoured("fieldRef", .object(fieldReference), required: true).means("Field of the pod."),
            .refused("fileKeyRef", "not supported; write the value itself")
                .means("Entry of a file in a volume.", type: "FileKeySelector"),
            .refused("resourceFieldRef", "cpu and memory are not limited; write the value itself")
                .means("Limit or request of a container.", type: "ResourceFieldSelector"),
            .refused("secretKeyRef", "there are no secrets; let the command read a file of the host")
                .means("Entry of a secret.", type: "SecretKeySelector"),
        ]
    )

    static let fieldReference = FieldTable(
        "ObjectFieldSelector",
        [
            .accepted("apiVersion", .choice(["v1"]))
                .means("Version of the API that fieldPath is written for.", default: "v1"),
            .honoured("fieldPath", .text, required: true).means("The field, such as metadata.name or status.podIP."),
        ]
    )

    static let securityContext = FieldTable(
        "SecurityContext",
        [
            .ignored("allowPrivilegeEscalation", .boolean, "processes have the rights of the agent")
                .means("Whether a process may get more rights than its parent."),
            .ignored("appArmorProfile", "processes run with the profile of the agent")
                .means("AppArmor profile of the container.", type: "AppArmorProfile"),
            .ignored("capabilities", "processes have the capabilities of the agent")
                .means("Capabilities to add or to drop.", type: "Capabilities"),
            .ignored("privileged", .boolean, "processes see the devices of the host anyway")
                .means("Whether the processes have all rights on the host."),
            .ignored("procMount", .text, "processes see the host's /proc").means("How /proc is mounted."),
            .refused("readOnlyRootFilesystem", "processes see the host's own files; leave it out")
                .means("Whether the container's own files cannot be written.", type: "boolean"),
            .refused("runAsGroup", runAsReason).means("Group id that the processes run with.", type: "integer"),
            .refused("runAsNonRoot", runAsReason)
                .means("Whether a process that would run as root is not started.", type: "boolean"),
            .refused("runAsUser", runAsReason).means("User id that the processes run with.", type: "integer"),
            .ignored("seLinuxOptions", "processes run with the context of the agent")
                .means("SELinux context of the container.", type: "SELinuxOptions"),
            .ignored("seccompProfile", "processes run with the filters of the agent")
                .means("Filter for system calls of the container.", type: "SeccompProfile"),
            .refused("windowsOptions", "all hosts run Linux; leave it out")
                .means("Settings that hold on Windows only.", type: "WindowsSecurityContextOptions"),
        ]
    )
}
