import AtollModel

/// Hosts that are not there: how that becomes known, and what it means for their pods (I4, I7).
extension CoordinatorCore {
    /// The connection ended. The host may be back in a moment, so nothing is taken from its pods yet.
    mutating func disconnected(_ slot: Int, reason: String, at now: Instant, into effects: inout Effects) {
        guard endConnection(of: slot) else { return }
        awaitReturn(of: slot, until: now.advanced(by: cluster.policy.reconnectGrace), cause: reason, at: now)
        effects.notes.append(.hostDisconnected(cluster.inventory[slot].id, reason: reason))
        effects.notes.append(.changed(.host(cluster.inventory[slot].id), .modified))
    }

    /// Gives hosts that were known when the coordinator started their time to call.
    mutating func awaitKnownHosts(at now: Instant) {
        cluster.startedAt = now
        let deadline = now.advanced(by: cluster.policy.restartGrace)
        for slot in cluster.inventory.hosts.indices {
            guard case .reconnecting = cluster.inventory[slot].link else { continue }
            awaitReturn(of: slot, until: deadline, cause: "not back since the coordinator started", at: now)
        }
    }

    private mutating func awaitReturn(of slot: Int, until deadline: Instant, cause: String, at now: Instant) {
        let absence = HostLink.Absence(since: now, deadline: deadline, cause: cause)
        cluster.inventory.update(slot) { $0.link = .reconnecting(absence) }
        cluster.agenda.add(.comeback(slot: slot), at: deadline)
    }

    mutating func comebackIsDue(_ slot: Int, at now: Instant, into effects: inout Effects) {
        guard case .reconnecting(let absence) = cluster.inventory[slot].link, let since = absence.since,
            let deadline = absence.deadline, deadline <= now
        else { return }
        let absent = now.duration(since: since).wholeSeconds
        lose(slot, evidence: "\(absence.cause), not back after \(absent) s", at: now, into: &effects)
    }

    /// Gives up a connection that has been silent for the whole lease, or looks again when it could be.
    mutating func leaseIsDue(_ slot: Int, at now: Instant, into effects: inout Effects) {
        cluster.inventory.update(slot) { $0.isLeaseArmed = false }
        let host = cluster.inventory[slot]
        guard let session = host.link.session, let heard = host.lastHeard else { return }
        // Nothing is to be heard from an agent whose hello has no answer.
        guard !joins.isWaiting(session) else { return armLease(slot, from: now) }
        let silence = now.duration(since: heard)
        guard silence >= cluster.policy.lease else { return armLease(slot, from: heard) }
        effects.send.append(.close(session, reason: "nothing was heard for the lease of \(cluster.policy.lease)"))
        _ = endConnection(of: slot)
        lose(slot, evidence: "silent for \(silence.wholeSeconds) s", at: now, into: &effects)
    }

    /// One look at a host's lease is on the agenda at a time, however often its agent reconnects.
    mutating func armLease(_ slot: Int, from heard: Instant) {
        guard !cluster.inventory[slot].isLeaseArmed else { return }
        cluster.inventory.update(slot) { $0.isLeaseArmed = true }
        cluster.agenda.add(.lease(slot: slot), at: heard.advanced(by: cluster.policy.lease))
    }

    /// Returns whether there was a connection.
    private mutating func endConnection(of slot: Int) -> Bool {
        guard let session = cluster.inventory[slot].link.session else { return false }
        slots[session] = nil
        joins.remove(session)
        return true
    }

    // MARK: Pods

    /// The host is given up on. Its pods have failed as far as policies go, and may run all the same: what they sit on
    /// stays closed until the agent says that they are gone, or a person does.
    private mutating func lose(_ slot: Int, evidence: String, at now: Instant, into effects: inout Effects) {
        let host = cluster.inventory[slot]
        cluster.inventory.update(slot) { $0.link = .lost(since: now.wall, evidence: evidence) }
        armPodLease(slot)
        effects.notes.append(.hostLost(host.id, evidence: evidence))
        effects.notes.append(.changed(.host(host.id), .modified))
        for pod in host.desired.keys {
            if host.hasRebooted { endByReboot(pod, on: host.id, at: now, into: &effects) }
            guard let owner = cluster.owners[pod.job],
                runs[owner.jobSet]?.podUnreachable(pod, "\(host.id) \(evidence)", in: &cluster, at: now) == true
            else { continue }
            stir(owner.jobSet)
            effects.notes.append(.changed(.pod(pod), .modified))
        }
        // Those that wait for their old host's pods can be placed elsewhere now.
        for name in host.jobSets(owners: cluster.owners) { stir(name) }
    }

    /// A person has made sure that the host runs nothing: its pods are gone, and what they sat on is free. An agent that
    /// comes back with some of them all the same stops them before anything new is placed there.
    mutating func fence(_ slot: Int, reason: String, at now: Instant, into effects: inout Effects) throws(AdminFailure)
    {
        let id = cluster.inventory[slot].id
        guard cluster.inventory[slot].link.session == nil else {
            let message = "host \(id) is connected: its agent can stop pods by itself; delete or suspend their JobSets"
            throw AdminFailure(code: .conflict, message: message)
        }
        let evidence = "fenced: \(reason)"
        lose(slot, evidence: evidence, at: now, into: &effects)
        cluster.inventory.update(slot) { $0.opensAt = nil }
        endPods(on: slot, message: "HostFenced: \(id): \(reason)", at: now, into: &effects)
        // What the host is given from now on is told to nobody before it says hello.
        own(slot, by: nil, into: &effects)
        verify(slot, into: &effects)
        removedClaims(cluster.inventory[slot].removals.keys, slot: slot)
    }

    /// Nothing runs on a lost host any more: what its pods sat on is free.
    mutating func endPods(on slot: Int, message: String, at now: Instant, into effects: inout Effects) {
        let exit = PodExit(cause: .lost, at: now.wall, message: message)
        cluster.inventory.update(slot) { $0.strays = [] }
        for pod in cluster.inventory[slot].desired.keys { observe(pod, .ended(exit), at: now, into: &effects) }
        cluster.freedom += 1
    }

    /// The host's name goes over to an installation; nil: to whoever says it next, the same machine or the one that
    /// replaces it. On disk as well: after a restart the old one would be the owner.
    mutating func own(_ slot: Int, by instance: ObjectUID?, into effects: inout Effects) {
        cluster.inventory.update(slot) { $0.instance = instance }
        guard !cluster.inventory[slot].facts.agentVersion.isEmpty else { return }
        effects.persist.append(.put(.host(cluster.inventory[slot].record)))
    }

    /// A new boot means that no process of before exists any more. How each of them ended is for the agent's first status
    /// to say: one may have ended by itself while the agent could not report it.
    mutating func noteReboot(_ hello: AgentHello, slot: Int, into effects: inout Effects) {
        let host = cluster.inventory[slot]
        guard !host.facts.bootID.isEmpty, hello.bootID != host.facts.bootID else { return }
        cluster.inventory.noteBoot(hello.bootID, address: hello.address, slot: slot)
        // On disk as well: after a restart the old id would end the pods of the new boot.
        effects.persist.append(.put(.host(cluster.inventory[slot].record)))
    }

    /// Ends a pod that was there before its host's reboot and of whose end nothing is known. One that was told to run and
    /// never seen is left to the agent's records: it may not have been started yet.
    mutating func endByReboot(_ pod: PodID, on host: HostID, at now: Instant, into effects: inout Effects) {
        guard let owner = cluster.owners[pod.job] else { return }
        switch runs[owner.jobSet]?.phase(of: pod, at: owner.position) {
        case .running, .stopping, .unreachable:
            let exit = PodExit(cause: .lost, at: now.wall, message: Self.rebootMessage(host))
            observe(pod, .ended(exit), at: now, into: &effects)
        case .idle, .assigned, .ended, nil: break
        }
    }

    static func rebootMessage(_ host: HostID) -> String { "HostRebooted: \(host) has a new boot id" }
}

extension HostLink {
    /// Of a host that is known and has not called yet.
    static let neverConnected = HostLink.reconnecting(Absence(since: nil, deadline: nil, cause: ""))
}

extension HostState {
    /// The JobSets whose pods it is told to hold, each once, in pod order.
    fileprivate func jobSets(owners: [JobID: Cluster.JobOwner]) -> [ObjectName] {
        var names: [ObjectName] = []
        for pod in desired.keys {
            if let name = owners[pod.job]?.jobSet, names.last != name { names.append(name) }
        }
        return names
    }
}

extension Duration {
    fileprivate var wholeSeconds: Int64 { components.seconds }
}
