public import AtollModel

/// What is wrong with hosts: their agents' findings, and our own, which compare a host with its past and with others.
extension CoordinatorCore {
    /// The most severe first. Made when somebody asks; costs as much as the host has levels and devices.
    public func findings(of host: HostState) -> [Finding] {
        guard let slot = cluster.inventory.slot(of: host.id) else { return [] }
        let levels = cluster.inventory.census.levels
        let behind = host.baseline?.findings(about: host.facts, levels: levels) ?? []
        let odd = levels.filter { comparesHosts(under: $0, of: host) }.compactMap { mixture(around: host, under: $0) }
        let own = behind + odd + sharedDevices(of: host, slot)
        guard !own.isEmpty else { return host.facts.findings }
        // Stable: of equally severe ones the agent's come first.
        return Finding.Severity.allCases.reversed().flatMap { severity in
            (host.facts.findings + own).filter { $0.severity == severity }
        }
    }

    /// Of all hosts.
    public var findingCounts: FindingCounts {
        cluster.inventory.hosts.reduce(into: FindingCounts()) { counts, host in
            for finding in findings(of: host) { counts.add(finding.severity) }
        }
    }

    /// Hosts of a zone or a block may well differ. Those of the narrowest island that an operator has named, or of one
    /// that JobSets claim, are meant to work together.
    private func comparesHosts(under key: String, of host: HostState) -> Bool {
        if cluster.claims.keys.contains(key) { return true }
        return key == cluster.policy.topologyKeys.last { host.facts.labels[$0]?.isEmpty == false }
    }

    private func mixture(around host: HostState, under key: String) -> Finding? {
        guard let oddity = cluster.inventory.census.oddity(of: host, under: key) else { return nil }
        let others = oddity.others.map { "\($0.hosts) with \($0.equipment)" }.joined(separator: ", ")
        return Finding(
            .warning,
            .islandMixed,
            subject: key,
            message: "the host has \(host.equipment); others of \(oddity.island.value) differ: \(others)"
        )
    }

    /// Of two machines with the same device at the same time, one is a copy, or both look at the same hardware.
    private func sharedDevices(of host: HostState, _ slot: Int) -> [Finding] {
        guard host.link.session != nil else { return [] }
        var seen: Set<String> = []
        return host.facts.devices.compactMap { device in
            let others = cluster.inventory.census.otherOwners(of: device, than: slot)
                .map { cluster.inventory[$0] }
                .filter { $0.link.session != nil && $0.reports(device) }
            guard !others.isEmpty, seen.insert(device.uniqueID).inserted else { return nil }
            let names = others.map(\.id.name).sorted(by: NaturalOrder.precedes).joined(separator: ", ")
            return Finding(
                .error,
                .deviceTwice,
                subject: device.pciAddress.isEmpty ? device.uniqueID : device.pciAddress,
                message: "\(names) \(others.count == 1 ? "reports" : "report") the same device, \(device.uniqueID)"
            )
        }
    }
}

// MARK: Cordons

extension CoordinatorCore {
    /// What a host has reported may concern others as well: those with the same devices, and those of its islands.
    ///
    /// - Parameter before: what it said last, if that has changed.
    mutating func judge(around slot: Int, before: HostFacts?, at now: Instant, into effects: inout Effects) {
        guard cluster.policy.cordonOn != .never else { return }
        let census = cluster.inventory.census
        let labels = before.map { [$0.labels, cluster.inventory[slot].facts.labels] } ?? []
        let islands = labels.flatMap(census.islands)
        let twins = cluster.inventory[slot].facts.devices.flatMap { census.otherOwners(of: $0, than: slot) }
        let neighbours = islands.flatMap { census.oddSlots(in: $0) }
        for slot in Set([slot] + twins + neighbours).sorted() { judge(slot, at: now, into: &effects) }
    }

    /// Cordons a host for a finding that the policy names, unless a person has seen it and uncordoned the host.
    mutating func judge(_ slot: Int, at now: Instant, into effects: inout Effects) {
        let host = cluster.inventory[slot]
        guard host.cordon == nil || !host.excused.isEmpty else { return }
        let causes = causes(ofCordonOn: host)
        let excused = host.excused.filter { excuse in causes.contains { $0.id == excuse } }
        if excused != host.excused {
            cluster.inventory.update(slot) { $0.excused = excused }
            effects.persist.append(.put(.host(cluster.inventory[slot].record)))
        }
        guard host.cordon == nil, let cause = causes.first(where: { !excused.contains($0.id) }) else { return }
        let reason = "finding \(cause.code.rawValue): \(cause.message)"
        setCordon(Cordon(reason: reason, since: now.wall), slot: slot, into: &effects)
        effects.notes.append(.hostCordoned(host.id, reason: reason))
    }

    func causes(ofCordonOn host: HostState) -> [Finding] {
        findings(of: host).filter(cluster.policy.cordonOn.matches)
    }
}

extension HostState {
    fileprivate func reports(_ device: Device) -> Bool {
        facts.devices.contains { $0.uniqueID == device.uniqueID }
    }
}

extension Finding {
    var id: FindingID { FindingID(code: code, subject: subject) }
}
