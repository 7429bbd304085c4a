public import AtollModel

/// Everything an agent decides: what to run and stop, what to say, and when to call again.
///
/// Pure: inputs and the time go in, effects come out, and the same inputs give the same effects. On every connection
/// it says hello and, once welcomed, what its host is and a complete status; from then on what changes, and a
/// heartbeat. It starts a pod once and never again by itself: restarts are the coordinator's decision.
public struct AgentCore: Sendable {
    private let instance: ObjectUID
    /// Devices by the numbers that stay.
    var facts: HostFacts
    var numbering: DeviceNumbering
    /// True once what the numbers depend on is on disk.
    var isNumberingSaved: Bool
    /// Nil before the first welcome.
    var told: ToldFacts?
    private var highestEpoch: Epoch
    var session: AgentSession
    var ledger: PodLedger
    var lease = PodLease()
    var removals = ClaimRemovals()
    /// Pods that would outlive a pod lease: their supervisors are of a release before there were any.
    private var heedless: Set<PodID>
    /// Pods whose delay has been noted, so that it is noted once.
    var delayed: Set<PodID> = []
    private var armed: Instant?

    /// - Parameters:
    ///   - facts: the host as it is at start, its devices numbered as their runtime counts them.
    ///   - numbered: what the last agent reported, from disk; nil at first.
    ///   - highestEpoch: from disk; 0 at first.
    ///   - restored: pods found in the state folder. Those whose supervisor is gone without an exit, or that are of an
    ///     earlier boot, are `ended(.lost)`.
    public init(
        facts: HostFacts,
        numbered: HostFacts? = nil,
        instance: ObjectUID,
        highestEpoch: Epoch,
        coordinatorCount: Int,
        restored: [RestoredPod],
        random: SplitMix64
    ) {
        self.instance = instance
        // A reboot ends every pod, and the numbers begin anew.
        let known = numbered?.bootID == facts.bootID ? numbered?.devices ?? [] : []
        numbering = DeviceNumbering(numbered: known)
        numbering.read(facts.devices) { _ in true }
        self.facts = facts.numbered(by: numbering)
        isNumberingSaved = numbered?.devices == self.facts.devices && numbered?.bootID == facts.bootID
        self.highestEpoch = highestEpoch
        session = AgentSession(coordinatorCount: coordinatorCount, random: random)
        ledger = PodLedger(restored: restored)
        let alive = restored.lazy.filter { !$0.observation.hasEnded }
        heedless = Set(alive.filter { !$0.heedsLease }.map(\.id))
    }

    /// The whole interface: one input, its effects.
    public mutating func handle(_ input: AgentInput, at now: Instant, into effects: inout AgentEffects) {
        switch input {
        case .started:
            session.started(at: now, into: &effects)
            if facts.podLease != nil, let pod = heedless.min() { effects.notes.append(.leasePostponed(until: pod)) }
        case .connected: session.connected(hello: hello, at: now, into: &effects)
        case .disconnected(let reason): session.disconnected(reason: reason, at: now, into: &effects)
        case .welcomed(let welcome): welcomed(welcome, at: now, into: &effects)
        case .refused(let refusal): session.refused(refusal, at: now, into: &effects)
        case .assigned(let assignment):
            session.heard(at: now)
            assigned(assignment, at: now, into: &effects)
        case .heartbeat(let answer):
            session.heard(at: now)
            renewed(by: answer, at: now, into: &effects)
        case .podsObserved(let reports): podsObserved(reports, at: now, into: &effects)
        case .topologyRead(let read): topologyRead(read, at: now, into: &effects)
        case .claimRemovalEnded(let uid, let isGone): claimRemovalEnded(uid, isGone, at: now, into: &effects)
        case .timerFired: timerFired(at: now, into: &effects)
        case .stopping: session.stopping(into: &effects)
        }
        saveNumbering(into: &effects)
        arm(into: &effects)
    }

    /// What a status line says.
    public var summary: Summary {
        Summary(
            deviceCount: facts.devices.count,
            alivePodCount: ledger.entries.values.count { $0.isAlive },
            isConnected: session.isWelcomed
        )
    }

    public struct Summary: Equatable, Sendable {
        public var deviceCount: Int
        public var alivePodCount: Int
        public var isConnected: Bool
    }

    /// What is held, for checks from outside: pods by goal `run` and `stop`, in id order.
    public var held: (epoch: Epoch, generation: Generation, run: [PodID], stop: [PodID]) {
        let run = ledger.entries.filter { $1.goal == .run }.map(\.0)
        let stop = ledger.entries.filter { $1.goal == .stop }.map(\.0)
        return (ledger.epoch, ledger.generation, run, stop)
    }

    private var hello: Hello {
        let agent = AgentHello(
            host: facts.host,
            address: facts.address,
            bootID: facts.bootID,
            instance: instance,
            highestEpoch: highestEpoch,
            answersTopologyReads: true,
            readsPeerLists: true
        )
        return Hello(software: AtollVersion.current, role: .agent(agent))
    }

    private mutating func saveNumbering(into effects: inout AgentEffects) {
        guard !isNumberingSaved else { return }
        isNumberingSaved = true
        effects.numbered = facts
    }

    private mutating func arm(into effects: inout AgentEffects) {
        guard let deadline = nextDeadline, deadline != armed else { return }
        armed = deadline
        effects.wake = deadline
    }
}

// MARK: Events

extension AgentCore {
    private mutating func welcomed(_ welcome: Welcome, at now: Instant, into effects: inout AgentEffects) {
        guard let sent = session.helloSent else { return }
        guard welcome.epoch >= highestEpoch else {
            effects.notes.append(.coordinatorOutdated(epoch: welcome.epoch, highest: highestEpoch))
            session.giveUp(reason: "the coordinator is of an older epoch", at: now, into: &effects)
            return
        }
        effects.lease =
            welcome.renewsPodLeases
            ? lease.answered(sent: sent.uptime, wanted: promise.podLease, counted: welcome.podLease, at: now)
            : lease.suspend()
        session.podLease = lease.length
        ledger.forgetUnstarted()
        session.welcomed(welcome, at: now, into: &effects)
        obey(welcome.epoch, into: &effects)
        told = ToldFacts(promise, takesChanges: welcome.takesHostChanges)
        effects.send.append(.facts(promise))
        effects.send.append(.status(status(complete: true, ledger.reports)))
    }

    /// The answer to a heartbeat: the pods may run on, and those that came too late may start.
    private mutating func renewed(by answer: Heartbeat, at now: Instant, into effects: inout AgentEffects) {
        guard session.isWelcomed, answer.sent != 0 else { return }
        let wasInForce = lease.isInForce(at: now)
        effects.lease = lease.answered(
            sent: answer.sent,
            wanted: promise.podLease,
            counted: answer.podLease,
            at: now
        )
        session.podLease = lease.length
        guard !wasInForce else { return }
        let started = settle(at: now, into: &effects)
        if !started.isEmpty { effects.send.append(.status(status(complete: false, started))) }
    }

    private mutating func assigned(_ assignment: Assignment, at now: Instant, into effects: inout AgentEffects) {
        guard session.isWelcomed else { return }
        var changed: [PodReport] = []
        var removed: [ObjectUID] = []
        if assignment.epoch < highestEpoch {
            note(outdated: assignment, into: &effects)
        } else {
            obey(assignment.epoch, into: &effects)
            switch ledger.assign(assignment) {
            case .applied:
                updateHosts(of: assignment.allPeers, into: &effects)
                removed = remove(assignment.removals, at: now, into: &effects)
                changed = settle(at: now, into: &effects)
            case .outdated: note(outdated: assignment, into: &effects)
            case .unfit(let base):
                effects.notes.append(.assignmentUnfit(base: base, held: ledger.generation))
            }
        }
        // Whatever became of it, the coordinator learns which generation is held.
        effects.send.append(.status(status(complete: false, changed, removed)))
    }

    private mutating func podsObserved(_ reports: [PodReport], at now: Instant, into effects: inout AgentEffects) {
        let changed = ledger.observed(reports.map(explained))
        guard !changed.isEmpty else { return }
        noteHeedless(changed, at: now, into: &effects)
        // An end can let a delayed pod start.
        let consequences = settle(at: now, into: &effects)
        guard session.isWelcomed else { return }
        effects.send.append(.status(status(complete: false, changed + consequences)))
    }

    /// What the coordinator is told of the host: no pod lease before every pod keeps it.
    var promise: HostFacts {
        guard !heedless.isEmpty else { return facts }
        var facts = facts
        facts.podLease = nil
        return facts
    }

    /// With the end of the last pod that would outlive it, the pod lease can begin: with a welcome, as always.
    private mutating func noteHeedless(_ ended: [PodReport], at now: Instant, into effects: inout AgentEffects) {
        guard !heedless.isEmpty else { return }
        for report in ended where report.observation.hasEnded { heedless.remove(report.pod) }
        guard heedless.isEmpty, facts.podLease != nil, session.isWelcomed else { return }
        session.giveUp(reason: "every pod keeps the pod lease now, which begins", at: now, into: &effects)
    }

    private mutating func obey(_ epoch: Epoch, into effects: inout AgentEffects) {
        guard epoch > highestEpoch else { return }
        highestEpoch = epoch
        effects.persist = epoch
    }

    private func note(outdated assignment: Assignment, into effects: inout AgentEffects) {
        let (epoch, generation) = (assignment.epoch, assignment.generation)
        effects.notes.append(.assignmentOutdated(epoch: epoch, generation: generation))
    }

    func status(complete: Bool, _ pods: [PodReport], _ removed: [ObjectUID] = []) -> StatusBatch {
        let (epoch, held) = (ledger.epoch, ledger.generation)
        return StatusBatch(epoch: epoch, applied: held, complete: complete, pods: pods, removedClaims: removed)
    }
}
