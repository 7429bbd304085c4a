import AtollModel

/// Orders about hosts: taken out of use, given back, or vouched for.
extension CoordinatorCore {
    mutating func obey(
        _ order: HostOrder,
        about id: HostID,
        at now: Instant,
        into effects: inout Effects
    ) throws(AdminFailure) {
        guard let slot = cluster.inventory.slot(of: id) else {
            throw AdminFailure(code: .notFound, message: "host \(id) does not exist; see atollctl get hosts")
        }
        let cordon = Cordon(reason: order.reason, since: now.wall)
        switch order.verb {
        case .fence: try fence(slot, reason: order.reason, at: now, into: &effects)
        case .cordon: setCordon(cordon, slot: slot, into: &effects)
        case .drain:
            setCordon(cordon, slot: slot, into: &effects)
            drain(id, reason: order.reason, at: now)
        case .uncordon:
            guard cluster.inventory[slot].cordon != nil else { return }
            let causes = causes(ofCordonOn: cluster.inventory[slot])
            cluster.inventory.update(slot) { $0.excused = causes.map(\.id) }
            setCordon(nil, slot: slot, into: &effects)
            cluster.freedom += 1
        case .accept: accept(slot, at: now, into: &effects)
        }
    }

    /// What the host has now is what it is compared with from now on.
    private mutating func accept(_ slot: Int, at now: Instant, into effects: inout Effects) {
        guard cluster.inventory[slot].baseline != nil else { return }
        cluster.inventory.update(slot) { $0.baseline = nil }
        let host = cluster.inventory[slot]
        effects.persist.append(.put(.host(host.record)))
        effects.notes.append(.changed(.host(host.id), .modified))
        judge(slot, at: now, into: &effects)
    }

    mutating func setCordon(_ cordon: Cordon?, slot: Int, into effects: inout Effects) {
        cluster.inventory.update(slot) { $0.cordon = cordon }
        let host = cluster.inventory[slot]
        effects.persist.append(.put(.host(host.record)))
        effects.notes.append(.changed(.host(host.id), .modified))
    }

    /// Every JobSet with a job under way on the host leaves all of its places, as a gang does, and waits for others.
    private mutating func drain(_ id: HostID, reason: String, at now: Instant) {
        let why = "host \(id) is drained" + (reason.isEmpty ? "" : ": \(reason)")
        for name in order.values where runs[name]?.evict(from: id, reason: why, at: now) == true {
            stir(name)
        }
    }
}
