import AtollCore
import AtollModel

/// What goes wrong with hosts, their agents and their disks.
extension SimWorld {
    mutating func crashAgent(_ host: Int, by kind: FaultKind) {
        guard hosts[host].agent != nil else { return }
        trace.note(at: now, "agent \(host) goes down")
        // Some are stopped as a service manager does it.
        if dice[kind].percent(30) { tell(host, .stopping) }
        endAgent(host, losesTail: dice[kind].percent(50))
        schedule(.agentStarts(host: host, boot: hosts[host].boot), after: dice[kind].nanoseconds(ms: 0...3_000))
    }

    // MARK: Power

    /// Power fails and comes back: nobody is told.
    mutating func losePower(_ host: Int, by kind: FaultKind, forMilliseconds pause: ClosedRange<Int>) {
        guard hosts[host].isUp else { return }
        if let connection = hosts[host].connection {
            connections[connection].isBroken = connections[connection].isBroken || dice[kind].percent(50)
        }
        powerOff(host)
        schedule(.hostBoots(host: host), after: dice[kind].nanoseconds(ms: pause))
    }

    mutating func powerOff(_ host: Int) {
        guard hosts[host].isUp else { return }
        trace.note(at: now, "host \(host) is off")
        loseUnsyncedRecords(of: host)
        endAllProcesses(host)
        if let connection = hosts[host].connection { connections[connection].isAgentOpen = false }
        hosts[host].connection = nil
        hosts[host].agent = nil
        hosts[host].isUp = false
    }

    /// A record replaces the one before in one step, but the step is on disk only some milliseconds after it can be
    /// seen: what was written last may be gone, and then nobody knows how the pod ended.
    private mutating func loseUnsyncedRecords(of host: Int) {
        for (id, pod) in hosts[host].pods where !pod.isAlive && now - pod.writtenAt < 50_000_000 {
            guard strikes(.lostRecord) else { continue }
            loseRecord(of: id, on: host)
        }
    }

    private mutating func loseRecord(of pod: PodID, on host: Int) {
        guard let jobSet = hosts[host].pods[pod]?.plan.launch.jobSetUID else { return }
        let exit = PodExit(cause: .lost, at: instant(on: host).wall)
        hosts[host].pods[pod]?.observation = .ended(exit)
        checker.processes.noteFailure(of: jobSet)
    }

    // MARK: Half-done work

    /// Sometimes does a part of what was decided, the last of it by half, and tells nobody. False when the agent is spared,
    /// and has to do all of it.
    mutating func isInterrupted(doing effects: AgentEffects, on host: Int) -> Bool {
        guard let kind = interruption(of: effects) else { return false }
        let count = dice[kind].int(0...effects.pods.count)
        // The first thing to be done: it may not have come to that.
        if let epoch = effects.persist {
            if count > 0 || dice[kind].percent(50) {
                hosts[host].epochOnDisk = epoch
            } else {
                checker.forgetEpochs(aboveThatOnDisk: hosts[host].epochOnDisk, host: host)
            }
        }
        for command in effects.pods.prefix(count) { perform(command, on: host) }
        if count < effects.pods.count, dice[kind].percent(50) { performByHalf(effects.pods[count], on: host) }
        switch kind {
        case .powerCutMidway: losePower(host, by: kind, forMilliseconds: 100...20_000)
        default: crashAgent(host, by: kind)
        }
        return true
    }

    private mutating func interruption(of effects: AgentEffects) -> FaultKind? {
        guard !effects.pods.isEmpty || effects.persist != nil else { return nil }
        if strikes(.powerCutMidway) { return .powerCutMidway }
        return strikes(.agentCrashMidway) ? .agentCrashMidway : nil
    }

    /// A folder that is there in part: the next agent finds a pod that has no supervisor, and calls it lost.
    private mutating func performByHalf(_ command: PodCommand, on host: Int) {
        switch command {
        case .start(let plan):
            guard hosts[host].pods[plan.pod.id] == nil else { return }
            let script = script(of: plan.pod.id, life: 0)
            hosts[host].pods[plan.pod.id] = SimPod(plan: plan, script: script, isAlive: false)
            loseRecord(of: plan.pod.id, on: host)
        case .forget(let pod):
            if hosts[host].pods[pod]?.isAlive == false { loseRecord(of: pod, on: host) }
        case .stop, .updateHosts, .tell: break
        }
    }

    // MARK: Twins

    /// A clone has the original's state folder: its name, its epoch and the records of its pods.
    mutating func startTwin(of host: Int, isClone: Bool) {
        let kind = isClone ? FaultKind.clonedHost : .twinHost
        let twin = host + shape.hostCount
        guard !hosts[twin].isUp else { return }
        // Another machine each time.
        let number = hosts[twin].boot + 1
        hosts[twin].facts.address = "10.\(number).0.\(twin + 1)"
        hosts[twin].instance = isClone ? hosts[host].instance : ObjectUID("agent-\(twin)-\(number)")
        hosts[twin].epochOnDisk = isClone ? hosts[host].epochOnDisk : Epoch(0)
        hosts[twin].numberedOnDisk = isClone ? hosts[host].numberedOnDisk : nil
        checker.forgetEpochs(aboveThatOnDisk: hosts[twin].epochOnDisk, host: twin)
        hosts[twin].pods = isClone ? hosts[host].pods : [:]
        let exit = PodExit(cause: .lost, at: instant(on: twin).wall)
        for id in hosts[twin].pods.keys where hosts[twin].pods[id]?.isAlive == true {
            hosts[twin].pods[id]?.isAlive = false
            hosts[twin].pods[id]?.observation = .ended(exit)
        }
        boot(twin)
        schedule(.machineLeaves(host: twin), after: dice[kind].nanoseconds(ms: 1_000...30_000))
    }

    // MARK: Devices

    mutating func flapDevice(of host: Int) {
        guard let index = hosts[host].facts.devices.indices.randomElement(using: &dice[.deviceFlap]) else { return }
        hosts[host].facts.devices[index].usable.toggle()
        tellDevices(of: host)
    }

    /// The runtime counts those that are left anew.
    mutating func loseDevice(of host: Int) {
        let isComplete = hosts[host].facts.devices.count == shape.devicesPerHost
        guard isComplete || dice[.deviceLoss].percent(50) else { return repairDevices(of: host) }
        guard let index = hosts[host].facts.devices.indices.randomElement(using: &dice[.deviceLoss]) else { return }
        hosts[host].facts.devices.remove(at: index)
        for position in hosts[host].facts.devices.indices {
            hosts[host].facts.devices[position].index = UInt32(position)
        }
        tellDevices(of: host)
    }

    mutating func repairDevices(of host: Int) {
        hosts[host].facts.devices = shape.facts(ofHost: host).devices
        tellDevices(of: host)
    }

    private mutating func tellDevices(of host: Int) {
        let facts = hosts[host].facts
        tell(host, .topologyRead(facts))
    }

    /// What a pod uses whose runtime counts devices at these positions, by address.
    func devices(at positions: [UInt32], of host: Int) -> [String] {
        hosts[host].facts.devices.filter { positions.contains($0.index) }.map(\.pciAddress)
    }

    /// True when a device that the pod was started with is not there any more.
    func hasLostDevice(_ process: ProcessTable.Process) -> Bool {
        let present = hosts[process.host].facts.devices.map(\.pciAddress)
        return !process.devices.allSatisfy(present.contains)
    }
}
