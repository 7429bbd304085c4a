import AtollModel

/// What containers restart on, and what only some of them may have. Source: `core/v1` validation.
extension JobSetRules {
    /// Names are one space with those of the containers. An init container that ends has nothing to be probed.
    mutating func checkInitContainers(_ pod: PodTemplate, at path: FieldPath) {
        let names = Set(pod.containers.map(\.spec.name))
        for (index, container) in pod.initContainers.map(\.spec).enumerated() {
            let here = path.index(index)
            if names.contains(container.name) {
                findings.refuse(here.field("name"), "Duplicate value: \"\(container.name)\"")
            }
            guard container.restartPolicy != .always else { continue }
            let given = [
                ("lifecycle", container.postStart != nil || container.preStop != nil),
                ("livenessProbe", container.livenessProbe != nil),
                ("readinessProbe", container.readinessProbe != nil),
                ("startupProbe", container.startupProbe != nil),
            ]
            for (field, isGiven) in given where isGiven {
                let message = "Forbidden: may not be set for init containers without restartPolicy=Always"
                findings.refuse(here.field(field), message)
            }
        }
    }

    mutating func checkRestarts(_ container: ContainerSpec, at path: FieldPath) {
        guard !container.restartRules.isEmpty else { return }
        if container.restartPolicy == nil {
            let message = "Required value: must specify restartPolicy when restart rules are used"
            findings.refuse(path.field("restartPolicy"), message)
        }
        for (index, rule) in container.restartRules.enumerated() where rule.exitCodes.isEmpty {
            let values = path.field("restartPolicyRules").index(index).field("exitCodes", "values")
            findings.refuse(values, "Invalid value: []: at least one value is required")
        }
    }

    /// - Parameter grace: `terminationGracePeriodSeconds` of the pod.
    mutating func checkActions(_ container: ContainerSpec, grace: Int64, at path: FieldPath) {
        let probes = [
            ("startupProbe", container.startupProbe), ("readinessProbe", container.readinessProbe),
            ("livenessProbe", container.livenessProbe),
        ]
        for case (let field, let probe?) in probes {
            check(probe, isForReadiness: field == "readinessProbe", at: path.field(field))
        }
        for (field, hook) in [("postStart", container.postStart), ("preStop", container.preStop)] {
            guard case .sleep(let time)? = hook, !(0...grace).contains(time.components.seconds) else { continue }
            findings.refuse(
                path.field("lifecycle", field, "sleep"),
                value: "\(time.components.seconds)",
                "must be non-negative and not more than terminationGracePeriodSeconds (\(grace))"
            )
        }
    }

    private mutating func check(_ probe: Probe, isForReadiness: Bool, at path: FieldPath) {
        let grace = path.field("terminationGracePeriodSeconds")
        if let seconds = probe.terminationGrace?.components.seconds {
            if seconds <= 0 { findings.refuse(grace, value: "\(seconds)", "must be greater than 0") }
            if isForReadiness {
                findings.refuse(grace, value: "\(seconds)", "must not be set for readinessProbes")
            }
        }
        if !isForReadiness, probe.successThreshold != 1 {
            findings.refuse(path.field("successThreshold"), value: "\(probe.successThreshold)", "must be 1")
        }
    }

    mutating func checkPorts(_ ports: [ContainerPort], at path: FieldPath) {
        var names: Set<String> = []
        for (index, port) in ports.enumerated() {
            let here = path.index(index)
            refuse(here.field("containerPort"), "\(port.number)", NameRules.portNumber(port.number))
            if port.hostPort != 0, port.hostPort != port.number {
                let message = "must match `containerPort`, as processes listen on the addresses of their host"
                findings.refuse(here.field("hostPort"), value: "\(port.hostPort)", message)
            }
            guard !port.name.isEmpty else { continue }
            refuse(here.field("name"), port.name, NameRules.portName(port.name))
            if !names.insert(port.name).inserted {
                findings.refuse(here.field("name"), "Duplicate value: \"\(port.name)\"")
            }
        }
    }
}
