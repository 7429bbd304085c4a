public import AtollModel

// JobSet restarts pods in place with an agent of its own in each of them, in one of two modes. Here the pod's supervisor
// does what it is for, so that manifests that bring the agent's image along run without it. Source: KEP-467 of JobSet.

extension JobSetSpec {
    public var restartsInPlace: Bool { failurePolicy?.restartStrategy == .inPlaceRestart }
}

extension PodTemplate {
    /// The init containers to run in a JobSet that restarts in place: without the agent's, whose startup probe holds
    /// the others back until all pods have come to one attempt (sidecar mode).
    public var initContainersWithoutAgent: [ContainerSpec] {
        initContainers.map(\.spec).filter { !$0.isInPlaceBarrier }
    }

    /// The containers to run in a JobSet that restarts in place: in place of the agent the command that it would start
    /// (main container mode).
    public var containersWithoutAgent: [ContainerSpec] {
        containers.map { container in
            var spec = container.spec
            if let worker = spec.inPlaceWorker { spec.command = worker }
            return spec
        }
    }
}

extension ContainerSpec {
    /// Whether an init container is the agent.
    var isInPlaceBarrier: Bool { command.isEmpty && restartPolicy == .always }

    /// What a container that is the agent would start, with the shell that it would take; nil for any other.
    var inPlaceWorker: [String]? {
        guard command.isEmpty, let worker = value(of: "WORKER_COMMAND") else { return nil }
        return [value(of: "SHELL") ?? "bash", "-c", worker]
    }

    /// As written; nil for one that is absent, empty or taken from elsewhere.
    private func value(of variable: String) -> String? {
        guard case .value(let text)? = env.first(where: { $0.name == variable })?.source, !text.isEmpty else {
            return nil
        }
        return text
    }
}
