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
                restoring: restorable,
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

    mutating func feed(_ input: Input, to process: Int) {
        trace.note(at: now, "coordinator \(process) <- \(input)")
        handle(input, by: process)
        openTurn(process)
    }

    private mutating func handle(_ input: Input, by process: Int) {
        let noteCount = coordinators[process].turn.notes.count
        let sendCount = coordinators[process].turn.send.count
        coordinators[process].handle(input, at: instant)
        for case .close(let session, _) in coordinators[process].turn.send.dropFirst(sendCount) {
            connections[connection(of: session)].isDismissed = true
        }
        noteLostHosts(process, in: coordinators[process].turn.notes.dropFirst(noteCount))
    }

    /// What comes within a millisecond is decided about at once.
    private mutating func openTurn(_ process: Int) {
        guard !coordinators[process].isInTurn else { return }
        coordinators[process].isInTurn = true
        schedule(.turnEnded(process: process), after: disk.nanoseconds(ms: 0...1))
    }

    mutating func turnEnded(_ process: Int) {
        guard coordinators[process].isAlive else { return }
        handle(.settle, by: process)
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
    private mutating func noteLostHosts(_ process: Int, in notes: ArraySlice<Note>) {
        guard coordinators[process].mayCommit else { return }
        let patience = min(Self.policy.lease, Self.policy.reconnectGrace).nanoseconds
        for case .hostLost(let id, let evidence) in notes {
            // A person's word needs no silence.
            let isFenced = evidence.hasPrefix("fenced: ")
            for host in machines(named: id) {
                if !isFenced, let heard = hosts[host].heardAt[process], now - heard < patience {
                    let what = "host \(host) is given up on: \(evidence); it was heard just before"
                    checker.broken(.undisturbed, at: now, what)
                }
                checker.processes.abandon(host: host)
            }
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
        if !store.isFull(at: now) {
            write(coordinators[process].batch)
        } else if options.plantedBug != .ignoreRefusedCommit {
            return endForFullDisk(process)
        }
        let sends = coordinators[process].endCommit().flatMap(\.send)
        if strikes(.crashAfterCommit) {
            let count = dice[.crashAfterCommit].int(0...sends.count)
            perform(Array(sends.prefix(count)), of: process)
            return crashCoordinator(process, by: .crashAfterCommit)
        }
        perform(sends, of: process)
        commit(process)
    }

    private mutating func write(_ batch: [StoreChange]) {
        var batch = batch
        switch options.plantedBug {
        case .dropCommit: if disk.int(0...7) == 0 { return }
        case .unsyncedCommits: store.keepEarlier()
        case .forgetOwnEpoch: batch.removeAll { $0.isOfCluster }
        default: break
        }
        trace.mix(UInt64(batch.count))
        store.commit(batch)
        checker.committed(batch, in: self)
    }

    // MARK: Sending and receiving

    mutating func perform(_ sends: [Send], of process: Int) {
        for send in sends {
            trace.note(at: now, "coordinator \(process) -> \(send)")
            switch send {
            case .hello(let session, let reply): transmitFromCoordinator(.answer(reply), on: connection(of: session))
            case .assignment(let session, let assignment):
                trace.mix(assignment.generation.rawValue, UInt64(assignment.pods.count))
                let connection = misdirected(connection(of: session))
                transmitFromCoordinator(.assignment(assignment), on: connection)
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
        let (process, host) = (connections[connection].process, connections[connection].host)
        guard isInTurn(packet, on: connection) else { return closeOutOfTurn(connection) }
        switch packet {
        case .hello:
            connections[connection].hasGreeted = true
            connections[connection].isOfLostHost = isLost(host, to: process)
            // One that has been taken over from may welcome whom it likes.
            if coordinators[process].mayCommit { checker.processes.isBack(host: host) }
        case .end: connections[connection].isCoordinatorOpen = false
        // What comes after a goodbye, or to a coordinator that has done with the connection, is of nobody any more.
        case _ where connections[connection].hasSaidGoodbye || connections[connection].isDismissed: break
        default: hosts[host].heardAt[process] = now
        }
        if packet == .goodbye { connections[connection].hasSaidGoodbye = true }
        guard let input = sessionInput(packet, on: connection) else { return }
        feed(.session(session(of: connection), input), to: process)
        if packet == .end && options.plantedBug == .freeSilentHost { reportAllEnded(on: host, process: process) }
    }

    /// A connection begins with its hello and has one.
    private func isInTurn(_ packet: Packet, on connection: Int) -> Bool {
        if packet == .end { return true }
        if case .hello = packet { return !connections[connection].hasGreeted }
        return connections[connection].hasGreeted
    }

    private mutating func closeOutOfTurn(_ connection: Int) {
        trace.note(at: now, "out of turn on connection \(connection)")
        close(connection, by: .toAgent, losesTail: true)
        guard connections[connection].hasGreeted else { return }
        let closed = SessionInput.closed(reason: "a message out of turn")
        feed(.session(session(of: connection), closed), to: connections[connection].process)
    }

    private func sessionInput(_ packet: Packet, on connection: Int) -> SessionInput? {
        let host = connections[connection].host
        switch packet {
        case .hello(let hello):
            guard case .agent(let agent) = hello.role else { return nil }
            return .greeted(taken(agent, from: host), peer: hosts[host].facts.address)
        case .facts(let facts): return .reported(facts)
        case .change(let change): return .changed(change)
        case .status(let batch): return .observed(taken(batch, on: connection))
        case .heartbeat(let heartbeat):
            return options.plantedBug == .ignoreHeartbeats ? nil : .heartbeat(heartbeat)
        case .goodbye: return .goodbye(reason: "the agent stops")
        case .end: return .closed(reason: "closed by the other side")
        case .answer, .assignment: return nil
        }
    }
}
