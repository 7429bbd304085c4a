import AtollModel

extension CoordinatorCore {
    mutating func handle(_ input: SessionInput, from session: SessionID, at now: Instant, into effects: inout Effects) {
        if case .greeted(let hello, let peer) = input {
            return greeted(hello, peer: peer, session: session, at: now, into: &effects)
        }
        // A connection that was replaced or refused may still bring what it sent before it knew.
        guard let slot = slots[session] else { return }
        cluster.inventory.update(slot) { $0.lastHeard = now }
        switch input {
        case .greeted, .heartbeat: break
        case .reported(let facts): reported(facts, slot: slot, into: &effects)
        case .observed(let batch): observed(batch, slot: slot, session: session, at: now, into: &effects)
        case .goodbye(let reason), .closed(let reason): disconnected(slot, reason: reason, at: now, into: &effects)
        }
    }

    /// A host introduces itself: taken in, or refused with the reason.
    private mutating func greeted(
        _ hello: AgentHello,
        peer: String,
        session: SessionID,
        at now: Instant,
        into effects: inout Effects
    ) {
        if let refusal = refusal(of: hello, peer: peer) {
            effects.send.append(.hello(session, .refused(refusal)))
            effects.send.append(.close(session, reason: refusal.message))
            effects.notes.append(.hostRefused(hello.host, refusal.code, peer: peer))
            return
        }
        let slot: Int
        if let known = cluster.inventory.slot(of: hello.host) {
            slot = known
            if let old = cluster.inventory[known].link.session {
                slots[old] = nil
                effects.send.append(.close(old, reason: "the same agent has connected again"))
            }
        } else {
            let facts = HostFacts(host: hello.host, address: hello.address, bootID: hello.bootID)
            slot = cluster.inventory.add(facts, instance: hello.instance, link: .offline(since: nil))
        }
        cluster.inventory.update(slot) { $0.greet(session: session, instance: hello.instance, at: now) }
        slots[session] = slot
        armLease(slot, from: now)
        effects.send.append(.hello(session, .accepted(welcome)))
    }

    private var welcome: Welcome {
        Welcome(
            version: VersionRange.current.newest,
            software: AtollVersion.current,
            epoch: cluster.epoch,
            heartbeatInterval: cluster.policy.heartbeatInterval,
            lease: cluster.policy.lease
        )
    }

    private func refusal(of hello: AgentHello, peer: String) -> Refusal? {
        if hello.highestEpoch > cluster.epoch {
            let message =
                "this coordinator's epoch \(cluster.epoch) is older than \(hello.highestEpoch), which host "
                + "\(hello.host) has obeyed: another coordinator has taken over, or this one runs on an old copy of its store"
            return Refusal(code: .staleCoordinator, message: message)
        }
        guard let known = cluster.inventory[hello.host] else {
            guard cluster.inventory.count >= cluster.limits.hosts else { return nil }
            let message =
                "the limit of \(cluster.limits.hosts) hosts is reached; raise it or remove hosts that are gone"
            return Refusal(code: .overloaded, message: message)
        }
        guard known.instance != hello.instance, known.link.session != nil else { return nil }
        let message =
            "host name \(hello.host) is taken: an agent at \(known.facts.address) is connected under it; give this one "
            + "(at \(peer)) another name with --host, or stop the other"
        return Refusal(code: .hostNameTaken, message: message)
    }

    private mutating func reported(_ facts: HostFacts, slot: Int, into effects: inout Effects) {
        let before = cluster.inventory[slot].facts
        guard facts.host == before.host, facts != before else { return }
        cluster.inventory.report(facts, slot: slot)
        cluster.freedom += 1
        let record = HostRecord(facts: facts, instance: cluster.inventory[slot].instance)
        effects.persist.append(.put(.host(record)))
        effects.notes.append(.changed(.host(facts.host), .modified))
        guard before.agentVersion.isEmpty else { return }
        effects.notes.append(.hostRegistered(facts.host, address: facts.address, devices: facts.devices.count))
    }

    private mutating func observed(
        _ batch: StatusBatch,
        slot: Int,
        session: SessionID,
        at now: Instant,
        into effects: inout Effects
    ) {
        for report in batch.pods { observe(report.pod, report.observation, at: now, into: &effects) }
        guard batch.complete else { return confirm(batch, slot: slot) }
        cluster.inventory.update(slot) {
            $0.link = .synced(session)
            $0.needsWhole = true
        }
        cluster.inventory.markUnsent(slot)
        cluster.freedom += 1
        effects.notes.append(.changed(.host(cluster.inventory[slot].id), .modified))
        noteMissing(from: batch, slot: slot, at: now, into: &effects)
    }

    /// An agent answers every assignment with the generation it then holds. One that makes no progress could not
    /// apply a difference, because something was lost before it: it gets the whole set.
    private mutating func confirm(_ batch: StatusBatch, slot: Int) {
        guard batch.epoch == cluster.epoch else { return }
        let host = cluster.inventory[slot]
        if batch.applied > host.confirmed {
            cluster.inventory.update(slot) { $0.confirmed = batch.applied }
        } else if batch.pods.isEmpty, batch.applied < host.generation {
            cluster.inventory.update(slot) { $0.needsWhole = true }
            cluster.inventory.markUnsent(slot)
        }
    }

    private mutating func observe(
        _ pod: PodID,
        _ observation: PodObservation,
        at now: Instant,
        into effects: inout Effects
    ) {
        guard let owner = cluster.owners[pod.job],
            runs[owner.jobSet]?.podObserved(pod, observation, in: &cluster, at: now) == true
        else { return }
        dirty.insert(owner.jobSet)
        effects.notes.append(.changed(.pod(pod), .modified))
    }

    /// A pod that was seen running and that its own agent no longer knows is lost: its records were wiped.
    private mutating func noteMissing(from batch: StatusBatch, slot: Int, at now: Instant, into effects: inout Effects)
    {
        let reported = Set(batch.pods.map(\.pod))
        for pod in cluster.inventory[slot].desired.keys where !reported.contains(pod) {
            guard let owner = cluster.owners[pod.job],
                runs[owner.jobSet]?.wasSeenRunning(pod, at: owner.position) == true
            else { continue }
            let exit = PodExit(cause: .lost, at: now.wall, message: "the agent came back without any record of it")
            observe(pod, .ended(exit), at: now, into: &effects)
        }
    }

    mutating func disconnected(_ slot: Int, reason: String, at now: Instant, into effects: inout Effects) {
        guard let session = cluster.inventory[slot].link.session else { return }
        slots[session] = nil
        cluster.inventory.update(slot) { $0.link = .offline(since: now) }
        effects.notes.append(.hostDisconnected(cluster.inventory[slot].id, reason: reason))
        effects.notes.append(.changed(.host(cluster.inventory[slot].id), .modified))
    }

    /// Closes a connection that has been silent for the whole lease, or looks again when it could be.
    mutating func leaseIsDue(_ slot: Int, at now: Instant, into effects: inout Effects) {
        cluster.inventory.update(slot) { $0.isLeaseArmed = false }
        let host = cluster.inventory[slot]
        guard let session = host.link.session, let heard = host.lastHeard else { return }
        let silence = now.duration(since: heard)
        guard silence >= cluster.policy.lease else { return armLease(slot, from: heard) }
        effects.notes.append(.hostWentSilent(host.id, silentFor: silence))
        effects.send.append(.close(session, reason: "nothing was heard for the lease of \(cluster.policy.lease)"))
        disconnected(slot, reason: "silent for \(silence)", at: now, into: &effects)
    }
}

extension CoordinatorCore {
    /// One look at a host's lease is on the agenda at a time, however often its agent reconnects.
    private mutating func armLease(_ slot: Int, from heard: Instant) {
        guard !cluster.inventory[slot].isLeaseArmed else { return }
        cluster.inventory.update(slot) { $0.isLeaseArmed = true }
        cluster.agenda.add(.lease(slot: slot), at: heard.advanced(by: cluster.policy.lease))
    }
}

extension HostState {
    fileprivate mutating func greet(session: SessionID, instance: ObjectUID, at now: Instant) {
        link = .greeted(session)
        self.instance = instance
        lastHeard = now
        // The whole set is told anew, under a generation above all that this agent may hold of our epoch.
        needsWhole = true
        confirmed = Generation(0)
    }
}

extension JobSetRun {
    fileprivate func wasSeenRunning(_ pod: PodID, at position: JobPosition) -> Bool {
        let job = self[position]
        guard let incarnation = ([job.current].compactMap(\.self) + job.previous).first(where: { $0.id == pod.job }),
            Int(pod.index) < incarnation.pods.count, incarnation.pods[Int(pod.index)].replacement == pod.replacement
        else { return false }
        return incarnation.pods[Int(pod.index)].isReady
    }
}
