public import AtollCore
public import AtollJobSet
public import AtollModel

/// A coordinator's core with hosts that do as they are told: drives one turn at a time, commits at once, and keeps
/// what each host was last told to hold.
public struct ClusterFixture {
    public private(set) var core: CoordinatorCore
    public private(set) var now = Instant(
        uptime: 1_000_000_000,
        wall: Timestamp(nanoseconds: 1_795_000_000_000_000_000)
    )
    /// What each host was told to hold.
    public private(set) var held: SortedMap<HostID, SortedMap<PodID, PodAssignment>> = [:]
    /// Claims whose folders each host was last told to delete.
    public private(set) var removals: SortedMap<HostID, [VolumeClaimID]> = [:]
    /// Every assignment sent, oldest first.
    public private(set) var assignments: [(host: HostID, assignment: Assignment)] = []
    /// What the last turn did.
    public private(set) var effects = Effects()
    private var records: [Record] = []
    private var sessions: SortedMap<HostID, SessionID> = [:]
    private var nextSession: UInt64 = 1
    private let limits: Limits
    private let policy: CoordinatorPolicy
    private var nextRevision: UInt32 = 1

    public init(
        hosts: [HostFacts] = [],
        limits: Limits = .production,
        policy: CoordinatorPolicy = CoordinatorPolicy()
    ) throws(RestoreError) {
        self.limits = limits
        self.policy = policy
        core = try CoordinatorCore(limits: limits, policy: policy, seed: 1)
        for host in hosts { join(host) }
    }

    // MARK: Turns

    /// Hands in what came within one turn, and settles.
    @discardableResult
    public mutating func turn(_ inputs: [Input]) -> Effects {
        effects = Effects()
        for input in inputs { core.handle(input, at: now, into: &effects) }
        core.handle(.settle, at: now, into: &effects)
        for change in effects.persist { commit(change) }
        for send in effects.send { note(send) }
        return effects
    }

    /// Lets time pass and wakes the core; connected hosts have been heard just before, unless they are silent.
    public mutating func wait(_ duration: Duration, silently isSilent: Bool = false) {
        now = now.advanced(by: duration)
        turn((isSilent ? [] : sessions.values.map { .session($0, .heartbeat()) }) + [.wake])
    }

    /// People or NTP set the wall clock.
    public mutating func stepWallClock(by step: Duration) {
        now = Instant(uptime: now.uptime, wall: Timestamp(nanoseconds: now.wall.nanoseconds + step.nanoseconds))
    }

    private mutating func commit(_ change: StoreChange) {
        switch change {
        case .put(let record):
            records.removeAll { $0.key == record.key }
            records.append(record)
        case .delete(let key): records.removeAll { $0.key == key }
        }
    }

    private mutating func note(_ send: Send) {
        guard case .assignment(let session, let assignment) = send,
            let host = sessions.first(where: { $0.1 == session })?.0
        else { return }
        assignments.append((host, assignment))
        var pods = assignment.base == nil ? [:] : held[host] ?? [:]
        for pod in assignment.pods { pods[pod.id] = pod }
        for pod in assignment.forget { pods[pod] = nil }
        held[host] = pods
        removals[host] = assignment.removals
    }

    // MARK: Hosts

    /// Connects a host that reports these pods.
    public mutating func join(
        _ facts: HostFacts,
        instance: String = "1",
        pods: [PodReport] = [],
        highestEpoch: Epoch = Epoch(0)
    ) {
        let session = newSession(of: facts.host)
        let batch = StatusBatch(epoch: Epoch(0), applied: Generation(0), complete: true, pods: pods)
        turn([
            hello(facts, instance: instance, highestEpoch: highestEpoch, on: session),
            .session(session, .reported(facts)), .session(session, .observed(batch)),
        ])
    }

    /// Connects a host that says hello and nothing else.
    public mutating func greet(_ facts: HostFacts) {
        turn([hello(facts, instance: "1", highestEpoch: Epoch(0), on: newSession(of: facts.host))])
    }

    private mutating func newSession(of host: HostID) -> SessionID {
        let session = SessionID(nextSession)
        nextSession += 1
        sessions[host] = session
        return session
    }

    private func hello(_ facts: HostFacts, instance: String, highestEpoch: Epoch, on session: SessionID) -> Input {
        let hello = AgentHello(
            host: facts.host,
            address: facts.address,
            bootID: facts.bootID,
            instance: ObjectUID("\(facts.host)-\(instance)"),
            highestEpoch: highestEpoch
        )
        return .session(session, .greeted(hello, peer: facts.address))
    }

    public mutating func tell(from host: HostID, _ input: SessionInput) {
        guard let session = sessions[host] else { return }
        turn([.session(session, input)])
    }

    /// A batch that comes without being asked for, or answers the last assignment.
    public mutating func report(_ reports: [PodReport], from host: HostID) {
        tell(from: host, .observed(batch(reports)))
    }

    private func batch(_ reports: [PodReport], removedClaims: [ObjectUID] = []) -> StatusBatch {
        var batch = StatusBatch(epoch: core.cluster.epoch, applied: Generation(1), complete: false, pods: reports)
        batch.removedClaims = removedClaims
        return batch
    }

    /// A host says that nothing of a claim is left on it.
    public mutating func confirmRemoval(of claim: ObjectUID, from host: HostID) {
        tell(from: host, .observed(batch([], removedClaims: [claim])))
    }

    /// Every host that is connected deletes the folders that it was told to.
    public mutating func answerRemovals() {
        for (host, claims) in removals { for claim in claims { confirmRemoval(of: claim.uid, from: host) } }
    }

    // MARK: People

    @discardableResult
    public mutating func apply(_ jobSets: JobSet...) -> AdminReply.Body? {
        order(.apply(jobSets.map(\.application), dryRun: false))
    }

    @discardableResult
    public mutating func order(_ input: AdminInput) -> AdminReply.Body? {
        let ticket = AdminTicket(session: SessionID(0), request: 1)
        let effects = turn([.admin(ticket, input)])
        for case .reply(ticket, let body) in effects.send { return body }
        return nil
    }

    // MARK: Pods

    public func run(_ name: String = "js") -> JobSetRun? { core.jobSetRun(ObjectName(name: name)) }

    /// The present incarnation of a child job, by its own name.
    public func job(_ name: String) -> JobIncarnation? {
        for run in core.jobSetRuns {
            if let position = run.positions.first(where: { run.jobName($0) == name }) { return run[position].current }
        }
        return nil
    }

    /// `<job>-<index>` of the pods that hosts are told to run and that have not ended, in natural order.
    public var wanted: [String] { names(of: .run) }

    /// The same for pods that hosts are told to stop.
    public var stopping: [String] { names(of: .stop) }

    private func names(of goal: PodAssignment.Goal) -> [String] {
        held.values.flatMap { pods in pods.values.filter { $0.goal == goal && mayRun($0.id) } }
            .compactMap { core.podName($0.id) }
            .sorted(by: NaturalOrder.precedes)
    }

    private func mayRun(_ pod: PodID) -> Bool {
        core.jobSetRuns.contains { run in
            run.jobs.joined().contains { job in
                (job.previous + [job.current].compactMap(\.self)).contains {
                    $0.id == pod.job && pod.index < $0.pods.count
                        && $0.pods[Int(pod.index)].replacement == pod.replacement
                        && $0.pods[Int(pod.index)].mayRun
                }
            }
        }
    }

    /// Reports all pods that are told to run as running.
    public mutating func startAll() { start { _ in true } }

    /// Reports these of the pods that are told to run, `<job>-<index>`, as running.
    public mutating func start(_ names: [String]) {
        let core = core
        start { pod in core.podName(pod).map(names.contains) ?? false }
    }

    private mutating func start(where isMeant: (PodID) -> Bool) {
        for (host, pods) in held {
            let reports = pods.values.filter { $0.goal == .run && isMeant($0.id) }.map { pod in
                PodReport(pod: pod.id, observation: .running(since: now.wall))
            }
            if !reports.isEmpty { report(reports, from: host) }
        }
    }

    /// Reports within one turn what is seen of running pods, `<job>-<index>`.
    ///
    /// - Parameters:
    ///   - attempt: that they have come to in place; one that has waits, and is not ready.
    ///   - restarts: of their containers by themselves.
    public mutating func observe(
        _ names: String...,
        attempt: UInt32? = nil,
        isReady: Bool = false,
        restarts: UInt32 = 0
    ) {
        let running = RunningPod(
            since: now.wall,
            isReady: isReady,
            restarts: restarts,
            attempt: attempt,
            revision: nextRevision
        )
        nextRevision += 1
        turn(names.flatMap { inputs(observing: $0, .running(running)) })
    }

    /// Reports the end of a pod by its name; with a signal for one that was told to stop.
    public mutating func end(_ names: String..., code: Int32 = 0) {
        for name in names { end(name, .exited(code: code)) }
    }

    /// Ends of several pods within one turn, the first ones first.
    public mutating func endTogether(
        _ names: [String],
        code: Int32,
        and others: [String] = [],
        code otherCode: Int32 = 0
    ) {
        let first = names.flatMap { inputs(ending: $0, .exited(code: code)) }
        turn(first + others.flatMap { inputs(ending: $0, .exited(code: otherCode)) })
    }

    /// Every pod that was told to stop does so.
    public mutating func endStopping() {
        for name in stopping { end(name, .signaled(15)) }
    }

    /// However a pod may end.
    public mutating func end(_ name: String, _ cause: PodExit.Cause, message: String = "") {
        turn(inputs(ending: name, cause, message: message))
    }

    /// The end of a pod as an input, for turns in which several things happen.
    public func inputs(ending name: String, _ cause: PodExit.Cause, message: String = "") -> [Input] {
        inputs(observing: name, .ended(PodExit(cause: cause, container: "main", at: now.wall, message: message)))
    }

    private func inputs(observing name: String, _ observation: PodObservation) -> [Input] {
        held.flatMap { host, pods in
            pods.keys.filter { core.podName($0) == name && mayRun($0) }.compactMap { pod in
                let batch = batch([PodReport(pod: pod, observation: observation)])
                return sessions[host].map { .session($0, .observed(batch)) }
            }
        }
    }

    /// What a pod's host was told last of restarts in place.
    public func attempts(_ name: String) -> InPlaceAttempts? {
        held.values.flatMap(\.values).last { core.podName($0.id) == name && mayRun($0.id) }?.attempts
    }

    // MARK: Restart

    /// What is on disk.
    public var stored: StoredState {
        var state = StoredState()
        for record in records {
            switch record {
            case .cluster(let record): state.cluster = record
            case .host(let record): state.hosts.append(record)
            case .jobSet(let record): state.jobSets.append(record)
            case .job(let record): state.jobs.append(record)
            case .volumeClaim(let claim): state.volumeClaims.append(claim)
            }
        }
        return state
    }

    /// The store is replaced by an earlier `stored`, as `atoll-coordinator restore` does it.
    public mutating func restore(_ backup: StoredState) throws(RestoreError) {
        let cluster = backup.cluster?.movedOn(at: now.wall, randomBits: 7)
        records = [cluster.map(Record.cluster)].compactMap(\.self)
        records += backup.hosts.map(Record.host) + backup.jobSets.map(Record.jobSet) + backup.jobs.map(Record.job)
        records += backup.volumeClaims.map(Record.volumeClaim)
        try restart()
    }

    /// The coordinator is killed and starts again from its store; no host has connected yet.
    public mutating func restart() throws(RestoreError) {
        core = try CoordinatorCore(restoring: stored, limits: limits, policy: policy, seed: 2)
        sessions = [:]
        held = [:]
        removals = [:]
        turn([])
    }
}
