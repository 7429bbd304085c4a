import AtollCore
import AtollModel

/// Pods' processes and supervisors.
extension SimWorld {
    mutating func perform(_ command: PodCommand, on host: Int) {
        trace.note(at: now, "host \(host): \(command)")
        switch command {
        case .start(let plan): start(plan, on: host)
        case .stop(let pod): stopPod(pod, on: host)
        case .updateHosts: break
        case .tell(let pod, let attempts): drive(pod, on: host, .told(heard(attempts)))
        case .forget(let pod):
            guard let known = hosts[host].pods[pod], !known.isAlive else { return }
            if options.plantedBug == .deleteClaimsWithPods { deleteClaims(of: known.plan, on: host) }
            hosts[host].pods[pod] = nil
        }
    }

    mutating func start(_ plan: PodPlan, on host: Int) {
        let id = plan.pod.id
        // The folder is there: a repeated command does nothing.
        if let old = hosts[host].pods[id], !old.isForgotten, options.plantedBug != .repeatStarts { return }
        var plan = plan
        if options.plantedBug == .shareDevices { plan.pod.devices = Array(0..<UInt32(plan.pod.devices.count)) }
        plan.pod.attempts = plan.pod.attempts.map(heard)
        let pod = SimPod(plan: plan, script: script(of: id, life: 0))
        hosts[host].pods[id] = pod
        if isLeaseOver(on: host) { return refuseStart(of: id, on: host, message: "LeaseExpired") }
        if !mountClaims(of: plan, on: host) { return refuseStart(of: id, on: host, message: "ClaimOfAnother") }
        let held = hosts[host].agent?.held.epoch ?? Epoch(0)
        checker.processStarted(plan, host: host, heldEpoch: held, in: self)
        trace.mix(id.job.rawValue, UInt64(id.index), UInt64(host))
        schedule(.supervisorStarts(host: host, boot: hosts[host].boot, id), after: pod.script.startDelay)
        guard options.plantedBug == .reportRunningAtStart else { return }
        let running = PodObservation.running(since: instant(on: host).wall)
        tell(host, .podsObserved([PodReport(pod: id, observation: running)]))
    }

    func script(of pod: PodID, life: Int) -> PodScript {
        PodScript(pod, life: life, seed: scriptSeed, faults: faults)
    }

    /// Planted: supervisors take the attempt that they have come to for the current one.
    private func heard(_ attempts: InPlaceAttempts) -> InPlaceAttempts {
        guard options.plantedBug == .ignoreBarrier else { return attempts }
        var attempts = attempts
        attempts.current = max(attempts.first ?? 0, attempts.current ?? 0, attempts.previous.map { $0 + 1 } ?? 0)
        return attempts
    }

    mutating func stopPod(_ pod: PodID, on host: Int) {
        guard let target = hosts[host].pods[pod], target.isAlive, target.observation != .stopping else { return }
        checker.stopAsked(pod, on: host, in: self)
        if options.plantedBug == .reportEndAtStop {
            let exit = PodExit(cause: .signaled(15), at: instant(on: host).wall)
            tell(host, .podsObserved([PodReport(pod: pod, observation: .ended(exit))]))
        }
        if target.observation == .starting {
            hosts[host].pods[pod]?.isStopPending = true
        } else {
            drive(pod, on: host, .stopAsked)
        }
    }

    /// The host has lost power: nothing of its pods is left but their folders.
    mutating func endAllProcesses(_ host: Int) {
        let exit = PodExit(cause: .lost, at: instant(on: host).wall)
        for id in hosts[host].pods.keys where hosts[host].pods[id]?.isAlive == true {
            hosts[host].pods[id]?.isAlive = false
            hosts[host].pods[id]?.observation = .ended(exit)
            checker.processEnded(id, cause: .lost, host: host)
        }
    }

    /// A supervisor writes its record; the agent, if there is one, looks at it in a moment.
    mutating func write(_ observation: PodObservation, of pod: PodID, on host: Int) {
        hosts[host].pods[pod]?.observation = observation
        hosts[host].pods[pod]?.writtenAt = now
        guard hosts[host].agent != nil else { return }
        if options.plantedBug == .missRecords && agentChance.percent(12) { return }
        hosts[host].unread.append(pod)
        guard hosts[host].unread.count == 1 else { return }
        schedule(.recordsRead(host: host, agent: hosts[host].agentNumber), after: agentChance.nanoseconds(ms: 0...20))
    }

    mutating func recordsRead(_ host: Int, agent: Int) {
        guard hosts[host].agentNumber == agent, hosts[host].agent != nil else { return }
        if isStalled(host, puttingOff: .recordsRead(host: host, agent: agent)) { return }
        let reports = hosts[host].unread.compactMap { id in
            hosts[host].pods[id].flatMap { $0.isForgotten ? nil : PodReport(pod: id, observation: $0.observation) }
        }
        hosts[host].unread = []
        tell(host, .podsObserved(reports))
    }
}
