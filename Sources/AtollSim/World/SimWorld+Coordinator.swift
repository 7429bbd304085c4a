import AtollCore
import AtollModel

/// The coordinator's shell: turns, commits, and what leaves after them.
extension SimWorld {
    /// The process that serves, if there is one now.
    var serving: Int? { coordinators.indices.last { coordinators[$0].isAlive && coordinators[$0].mayCommit } }

    static let policy = CoordinatorPolicy(lease: .seconds(5), heartbeatInterval: .seconds(2))

    mutating func startCoordinator() {
        guard serving == nil else { return }
        do throws(RestoreError) {
            let core = try CoordinatorCore(
                restoring: store.content,
                limits: limits,
                policy: policy,
                seed: disk.next()
            )
            coordinators.append(SimCoordinator(core: core, address: servingAddress))
        } catch {
            return checker.broken(.restoresEqual, at: now, error.message)
        }
        checker.restored(coordinators[coordinators.count - 1].core, store: store, people: people, at: now)
        trace.note(at: now, "coordinator \(coordinators.count - 1) starts")
        openTurn(coordinators.count - 1)
    }

    // MARK: Turns

    private mutating func feed(_ input: Input, to process: Int) {
        trace.note(at: now, "coordinator \(process) <- \(input)")
        coordinators[process].handle(input, at: instant)
        openTurn(process)
    }

    /// What comes within a millisecond is decided about at once.
    private mutating func openTurn(_ process: Int) {
        guard !coordinators[process].isInTurn else { return }
        coordinators[process].isInTurn = true
        schedule(.turnEnded(process: process), after: disk.nanoseconds(ms: 0...1))
    }

    mutating func turnEnded(_ process: Int) {
        guard coordinators[process].isAlive else { return }
        coordinators[process].handle(.settle, at: instant)
        noteLostHosts(process)
        arm(process)
        if options.plantedBug == .sendBeforeCommit {
            perform(coordinators[process].turn.send, of: process)
            coordinators[process].turn.send = []
        }
        if options.plantedBug == .answerWithoutCommit { answerAtOnce(process) }
        let free = coordinators[process].endTurn()
        perform(free.send, of: process)
        commit(process)
    }

    /// A host may be given up on only after it has been away; then its pods count as failed, whatever they do.
    private mutating func noteLostHosts(_ process: Int) {
        guard coordinators[process].mayCommit else { return }
        for case .hostLost(let id, let evidence) in coordinators[process].turn.notes {
            guard let host = hosts.firstIndex(where: { $0.facts.host == id }) else { continue }
            let patience = min(Self.policy.lease, Self.policy.reconnectGrace).nanoseconds
            if let heard = hosts[host].heardAt[process], now - heard < patience {
                checker.broken(
                    .undisturbed,
                    at: now,
                    "host \(host) is given up on: \(evidence); it was heard just before"
                )
            }
            checker.processes.abandon(host: host)
        }
    }

    private mutating func arm(_ process: Int) {
        guard let wake = coordinators[process].turn.wake else { return }
        coordinators[process].wakeAt = wake.uptime
        queue.add(.wakeDue(process: process, at: wake.uptime), at: max(wake.uptime, now))
    }

    mutating func wakeDue(_ process: Int, at moment: Int64) {
        guard coordinators[process].isAlive, coordinators[process].wakeAt == moment else { return }
        coordinators[process].wakeAt = nil
        feed(.wake, to: process)
    }

    // MARK: Commits

    private mutating func commit(_ process: Int) {
        guard coordinators[process].needsCommit else { return }
        coordinators[process].startCommit()
        schedule(.committed(process: process), after: disk.nanoseconds(ms: faults.commitMilliseconds))
    }

    mutating func committed(_ process: Int) {
        guard coordinators[process].isAlive, coordinators[process].mayCommit else { return }
        write(coordinators[process].batch)
        let sends = coordinators[process].endCommit().flatMap(\.send)
        if isFaulty && disk.percent(faults.crashAfterCommitShare) {
            faultCount += 1
            perform(Array(sends.prefix(disk.int(0...sends.count))), of: process)
            return crashCoordinator(process)
        }
        perform(sends, of: process)
        commit(process)
    }

    private mutating func write(_ batch: [StoreChange]) {
        if options.plantedBug == .dropCommit && disk.int(0...7) == 0 { return }
        trace.mix(UInt64(batch.count))
        store.commit(batch)
        checker.committed(batch, store: store, people: people, at: now)
    }

    // MARK: Sending and receiving

    mutating func perform(_ sends: [Send], of process: Int) {
        for send in sends {
            trace.note(at: now, "coordinator \(process) -> \(send)")
            switch send {
            case .hello(let session, let reply): transmitFromCoordinator(.answer(reply), on: connection(of: session))
            case .assignment(let session, let assignment):
                trace.mix(assignment.generation.rawValue, UInt64(assignment.pods.count))
                transmitFromCoordinator(.assignment(assignment), on: connection(of: session))
            case .heartbeat(let session, let answer):
                transmitFromCoordinator(.heartbeat(answer), on: connection(of: session))
            case .reply(let ticket, let body):
                schedule(.answerArrived(ticket, body), after: network.nanoseconds(ms: 0...50))
            case .close(let session, _):
                let connection = connection(of: session)
                guard connections[connection].isCoordinatorOpen else { continue }
                close(connection, by: .toAgent, losesTail: false)
            }
        }
    }

    private mutating func transmitFromCoordinator(_ packet: Packet, on connection: Int) {
        guard connections[connection].isCoordinatorOpen else { return }
        guard options.plantedBug == .swapAssignments, case .assignment = packet else {
            return transmit(packet, on: connection, .toAgent)
        }
        transmit(connections[connection].swapped ?? packet, on: connection, .toAgent)
        connections[connection].swapped = packet
    }

    mutating func coordinatorReceived(_ packet: Packet, on connection: Int) {
        let process = connections[connection].process
        guard let input = sessionInput(packet, host: connections[connection].host) else { return }
        if packet == .end {
            connections[connection].isCoordinatorOpen = false
        } else {
            hosts[connections[connection].host].heardAt[process] = now
            if case .hello = packet { checker.processes.isBack(host: connections[connection].host) }
        }
        feed(.session(session(of: connection), input), to: process)
        if packet == .end && options.plantedBug == .freeSilentHost {
            reportAllEnded(on: connections[connection].host, process: process)
        }
    }

    private func sessionInput(_ packet: Packet, host: Int) -> SessionInput? {
        switch packet {
        case .hello(let hello):
            guard case .agent(let agent) = hello.role else { return nil }
            return .greeted(agent, peer: hosts[host].facts.address)
        case .facts(let facts): return .reported(facts)
        case .status(let batch): return .observed(batch)
        case .heartbeat(let heartbeat): return .heartbeat(heartbeat)
        case .goodbye: return .goodbye(reason: "the agent stops")
        case .end: return .closed(reason: "closed by the other side")
        case .answer, .assignment: return nil
        }
    }

    /// Planted: a connection of the host's own name brings word that its pods have ended.
    private mutating func reportAllEnded(on host: Int, process: Int) {
        let reports = hosts[host].pods.values.filter(\.isAlive).map { pod in
            PodReport(pod: pod.id, observation: .ended(PodExit(cause: .lost, at: instant.wall)))
        }
        connections.append(SimConnection(host: host, agent: -1, process: process))
        let session = session(of: connections.count - 1)
        let hello = AgentHello(
            host: hosts[host].facts.host,
            address: hosts[host].facts.address,
            bootID: hosts[host].facts.bootID,
            instance: hosts[host].instance,
            highestEpoch: Epoch(0)
        )
        let batch = StatusBatch(epoch: Epoch(0), applied: Generation(0), complete: false, pods: reports)
        feed(.session(session, .greeted(hello, peer: "")), to: process)
        feed(.session(session, .observed(batch)), to: process)
        connections[connections.count - 1].isAgentOpen = false
        feed(.session(session, .closed(reason: "silent")), to: process)
    }

    // MARK: People

    mutating func ask(_ order: (AdminTicket, AdminInput)) {
        schedule(.orderArrived(order.0, order.1), after: network.nanoseconds(ms: 0...50))
    }

    mutating func orderArrived(_ order: AdminInput, _ ticket: AdminTicket) {
        guard let process = serving else { return }
        feed(.admin(ticket, order), to: process)
    }

    mutating func answerArrived(_ answer: AdminReply.Body, to ticket: AdminTicket) {
        guard let name = people.heard(answer, to: ticket) else { return }
        checker.accepted(name, store: store, people: people, at: now)
    }

    mutating func operatorActs() {
        guard isFaulty else { return resumeSomething() }
        if actCount < options.reduction.actsMax ?? .max {
            actCount += 1
            ask(people.act())
        }
        schedule(.operatorActs, after: faultChance.nanoseconds(ms: 1...2 * faults.operatorPeriod))
    }
}
