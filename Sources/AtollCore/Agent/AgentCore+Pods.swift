import AtollModel

// From what is wanted to what is there.
extension AgentCore {
    /// Commands all that is outstanding; returns the observations that follow from that at once.
    mutating func settle(at now: Instant, into effects: inout AgentEffects) -> [PodReport] {
        stopThoseWithoutDevice(into: &effects)
        stopAndForget(into: &effects)
        tellAttempts(into: &effects)
        return start(at: now, into: &effects)
    }

    private mutating func stopAndForget(into effects: inout AgentEffects) {
        for (id, entry) in ledger.entries where entry.goal == .stop || entry.goal == .drop {
            switch entry.observation {
            case .starting, .running:
                guard !entry.isStopAsked else { continue }
                effects.pods.append(.stop(id))
                ledger.stopAsked(id)
            case .stopping: break
            case .ended:
                guard entry.goal == .drop else { continue }
                effects.pods.append(.forget(id))
                ledger.forgot(id)
            case nil:
                guard entry.goal == .drop else { continue }
                ledger.forgot(id)
                delayed.remove(id)
            }
        }
    }

    /// To pods that were started with less; a new one finds them in its plan.
    private mutating func tellAttempts(into effects: inout AgentEffects) {
        for (id, entry) in ledger.entries where entry.isAlive && entry.goal == .run {
            guard let attempts = entry.attempts, attempts != entry.attemptsTold else { continue }
            effects.pods.append(.tell(id, attempts))
            ledger.told(id, attempts)
        }
    }

    private mutating func start(at now: Instant, into effects: inout AgentEffects) -> [PodReport] {
        var reports: [PodReport] = []
        for (id, entry) in ledger.entries where entry.observation == nil {
            if let blocker = entry.goal == .run ? ledger.blocker(of: id, entry: entry) : nil {
                if delayed.insert(id).inserted { effects.notes.append(.startDelayed(id, until: blocker)) }
                continue
            }
            if entry.goal == .run, !lease.isInForce(at: now) {
                if delayed.insert(id).inserted { effects.notes.append(.startWithheld(id)) }
                continue
            }
            delayed.remove(id)
            let observation = firstObservation(of: id, entry, at: now, into: &effects)
            ledger.told(id, entry.attempts)
            reports.append(PodReport(pod: id, observation: observation))
        }
        return ledger.observed(reports)
    }

    private func firstObservation(
        of id: PodID,
        _ entry: PodLedger.Entry,
        at now: Instant,
        into effects: inout AgentEffects
    ) -> PodObservation {
        func failed(_ message: String) -> PodObservation {
            .ended(PodExit(cause: .startFailed, at: now.wall, message: message))
        }
        guard entry.goal == .run else { return failed("stopped before it was started") }
        guard let launch = ledger.launch(of: id) else {
            return failed("the coordinator sent no launch plan for job \(id.job); restart the coordinator")
        }
        if let loss = numbering.loss(of: entry.devices) {
            return .ended(PodExit(cause: .lost, at: now.wall, message: loss))
        }
        effects.pods.append(.start(plan(id, entry, launch)))
        return .starting
    }

    mutating func updateHosts(of lists: [PeerList], into effects: inout AgentEffects) {
        for (id, entry) in ledger.entries where entry.isAlive && entry.goal == .run {
            guard let launch = ledger.launch(of: id), lists.contains(where: { $0.jobSetUID == launch.jobSetUID })
            else { continue }
            effects.pods.append(.updateHosts(plan(id, entry, launch)))
        }
    }

    private func plan(_ id: PodID, _ entry: PodLedger.Entry, _ launch: JobLaunch) -> PodPlan {
        PodPlan(
            launch: launch,
            pod: PodAssignment(
                id: id,
                goal: .run,
                devices: numbering.positions(of: entry.devices),
                attempts: entry.attempts
            ),
            peerList: ledger.peers(of: launch),
            host: facts.host,
            hostAddress: facts.address
        )
    }
}
