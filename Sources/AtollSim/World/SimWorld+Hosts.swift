import AtollCore
import AtollModel

/// The agent's shell and the machine around it.
extension SimWorld {
    // MARK: Machine and agent

    mutating func boot(_ host: Int) {
        guard !hosts[host].isUp else { return }
        guard now >= hosts[host].offUntil else {
            return queue.add(.hostBoots(host: host), at: hosts[host].offUntil)
        }
        hosts[host].isUp = true
        hosts[host].boot += 1
        hosts[host].leaseEnd = nil
        hosts[host].facts.bootID = "boot-\(host)-\(hosts[host].boot)"
        trace.note(at: now, "host \(host) boots")
        startAgent(host)
    }

    mutating func startAgent(_ host: Int) {
        guard hosts[host].isUp, hosts[host].agent == nil else { return }
        choosePodLease(of: host)
        hosts[host].agentNumber += 1
        hosts[host].unread = []
        if options.plantedBug == .forgetPodsOnAgentRestart { forgetAllPods(host) }
        if options.plantedBug == .forgetEpoch { hosts[host].epochOnDisk = Epoch(0) }
        hosts[host].agent = AgentCore(
            facts: hosts[host].facts,
            numbered: hosts[host].numberedOnDisk,
            instance: hosts[host].instance,
            highestEpoch: hosts[host].epochOnDisk,
            coordinatorCount: 2,
            restored: readRecords(host),
            random: agentChance.generator()
        )
        trace.note(at: now, "agent \(host) starts")
        tell(host, .started)
        switch options.plantedBug {
        case .stopPodsOnAgentRestart: for pod in hosts[host].pods.keys { stopPod(pod, on: host) }
        case .repeatStarts: for pod in hosts[host].pods.values where pod.isSilent { start(pod.plan, on: host) }
        default: break
        }
    }

    private func readRecords(_ host: Int) -> [RestoredPod] {
        let records = hosts[host].pods.values.filter { !$0.isForgotten }.map(\.restored)
        return options.plantedBug == .speakBeforeReading ? Array(records.prefix(1)) : records
    }

    private mutating func forgetAllPods(_ host: Int) {
        for pod in hosts[host].pods.keys { hosts[host].pods[pod]?.isForgotten = true }
    }

    /// The agent's process is gone; its pods go on.
    mutating func endAgent(_ host: Int, losesTail: Bool) {
        guard hosts[host].agent != nil else { return }
        hosts[host].agent = nil
        hosts[host].wakeAt = nil
        if let connection = hosts[host].connection, connections[connection].isAgentOpen {
            close(connection, by: .toCoordinator, losesTail: losesTail)
        }
        hosts[host].connection = nil
    }

    // MARK: Inputs and effects

    /// True for a host that does nothing now: what happened to it is put off until it does.
    mutating func isStalled(_ host: Int, puttingOff event: SimEvent) -> Bool {
        guard now < hosts[host].stalledUntil else { return false }
        queue.add(event, at: hosts[host].stalledUntil)
        return true
    }

    mutating func tell(_ host: Int, _ input: AgentInput) {
        guard hosts[host].agent != nil else { return }
        trace.note(at: now, "agent \(host) <- \(input)")
        var effects = AgentEffects()
        let instant = instant(on: host)
        hosts[host].agent?.handle(input, at: instant, into: &effects)
        perform(effects, on: host)
    }

    mutating func agentTimer(_ host: Int, agent: Int, at moment: Int64) {
        guard hosts[host].agentNumber == agent, hosts[host].wakeAt == moment else { return }
        if isStalled(host, puttingOff: .agentTimer(host: host, agent: agent, at: moment)) { return }
        hosts[host].wakeAt = nil
        tell(host, .timerFired)
    }

    mutating func agentReceived(_ packet: Packet, on connection: Int) {
        let host = connections[connection].host
        guard hosts[host].agentNumber == connections[connection].agent, hosts[host].connection == connection else {
            return
        }
        switch packet {
        case .answer(.accepted(let welcome)): agentWelcomed(welcome, on: host, by: connections[connection].process)
        case .answer(.refused(let refusal)): tell(host, .refused(refusal))
        case .assignment(var assignment):
            checker.assigned(assignment.epoch, host: host)
            for launch in assignment.launches { checker.processes.note(launch) }
            if options.plantedBug == .ignoreEpoch { assignment.epoch = max(assignment.epoch, hosts[host].epochOnDisk) }
            tell(host, .assigned(assignment))
            checker.assignmentHandled()
        case .end:
            connections[connection].isAgentOpen = false
            hosts[host].connection = nil
            tell(host, .disconnected(reason: "closed by the other side"))
        case .heartbeat(let answer): tell(host, .heartbeat(answer))
        case .hello, .facts, .change, .status, .goodbye: break
        }
    }

    private mutating func agentWelcomed(_ welcome: Welcome, on host: Int, by process: Int) {
        checker.welcomed(welcome.epoch, host: host, process: process, at: now)
        if host >= shape.hostCount { checker.nameTaken(from: host % shape.hostCount) }
        var welcome = welcome
        let epoch = welcome.epoch
        if options.plantedBug == .ignoreEpoch { welcome.epoch = max(welcome.epoch, hosts[host].epochOnDisk) }
        tell(host, .welcomed(welcome))
        guard hosts[host].agent?.summary.isConnected == true else { return }
        checker.checkEpoch(ofCommandOn: host, held: epoch, "serving coordinator \(process)", at: now)
    }

    private mutating func perform(_ effects: AgentEffects, on host: Int) {
        if isInterrupted(doing: effects, on: host) { return }
        if let epoch = effects.persist { hosts[host].epochOnDisk = epoch }
        if let facts = effects.numbered { hosts[host].numberedOnDisk = facts }
        if let lease = effects.lease { write(lease, on: host) }
        for command in effects.pods { perform(command, on: host) }
        if let claim = effects.removal { remove(claim, on: host) }
        for send in effects.send { perform(send, on: host) }
        perform(effects.connection, on: host)
        guard let wake = effects.wake else { return }
        hosts[host].wakeAt = wake.uptime
        let agent = hosts[host].agentNumber
        queue.add(.agentTimer(host: host, agent: agent, at: wake.uptime), at: max(wake.uptime, now))
    }

    private mutating func perform(_ send: AgentSend, on host: Int) {
        guard let connection = hosts[host].connection, connections[connection].isAgentOpen else { return }
        let packet: Packet =
            switch send {
            case .hello(let hello): .hello(told(hello))
            case .facts(let facts): .facts(facts)
            case .change(let change): .change(change)
            case .status(let batch): .status(noted(batch))
            case .heartbeat(let heartbeat): .heartbeat(heartbeat)
            case .goodbye: .goodbye
            }
        transmit(packet, on: connection, .toCoordinator)
    }

    /// Pods that were refused for want of a device are failures that the process table does not show.
    private mutating func noted(_ batch: StatusBatch) -> StatusBatch {
        for report in batch.pods {
            if case .ended(let exit) = report.observation, exit.tookItsPlace {
                checker.processes.noteFailure(ofJob: report.pod.job)
            }
        }
        return batch
    }

    /// Planted: a coordinator of an older epoch is not told that a newer one has been obeyed.
    private func told(_ hello: Hello) -> Hello {
        guard options.plantedBug == .ignoreEpoch, case .agent(var agent) = hello.role else { return hello }
        agent.highestEpoch = Epoch(0)
        var hello = hello
        hello.role = .agent(agent)
        return hello
    }

    private mutating func perform(_ command: ConnectionCommand?, on host: Int) {
        switch command {
        case nil: return
        case .connect(let coordinator): ask(host: host, address: coordinator)
        case .close:
            hosts[host].attempt += 1
            guard let connection = hosts[host].connection else { return }
            hosts[host].connection = nil
            if connections[connection].isAgentOpen { close(connection, by: .toCoordinator, losesTail: false) }
        }
    }
}
