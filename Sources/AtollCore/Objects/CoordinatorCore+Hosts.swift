import AtollModel
import AtollYAML

extension CoordinatorCore {
    func hostObject(_ host: HostState) -> YAMLNode {
        .map([
            ("apiVersion", .string(Self.apiVersion)), ("kind", .string("Host")),
            ("metadata", .map([("name", .string(host.id.name)), ("labels", .labels(host.facts.labels))])),
            ("status", .map(standing(of: host) + host.facts.machine)),
        ])
    }

    /// What the coordinator thinks of a host, and what it has on it.
    private func standing(of host: HostState) -> [(String, YAMLNode?)] {
        let holder = cluster.claims.holder(ofHostWith: host.facts.labels)
        return [
            ("state", .string(host.stateName)),
            ("reason", (host.absence ?? host.cordon?.text).map { .string($0) }),
            ("cordonedSince", .time(host.cordon?.since)),
            ("podLease", host.facts.podLease.map { .string("\($0.components.seconds)s") }),
            ("opensAt", .time(host.opensAt?.wall)),
            ("lastHeard", .time(host.lastHeard?.wall)),
            ("claimedBy", holder.map { .string("\($0.jobSet.namespace)/\($0.job)") }),
            ("pods", .int(livePods(on: host).count)),
            ("freeDevices", .int(host.freeDevices.count)),
            ("findings", .findings(findings(of: host))),
        ]
    }

    func deviceObjects(_ host: HostState) -> [YAMLNode] {
        let users = livePods(on: host)
        return host.facts.devices.map { device in
            let user = users.first { $0.devices.contains(device.index) }
            return .map([
                ("apiVersion", .string(Self.apiVersion)), ("kind", .string("Device")),
                (
                    "metadata",
                    .map([("name", .string("\(host.id)/\(device.index)")), ("labels", .labels(host.facts.labels))])
                ),
                (
                    "status",
                    .map([
                        ("host", .string(host.id.name)), ("index", .int(device.index)),
                        ("vendor", .string(device.vendor.rawValue)),
                        ("resource", .string(device.vendor.resourceName)), ("model", .string(device.model)),
                        ("pci", .string(device.pciAddress)), ("numaNode", device.numaNode.map { .int($0) }),
                        ("driver", .string(device.driver)), ("uniqueID", .string(device.uniqueID)),
                        ("memoryBytes", device.memoryBytes == 0 ? nil : .int(device.memoryBytes)),
                        ("link", device.link?.node),
                        ("state", .string(!device.usable ? "Unusable" : user == nil ? "Free" : "InUse")),
                        ("pod", user.flatMap { podName($0.id) }.map { .string($0) }),
                    ])
                ),
            ])
        }
    }

    /// Pods that a host is told to run or stop and that have not ended.
    private func livePods(on host: HostState) -> [PodAssignment] {
        host.desired.values.filter { assignment in
            guard let owner = cluster.owners[assignment.id.job], let run = runs[owner.jobSet] else { return false }
            return run.mayRun(assignment.id, at: owner.position)
        }
    }

    /// Islands of the levels that the operator named and of those that are claimed, widest level first.
    var islandObjects: [YAMLNode] {
        let named = cluster.policy.topologyKeys
        let keys = named + cluster.claims.keys.filter { !named.contains($0) }
        return keys.flatMap { key in
            let level = cluster.inventory.level(key)
            return level.values.map { islandObject(IslandID(key: key, value: $0), hosts: level[$0]) }
        }
    }

    private func islandObject(_ island: IslandID, hosts slots: [Int]) -> YAMLNode {
        let hosts = slots.map { cluster.inventory[$0] }
            .sorted { NaturalOrder.precedes($0.id.name, $1.id.name) }
        let holder = cluster.claims[island]
        return .map([
            ("apiVersion", .string(Self.apiVersion)), ("kind", .string("Island")),
            ("metadata", .map([("name", .string(island.value))])),
            (
                "status",
                .map([
                    ("topologyKey", .string(island.key)), ("state", .string(state(of: island, hosts: hosts))),
                    ("claimedBy", holder.map { .string("\($0.jobSet.namespace)/\($0.job)") }),
                    ("hosts", .int(hosts.count)), ("readyHosts", .int(hosts.count(where: \.isSchedulable))),
                    ("devices", .int(hosts.reduce(0) { $0 + $1.facts.devices.count })),
                    ("freeDevices", .int(hosts.reduce(0) { $0 + $1.freeDevices.count })),
                    ("accelerator", hosts.first.map { .string($0.facts.acceleratorName) }),
                    ("hostNames", .list(hosts.map { .string($0.id.name) })),
                ])
            ),
        ])
    }

    private func state(of island: IslandID, hosts: [HostState]) -> String {
        if cluster.claims[island] != nil {
            // Held for pods that nobody can reach: it opens when they are known to be gone.
            return hosts.contains { $0.link.isLost && $0.seatCount > 0 } ? "Closed" : "Claimed"
        }
        if hosts.contains(where: { cluster.claims.holder(ofHostWith: $0.facts.labels) != nil }) { return "Blocked" }
        if hosts.contains(where: { $0.seatCount > 0 }) { return "InUse" }
        return hosts.allSatisfy(\.isSchedulable) ? "Free" : "Degraded"
    }
}

extension HostState {
    /// One word for people.
    var stateName: String {
        switch link {
        case .synced: !strays.isEmpty ? "Cleaning" : cordon == nil ? "Ready" : "Cordoned"
        case .greeted: "Joining"
        case .reconnecting: "Reconnecting"
        case .lost: "Lost"
        }
    }
}

extension HostState {
    /// Why it is not there; nil for a connected host.
    fileprivate var absence: String? {
        switch link {
        case .synced, .greeted: nil
        case .reconnecting(let absence): absence.cause.isEmpty ? nil : absence.cause
        case .lost(_, let evidence): evidence
        }
    }
}

extension YAMLNode {
    /// Nil for none.
    fileprivate static func findings(_ findings: [Finding]) -> YAMLNode? {
        guard !findings.isEmpty else { return nil }
        return .list(
            findings.map { finding in
                .map([
                    ("severity", .string(finding.severity.rawValue)), ("code", .string(finding.code.rawValue)),
                    ("subject", finding.subject.isEmpty ? nil : .string(finding.subject)),
                    ("message", .string(finding.message)),
                ])
            }
        )
    }
}

extension Cordon {
    fileprivate var text: String { reason.isEmpty ? "cordoned" : "cordoned: \(reason)" }
}

extension PCILink {
    fileprivate var node: YAMLNode {
        .map([
            ("width", .int(width)), ("widthMax", .int(widthMax)), ("speedMTs", .int(speed)),
            ("speedMaxMTs", .int(speedMax)),
        ])
    }
}

extension HostFacts {
    /// What its agent says about it.
    fileprivate var machine: [(String, YAMLNode?)] {
        [
            ("address", .string(address)), ("devices", .int(devices.count)),
            ("accelerator", .string(acceleratorName)), ("model", .string(model)),
            ("numaNodes", .int(numaNodeCount)), ("cpus", .int(cpuCount)), ("memoryBytes", .int(memoryBytes)),
            ("kernel", .string(kernel)), ("bootID", .string(bootID)), ("agentVersion", .string(agentVersion)),
            ("warnings", warnings.isEmpty ? nil : .list(warnings.map { .string($0) })),
        ]
    }

    /// Model of the devices, or the models where there are several; empty without devices.
    var acceleratorName: String {
        var names: [String] = []
        for device in devices where !names.contains(device.model) { names.append(device.model) }
        return names.joined(separator: ", ")
    }
}

extension JobSetRun {
    /// True while processes of this very pod may exist.
    func mayRun(_ pod: PodID, at position: JobPosition) -> Bool {
        phase(of: pod, at: position)?.mayRun ?? false
    }
}
