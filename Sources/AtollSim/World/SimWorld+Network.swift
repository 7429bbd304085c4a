import AtollCore
import AtollModel

/// The network: ordered channels that delay, break and fall silent, and do worse if they are hostile.
extension SimWorld {
    func session(of connection: Int) -> SessionID { SessionID(UInt64(connection) + 1) }

    func connection(of session: SessionID) -> Int { Int(session.rawValue) - 1 }

    private mutating func delay() -> Int64 { network.nanoseconds(ms: faults.delayMilliseconds) }

    // MARK: Opening

    mutating func ask(host: Int, address: Int) {
        hosts[host].attempt += 1
        hosts[host].connection = nil
        let (agent, attempt) = (hosts[host].agentNumber, hosts[host].attempt)
        schedule(.connectionAsked(host: host, agent: agent, attempt: attempt, address: address), after: delay())
    }

    mutating func connectionAsked(host: Int, agent: Int, attempt: Int, address: Int) {
        // Nobody answers through a partition; the agent gives up by itself.
        guard !hosts[host].cut.contains(.toCoordinator) else { return }
        let process = coordinators.indices.last { coordinators[$0].isAlive && coordinators[$0].address == address }
        schedule(.connectionAnswered(host: host, agent: agent, attempt: attempt, process: process), after: delay())
    }

    mutating func connectionAnswered(host: Int, agent: Int, attempt: Int, process: Int?) {
        guard hosts[host].agentNumber == agent, hosts[host].attempt == attempt, hosts[host].agent != nil,
            !hosts[host].cut.contains(.toAgent)
        else { return }
        let event = SimEvent.connectionAnswered(host: host, agent: agent, attempt: attempt, process: process)
        if isStalled(host, puttingOff: event) { return }
        guard let process, coordinators[process].isAlive else {
            return tell(host, .disconnected(reason: "connection refused"))
        }
        connections.append(SimConnection(host: host, agent: agent, process: process))
        hosts[host].connection = connections.count - 1
        tell(host, .connected)
    }

    // MARK: Carrying

    mutating func transmit(_ packet: Packet, on connection: Int, _ direction: Direction) {
        guard !connections[connection].isBroken else { return }
        let at = now + delay()
        // The end of a connection is no packet of ours: it is what remains when all else fails.
        if faults.isNetworkHostile, packet != .end {
            return carryBadly(packet, on: connection, direction, at: at)
        }
        carry(packet, on: connection, direction, at: at)
    }

    /// Packets arrive in the order in which they were sent.
    private mutating func carry(_ packet: Packet, on connection: Int, _ direction: Direction, at moment: Int64) {
        let at: Int64
        switch direction {
        case .toCoordinator:
            at = max(connections[connection].lastToCoordinator, moment)
            connections[connection].lastToCoordinator = at
        case .toAgent:
            at = max(connections[connection].lastToAgent, moment)
            connections[connection].lastToAgent = at
        }
        queue.add(.arrived(packet, connection: connection, direction), at: at)
    }

    private mutating func carryBadly(_ packet: Packet, on connection: Int, _ direction: Direction, at moment: Int64) {
        if strikes(.messageLoss) {
            connections[connection].isTampered = true
            return trace.note(at: now, "lost on connection \(connection): \(packet)")
        }
        if strikes(.messageDuplication) {
            connections[connection].isTampered = true
            let later = moment + dice[.messageDuplication].nanoseconds(ms: 0...3_000)
            queue.add(.arrived(packet, connection: connection, direction), at: later)
        }
        guard strikes(.messageReordering) else { return carry(packet, on: connection, direction, at: moment) }
        connections[connection].isTampered = true
        // Whatever is sent meanwhile overtakes it.
        let later = moment + dice[.messageReordering].nanoseconds(ms: 1...1_000)
        queue.add(.arrived(packet, connection: connection, direction), at: later)
    }

    mutating func arrived(_ packet: Packet, on connection: Int, _ direction: Direction) {
        let host = connections[connection].host
        let event = SimEvent.arrived(packet, connection: connection, direction)
        if hosts[host].cut.contains(direction) { return hosts[host].heldBack.append(event) }
        guard !connections[connection].isBroken || packet == .end else { return }
        switch direction {
        case .toCoordinator:
            guard connections[connection].isCoordinatorOpen else { return answerClosed(connection, .toAgent) }
            coordinatorReceived(packet, on: connection)
        case .toAgent:
            if isStalled(host, puttingOff: event) { return }
            guard connections[connection].isAgentOpen else { return answerClosed(connection, .toCoordinator) }
            agentReceived(packet, on: connection)
        }
    }

    /// What comes for a side that is closed is answered by a reset.
    private mutating func answerClosed(_ connection: Int, _ direction: Direction) {
        let isOpen =
            direction == .toAgent ? connections[connection].isAgentOpen : connections[connection].isCoordinatorOpen
        if isOpen { queue.add(.arrived(.end, connection: connection, direction), at: now + delay()) }
    }

    // MARK: Ending

    /// One side closes; the other learns of it after all that was sent before, or loses what was on its way.
    mutating func close(_ connection: Int, by side: Direction, losesTail: Bool) {
        switch side {
        case .toCoordinator: connections[connection].isAgentOpen = false
        case .toAgent: connections[connection].isCoordinatorOpen = false
        }
        if losesTail {
            connections[connection].isBroken = true
            queue.add(.arrived(.end, connection: connection, side), at: now + delay())
        } else {
            transmit(.end, on: connection, side)
        }
    }

    /// Breaks a connection in the middle: both sides lose what was on its way, and learn of it each in its own time.
    mutating func reset(_ connection: Int) {
        connections[connection].isBroken = true
        queue.add(.arrived(.end, connection: connection, .toAgent), at: now + delay())
        queue.add(.arrived(.end, connection: connection, .toCoordinator), at: now + delay())
    }

    /// TCP does not live with what was done to these.
    mutating func resetTampered() {
        for connection in connections.indices
        where connections[connection].isTampered && !connections[connection].isBroken {
            reset(connection)
        }
    }

    // MARK: Partitions

    mutating func heal(_ host: Int) {
        guard !hosts[host].cut.isEmpty else { return }
        hosts[host].cut = []
        let held = hosts[host].heldBack
        hosts[host].heldBack = []
        // Now, in the order they would have come: later packets wait for the repeated ones.
        for event in held { queue.add(event, at: now) }
        for connection in connections.indices where connections[connection].host == host {
            connections[connection].lastToAgent = max(connections[connection].lastToAgent, now)
            connections[connection].lastToCoordinator = max(connections[connection].lastToCoordinator, now)
        }
    }
}
