import AtollCore
import AtollModel

/// What goes wrong, and when it strikes.
extension SimWorld {
    mutating func scheduleFault(_ kind: FaultKind) {
        guard let period = faults.period(of: kind) else { return }
        schedule(.faultStrikes(kind), after: dice[kind].nanoseconds(ms: 1...2 * period))
    }

    mutating func strike(_ kind: FaultKind) {
        guard isFaulty else { return }
        scheduleFault(kind)
        faultCount += 1
        let host = dice[kind].int(0...shape.hostCount - 1)
        trace.note(at: now, "fault: \(kind), host \(host) if one is meant")
        switch kind {
        case .agentCrash: crashAgent(host, by: kind)
        case .hostReboot: losePower(host, by: kind, forMilliseconds: 100...20_000)
        case .hostLoss: losePower(host, by: kind, forMilliseconds: 15_000...90_000)
        case .hostStall: stall(host)
        case .twinHost: startTwin(of: host, isClone: false)
        case .clonedHost: startTwin(of: host, isClone: true)
        case .coordinatorCrash: if let process = serving { crashCoordinator(process, by: kind) }
        case .takeover: takeOver()
        case .diskFull: store.fullUntil = now + dice[kind].nanoseconds(ms: 100...10_000)
        case .connectionReset: if let connection = hosts[host].connection { reset(connection) }
        case .partition: cut(host, [.toCoordinator, .toAgent], by: kind)
        case .oneWayPartition: cut(host, dice[kind].percent(50) ? [.toCoordinator] : [.toAgent], by: kind)
        case .deviceFlap: flapDevice(of: host)
        case .deviceLoss: loseDevice(of: host)
        case .clockStep: wallOffset += dice[kind].nanoseconds(ms: -20_000...20_000)
        case .hostClockStep: hosts[host].wallOffset = dice[kind].nanoseconds(ms: -100_000...100_000)
        case .messageLoss, .messageDuplication, .messageReordering, .slowNetwork, .slowDisk, .crashAfterCommit,
            .agentCrashMidway, .powerCutMidway, .lostRecord, .lateHost, .podFailure, .deafPod, .slowPod:
            preconditionFailure("\(kind) strikes at no moment of its own")
        }
    }

    /// Whether something that happens now is befallen.
    mutating func strikes(_ kind: FaultKind) -> Bool {
        let share = faults.share(of: kind)
        guard share > 0, dice[kind].percent(share) else { return false }
        faultCount += 1
        return true
    }

    /// One at a time: what a second one puts off to its own end would overtake what the first has put off already.
    private mutating func stall(_ host: Int) {
        let end = now + dice[.hostStall].nanoseconds(ms: 100...10_000)
        if hosts[host].stalledUntil <= now { hosts[host].stalledUntil = end }
    }

    private mutating func cut(_ host: Int, _ directions: Set<Direction>, by kind: FaultKind) {
        guard hosts[host].cut.isEmpty else { return }
        hosts[host].cut = directions
        schedule(.healed(host: host), after: dice[kind].nanoseconds(ms: 100...15_000))
    }

    // MARK: Coordinators

    /// What was not committed is gone, and so is all that was queued to be sent. A commit under way may or may not
    /// have reached the disk: as a whole, in either case.
    mutating func crashCoordinator(_ process: Int, by kind: FaultKind) {
        trace.note(at: now, "coordinator \(process) crashes")
        let coordinator = coordinators[process]
        checker.remember(coordinator.isSettled ? coordinator.core : nil, at: now)
        if coordinator.committing > 0, !store.isFull(at: now), dice[kind].percent(50) {
            finishOnDisk(coordinator.batch)
        }
        if options.plantedBug == .unsyncedCommits { store.loseTail() }
        end(process, by: kind)
        schedule(.coordinatorStarts, after: dice[kind].nanoseconds(ms: 10...5_000))
    }

    private mutating func finishOnDisk(_ batch: [StoreChange]) {
        store.commit(batch)
        checker.committed(batch, in: self)
    }

    /// A commit was refused: what it held was promised to nobody, and the process ends rather than promise more.
    mutating func endForFullDisk(_ process: Int) {
        trace.note(at: now, "coordinator \(process) ends: its disk is full")
        checker.remember(nil, at: now)
        end(process, by: .diskFull)
        schedule(.coordinatorStarts, after: dice[.diskFull].nanoseconds(ms: 100...2_000))
    }

    mutating func end(_ process: Int, by kind: FaultKind) {
        coordinators[process].isAlive = false
        for connection in connections.indices
        where connections[connection].process == process && connections[connection].isCoordinatorOpen {
            close(connection, by: .toAgent, losesTail: dice[kind].percent(50))
        }
    }

    /// Another coordinator starts from the store while the old one, thought dead, goes on for a while: it serves the
    /// agents that are connected to it or find it, but nothing that it writes is durable any more.
    private mutating func takeOver() {
        guard let old = serving, coordinators.count(where: \.isAlive) == 1 else { return }
        checker.remember(nil, at: now)
        coordinators[old].mayCommit = false
        servingAddress = 1 - servingAddress
        schedule(.coordinatorStarts, after: dice[.takeover].nanoseconds(ms: 0...1_000))
        // Or agents stay with the old one for as long as it lives.
        if dice[.takeover].percent(60) {
            schedule(.routesFlap(beside: old), after: dice[.takeover].nanoseconds(ms: 0...1_500))
        }
        schedule(.fencedCoordinatorEnds(process: old), after: dice[.takeover].nanoseconds(ms: 100...30_000))
    }

    /// While two coordinators are about, routes change: agents lose the one and find the other. Some people restart agents.
    mutating func flapRoutes(beside old: Int) {
        guard coordinators[old].isAlive else { return }
        for connection in connections.indices
        where connections[connection].isAgentOpen && dice[.takeover].percent(40) {
            reset(connection)
        }
        for host in 0..<shape.hostCount where dice[.takeover].percent(15) { crashAgent(host, by: .takeover) }
        schedule(.routesFlap(beside: old), after: dice[.takeover].nanoseconds(ms: 200...2_500))
    }

    // MARK: The end

    mutating func healEverything() {
        store.fullUntil = now
        for twin in shape.hostCount..<hosts.count {
            powerOff(twin)
            hosts[twin].offUntil = .max
        }
        for host in 0..<shape.hostCount {
            heal(host)
            hosts[host].offUntil = now
            boot(host)
            startAgent(host)
            repairDevices(of: host)
        }
        resetTampered()
        for process in coordinators.indices where coordinators[process].isAlive && !coordinators[process].mayCommit {
            end(process, by: .takeover)
        }
        startCoordinator()
        schedule(.operatorActs, after: 0)
    }
}
