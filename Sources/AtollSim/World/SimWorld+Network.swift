import AtollCore
import AtollModel

/// The network: ordered channels that delay, break and fall silent.
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
        guard !hosts[host].isPartitioned else { return }
        let process = coordinators.indices.last { coordinators[$0].isAlive && coordinators[$0].address == address }
        schedule(.connectionAnswered(host: host, agent: agent, attempt: attempt, process: process), after: delay())
    }

    mutating func connectionAnswered(host: Int, agent: Int, attempt: Int, process: Int?) {
        guard hosts[host].agentNumber == agent, hosts[host].attempt == attempt, hosts[host].agent != nil,
            !hosts[host].isPartitioned
        else { return }
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
        let at: Int64
        switch direction {
        case .toCoordinator:
            at = max(connections[connection].lastToCoordinator, now + delay())
            connections[connection].lastToCoordinator = at
        case .toAgent:
            at = max(connections[connection].lastToAgent, now + delay())
            connections[connection].lastToAgent = at
        }
        queue.add(.arrived(packet, connection: connection, direction), at: at)
    }

    mutating func arrived(_ packet: Packet, on connection: Int, _ direction: Direction) {
        let host = connections[connection].host
        if hosts[host].isPartitioned {
            return hosts[host].heldBack.append(.arrived(packet, connection: connection, direction))
        }
        guard !connections[connection].isBroken || packet == .end else { return }
        switch direction {
        case .toCoordinator:
            guard connections[connection].isCoordinatorOpen else { return answerClosed(connection, .toAgent) }
            coordinatorReceived(packet, on: connection)
        case .toAgent:
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

    // MARK: Partitions

    mutating func heal(_ host: Int) {
        guard hosts[host].isPartitioned else { return }
        hosts[host].isPartitioned = false
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
