import AtollModel

/// What agents say about their hosts: whole at first, then what has changed.
extension CoordinatorCore {
    mutating func reported(_ facts: HostFacts, slot: Int, at now: Instant, into effects: inout Effects) {
        let host = cluster.inventory[slot]
        guard facts.host == host.id else { return }
        // One that comes again would take back what has changed since.
        guard host.changeCount == 0 else { return startOver(slot, at: now, into: &effects) }
        cluster.inventory.update(slot) { $0.hasReported = true }
        take(facts, slot: slot, at: now, into: &effects)
    }

    mutating func changed(_ change: HostChange, slot: Int, at now: Instant, into effects: inout Effects) {
        let host = cluster.inventory[slot]
        // A change that comes again.
        if host.hasReported, change.number <= host.changeCount { return }
        guard host.hasReported, change.number == host.changeCount + 1 else {
            return startOver(slot, at: now, into: &effects)
        }
        cluster.inventory.update(slot) { $0.changeCount = change.number }
        take(host.facts.applying(change), slot: slot, at: now, into: &effects)
    }

    /// What the host is cannot be known any more on this connection: its agent is to call again and to report it whole.
    private mutating func startOver(_ slot: Int, at now: Instant, into effects: inout Effects) {
        guard let session = cluster.inventory[slot].link.session else { return }
        let reason = "a report was lost or came out of turn"
        effects.send.append(.close(session, reason: reason))
        disconnected(slot, reason: reason, at: now, into: &effects)
    }

    private mutating func take(_ facts: HostFacts, slot: Int, at now: Instant, into effects: inout Effects) {
        let before = cluster.inventory[slot].facts
        guard facts != before else { return judge(around: slot, before: nil, at: now, into: &effects) }
        let isNew = !cluster.inventory[slot].isDescribed
        cluster.inventory.report(facts, slot: slot)
        cluster.freedom += 1
        effects.persist.append(.put(.host(cluster.inventory[slot].record)))
        effects.notes.append(.changed(.host(facts.host), .modified))
        judge(around: slot, before: before, at: now, into: &effects)
        guard isNew else { return }
        effects.notes.append(.hostRegistered(facts.host, address: facts.address, devices: facts.devices.count))
    }
}
