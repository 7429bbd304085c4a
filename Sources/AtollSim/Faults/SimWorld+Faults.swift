import AtollCore
import AtollModel

/// What goes wrong, when it strikes, and how it ends.
extension SimWorld {
    mutating func scheduleFault(_ kind: FaultKind) {
        guard let period = faults.period(of: kind) else { return }
        schedule(.faultStrikes(kind), after: faultChance.nanoseconds(ms: 1...2 * period))
    }

    mutating func strike(_ kind: FaultKind) {
        guard isFaulty else { return }
        scheduleFault(kind)
        faultCount += 1
        let host = faultChance.int(0...hosts.count - 1)
        trace.note(at: now, "fault: \(kind), host \(host) if one is meant")
        switch kind {
        case .agentCrash: crashAgent(host)
        case .hostReboot: reboot(host)
        case .coordinatorCrash: if let process = serving { crashCoordinator(process) }
        case .connectionReset:
            guard let connection = hosts[host].connection else { return }
            reset(connection)
        case .partition: cutOff(host)
        case .takeover: takeOver()
        case .deviceFlap: flapDevice(of: host)
        case .clockStep: wallOffset += faultChance.nanoseconds(ms: -20_000...20_000)
        }
    }

    mutating func crashAgent(_ host: Int) {
        guard hosts[host].agent != nil else { return }
        trace.note(at: now, "agent \(host) goes down")
        // Some are stopped as a service manager does it.
        if faultChance.percent(30) { tell(host, .stopping) }
        endAgent(host, losesTail: faultChance.percent(50))
        schedule(.agentStarts(host: host, boot: hosts[host].boot), after: faultChance.nanoseconds(ms: 0...3_000))
    }

    /// Power is lost: nobody is told.
    private mutating func reboot(_ host: Int) {
        guard hosts[host].isUp else { return }
        endAllProcesses(host)
        if let connection = hosts[host].connection {
            connections[connection].isAgentOpen = false
            connections[connection].isBroken = connections[connection].isBroken || faultChance.percent(50)
        }
        hosts[host].connection = nil
        hosts[host].agent = nil
        hosts[host].isUp = false
        schedule(.hostBoots(host: host), after: faultChance.nanoseconds(ms: 100...20_000))
    }

    /// A device fails, or works again; pods that have it go on.
    private mutating func flapDevice(of host: Int) {
        guard let index = hosts[host].facts.devices.indices.randomElement(using: &faultChance) else { return }
        hosts[host].facts.devices[index].usable.toggle()
        let facts = hosts[host].facts
        tell(host, .topologyRead(facts))
    }

    private mutating func repairDevices(of host: Int) {
        for index in hosts[host].facts.devices.indices { hosts[host].facts.devices[index].usable = true }
        let facts = hosts[host].facts
        tell(host, .topologyRead(facts))
    }

    private mutating func cutOff(_ host: Int) {
        guard !hosts[host].isPartitioned else { return }
        hosts[host].isPartitioned = true
        schedule(.healed(host: host), after: faultChance.nanoseconds(ms: 100...15_000))
    }

    /// What was not committed is gone, and so is all that was queued to be sent. A commit under way may or may not
    /// have reached the disk.
    mutating func crashCoordinator(_ process: Int) {
        trace.note(at: now, "coordinator \(process) crashes")
        let coordinator = coordinators[process]
        checker.remember(coordinator.isSettled ? coordinator.core : nil, at: now)
        if coordinator.committing > 0, faultChance.percent(50) { finishOnDisk(coordinator.batch) }
        end(process)
        schedule(.coordinatorStarts, after: faultChance.nanoseconds(ms: 10...5_000))
    }

    private mutating func finishOnDisk(_ batch: [StoreChange]) {
        store.commit(batch)
        checker.committed(batch, store: store, people: people, at: now)
    }

    mutating func end(_ process: Int) {
        coordinators[process].isAlive = false
        for connection in connections.indices
        where connections[connection].process == process && connections[connection].isCoordinatorOpen {
            close(connection, by: .toAgent, losesTail: faultChance.percent(50))
        }
    }

    /// Another coordinator starts from the store while the old one, thought dead, goes on for a while: it serves the
    /// agents that are connected to it or find it, but nothing that it writes is durable any more.
    private mutating func takeOver() {
        guard let old = serving, coordinators.count(where: \.isAlive) == 1 else { return }
        checker.remember(nil, at: now)
        coordinators[old].mayCommit = false
        servingAddress = 1 - servingAddress
        schedule(.coordinatorStarts, after: faultChance.nanoseconds(ms: 0...1_000))
        schedule(.routesFlap(beside: old), after: faultChance.nanoseconds(ms: 0...3_000))
        schedule(.fencedCoordinatorEnds(process: old), after: faultChance.nanoseconds(ms: 100...30_000))
    }

    /// While two coordinators are about, routes change: agents lose the one and find the other.
    mutating func flapRoutes(beside old: Int) {
        guard coordinators[old].isAlive else { return }
        for connection in connections.indices where connections[connection].isAgentOpen && faultChance.percent(40) {
            reset(connection)
        }
        schedule(.routesFlap(beside: old), after: faultChance.nanoseconds(ms: 500...5_000))
    }

    // MARK: The end

    mutating func healEverything() {
        for host in hosts.indices {
            heal(host)
            boot(host)
            startAgent(host)
            repairDevices(of: host)
        }
        for process in coordinators.indices where coordinators[process].isAlive && !coordinators[process].mayCommit {
            end(process)
        }
        startCoordinator()
        schedule(.operatorActs, after: 0)
    }
}
