import AtollModel

extension CoordinatorCore {
    mutating func handle(_ input: SessionInput, from session: SessionID, at now: Instant, into effects: inout Effects) {
        if case .greeted(let hello, let peer) = input {
            return greeted(hello, peer: peer, session: session, at: now, into: &effects)
        }
        // A connection that was replaced or refused may still bring what it sent before it knew.
        guard let slot = slots[session] else { return }
        cluster.inventory.heard(slot, at: now)
        switch input {
        case .greeted: break
        case .heartbeat(let heartbeat): answer(heartbeat, slot: slot, session: session, at: now, into: &effects)
        case .reported(let facts): reported(facts, slot: slot, at: now, into: &effects)
        case .changed(let change): changed(change, slot: slot, at: now, into: &effects)
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
            if cluster.inventory[slot].instance != hello.instance { own(slot, by: hello.instance, into: &effects) }
            noteReboot(hello, slot: slot, into: &effects)
            if let old = cluster.inventory[known].link.session {
                slots[old] = nil
                joins.remove(old)
                effects.send.append(.close(old, reason: "the same agent has connected again"))
            }
        } else {
            let facts = HostFacts(host: hello.host, address: hello.address, bootID: hello.bootID)
            slot = cluster.inventory.add(facts, instance: hello.instance, link: .neverConnected)
            cluster.inventory.setVerified(nil, slot: slot, since: cluster.restoredAt)
        }
        cluster.inventory.update(slot) { $0.greet(hello, session: session, at: now) }
        slots[session] = slot
        armLease(slot, from: now)
        joins.add(session)
    }

    /// Answers those whose turn it is; see `JoinQueue`.
    mutating func welcomeNext(at now: Instant, into effects: inout Effects) {
        for session in joins.admit(at: now) {
            guard let slot = slots[session] else { continue }
            // It had nothing to say until now.
            cluster.inventory.update(slot) { $0.lastHeard = now }
            let podLease = cluster.inventory[slot].facts.podLease
            askForProof(of: podLease, at: now)
            effects.send.append(.hello(session, .accepted(welcome(podLease))))
        }
        guard !isJoinArmed, let next = joins.nextTurn else { return }
        isJoinArmed = true
        cluster.agenda.add(.join, at: next)
    }

    private func welcome(_ podLease: Duration?) -> Welcome {
        Welcome(
            version: VersionRange.current.newest,
            software: AtollVersion.current,
            epoch: cluster.epoch,
            heartbeatInterval: cluster.policy.heartbeatInterval,
            lease: cluster.policy.lease,
            renewsPodLeases: true,
            podLease: podLease,
            takesHostChanges: true
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
        guard known.mayBeAnother(than: hello) else { return nil }
        if known.link.session != nil {
            let message =
                "host name \(hello.host) is taken: an agent at \(known.facts.address) is connected under it; give this one "
                + "(at \(peer)) another name with --host, or stop the other"
            return Refusal(code: .hostNameTaken, message: message)
        }
        guard mayRunPods(known) else { return nil }
        let message =
            "host name \(hello.host) is taken: pods may still run on the machine at \(known.facts.address), which was not "
            + "heard to end them; give this one (at \(peer)) another name with --host, or, if the other is off for good, "
            + "run atollctl fence \(hello.host)"
        return Refusal(code: .hostNameTaken, message: message)
    }

    /// True while processes of pods may exist on a host, as far as its agent, or a person, has told.
    private func mayRunPods(_ host: HostState) -> Bool {
        host.isUnverified || !host.strays.isEmpty || host.desired.keys.contains(where: isKnownAlive)
    }

    private mutating func observed(
        _ batch: StatusBatch,
        slot: Int,
        session: SessionID,
        at now: Instant,
        into effects: inout Effects
    ) {
        defer { verifyIfReady(slot, into: &effects) }
        if batch.complete {
            let host = cluster.inventory[slot]
            // A connection has one complete batch: a repeated one says how things stood, and pods that were started since
            // would pass for missing. The facts come before it: without its labels a host seems to be in no island.
            guard host.link == .greeted(session), host.hasReported else { return }
            cluster.inventory.update(slot) { $0.strays = [] }
        }
        removedClaims(batch.removedClaims, slot: slot)
        // Not the whole state of the host, which is large: this is done for every batch.
        let rebooted = cluster.inventory[slot].hasRebooted ? cluster.inventory[slot].id : nil
        for report in batch.pods {
            // The agent cannot know why its pods are gone.
            let observation = rebooted.map(report.observation.lost(byRebootOf:)) ?? report.observation
            observe(report.pod, observation, at: now, into: &effects)
            noteStray(report, slot: slot)
        }
        guard batch.complete else { return confirm(batch, slot: slot) }
        cluster.inventory.update(slot) {
            $0.link = .synced(session)
            $0.needsWhole = true
            $0.reported = Set(batch.pods.map(\.pod))
        }
        joins.remove(session)
        cluster.inventory.markUnsent(slot)
        cluster.freedom += 1
        effects.notes.append(.changed(.host(cluster.inventory[slot].id), .modified))
        noteMissing(slot, at: now, into: &effects)
    }

    /// A host that runs nothing but what the store knows: what was held up on its islands may start.
    mutating func verifyIfReady(_ slot: Int, into effects: inout Effects) {
        guard cluster.inventory[slot].isUnverified, cluster.inventory[slot].isReady else { return }
        verify(slot, into: &effects)
    }

    mutating func verify(_ slot: Int, into effects: inout Effects) {
        guard cluster.inventory[slot].isUnverified else { return }
        cluster.inventory.setVerified(cluster.epoch, slot: slot, since: cluster.restoredAt)
        effects.persist.append(.put(.host(cluster.inventory[slot].record)))
        cluster.freedom += 1
    }

    /// An agent answers every assignment with the generation it then holds. One that makes no progress could not
    /// apply a difference, because something was lost before it: it gets the whole set.
    private mutating func confirm(_ batch: StatusBatch, slot: Int) {
        guard batch.epoch == cluster.epoch else { return }
        let host = cluster.inventory[slot]
        if batch.applied > host.confirmed {
            cluster.inventory.update(slot) { $0.confirmed = batch.applied }
        } else if batch.pods.isEmpty, batch.removedClaims.isEmpty, batch.applied < host.generation {
            cluster.inventory.update(slot) { $0.needsWhole = true }
            cluster.inventory.markUnsent(slot)
        }
    }

    mutating func observe(
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

    /// A pod that is alive and that nobody wants any more is on its way out: its agent will be told. Until it is gone
    /// the host takes nothing new (I1).
    private mutating func noteStray(_ report: PodReport, slot: Int) {
        let host = cluster.inventory[slot]
        if case .ended = report.observation {
            guard host.strays.contains(report.pod) else { return }
            cluster.inventory.update(slot) { _ = $0.strays.remove(report.pod) }
            if host.strays.count == 1 { cluster.freedom += 1 }
        } else if !isKnownAlive(report.pod) {
            cluster.inventory.update(slot) { _ = $0.strays.insert(report.pod) }
        }
    }

    private func isKnownAlive(_ pod: PodID) -> Bool {
        guard let owner = cluster.owners[pod.job], let run = runs[owner.jobSet] else { return false }
        return run.mayRun(pod, at: owner.position)
    }

    /// A pod that was there before a reboot and whose end its agent did not report is gone with the boot. One that was
    /// seen running and that its own agent no longer knows is lost without one: its records were wiped.
    private mutating func noteMissing(_ slot: Int, at now: Instant, into effects: inout Effects) {
        let host = cluster.inventory[slot]
        cluster.inventory.update(slot) { $0.hasRebooted = false }
        for pod in host.desired.keys where !host.reported.contains(pod) {
            if host.hasRebooted { endByReboot(pod, on: host.id, at: now, into: &effects) }
            guard let owner = cluster.owners[pod.job],
                case .running? = runs[owner.jobSet]?.phase(of: pod, at: owner.position)
            else { continue }
            let exit = PodExit(cause: .lost, at: now.wall, message: "the agent came back without any record of it")
            observe(pod, .ended(exit), at: now, into: &effects)
        }
    }
}

extension PodObservation {
    /// With the reason for the end of a pod that is lost and nothing else known of.
    fileprivate func lost(byRebootOf host: HostID) -> PodObservation {
        guard case .ended(var exit) = self, exit.cause == .lost, !exit.tookItsPlace else { return self }
        exit.message = CoordinatorCore.rebootMessage(host)
        return .ended(exit)
    }
}

extension HostState {
    /// True when a hello may come from another machine than the one that has its name: another installation, or the
    /// copy of one, which has neither the boot nor the address of the original.
    fileprivate func mayBeAnother(than hello: AgentHello) -> Bool {
        guard let instance else { return false }
        if instance != hello.instance { return true }
        return facts.bootID != hello.bootID && facts.address != hello.address
    }

    fileprivate mutating func greet(_ hello: AgentHello, session: SessionID, at now: Instant) {
        link = .greeted(session)
        readsPeerLists = hello.readsPeerLists
        lastHeard = now
        opensAt = nil
        hasReported = false
        changeCount = 0
        strays = []
        // The whole set is told anew, under a generation above all that this agent may hold of our epoch.
        needsWhole = true
        confirmed = Generation(0)
    }
}
