import AtollCore
import AtollJobSet
import AtollModel

/// The whole of one run: who exists, what will happen next, and the checkers that watch.
struct SimWorld {
    let seed: UInt64
    let options: SimOptions
    let limits: Limits
    let shape: ClusterShape
    private(set) var faults: FaultPlan
    var dice: FaultDice
    var queue = SimEventQueue()
    /// Nanoseconds since the start.
    var now: Int64 = 0
    /// What the wall clock shows beyond that; steps when people or NTP set the clock.
    var wallOffset: Int64 = 1_795_000_000_000_000_000
    var hosts: [SimHost]
    var connections: [SimConnection] = []
    /// Coordinator processes in the order they were started; at most the last one serves.
    var coordinators: [SimCoordinator] = []
    /// The machine, of two, on which the next coordinator starts.
    var servingAddress = 0
    var store = SimStore()
    var claimFolders: ClaimFolders
    var people: SimOperator
    var checker = Checker()
    var trace: Trace
    var steps = 0
    var faultCount = 0
    /// Acts of operators in the first phase.
    var actCount = 0
    /// Faults strike and operators act; false in the second phase.
    var isFaulty = true
    /// Hosts that were fenced in the second phase, for a twin had their name.
    var namesFreed: Set<HostID> = []
    // One for each purpose.
    var network: Chance
    var disk: Chance
    var actChance: Chance
    var agentChance: Chance
    var leaseChance: Chance
    var hostChance: Chance
    var claimChance: Chance
    let scriptSeed: UInt64
    /// True when hosts may have pod leases.
    let hasLeases: Bool

    init(seed: UInt64, options: SimOptions) {
        self.seed = seed
        self.options = options
        limits = options.limits.limits(ofSeed: seed, options.size)
        var chance = Chance(SplitMix64(seed: seed))
        var shapeChance = chance.split()
        shape = ClusterShape(options.size, &shapeChance)
        var plan = FaultPlan(seed: chance.next())
        plan.silence(options.reduction.without)
        faults = plan
        dice = FaultDice(seed: chance.next())
        let peopleChance = chance.split()
        network = chance.split()
        disk = chance.split()
        actChance = chance.split()
        agentChance = chance.split()
        scriptSeed = chance.next()
        leaseChance = chance.split()
        hasLeases = Self.choosesLeases(&leaseChance)
        hostChance = chance.split()
        let generator = WorkloadGenerator(shape: shape, size: options.size, limits: limits)
        let policyChance = chance.split()
        claimChance = chance.split()
        claimFolders = ClaimFolders(isShared: claimChance.percent(50))
        people = SimOperator(
            generator: generator,
            chance: peopleChance,
            policyChance: policyChance,
            claimChance: claimChance.split()
        )
        trace = Trace(keepsLines: options.keepsTrace)
        hosts = []
        hosts = (0..<2 * shape.hostCount).map { SimHost(facts: shape.facts(ofHost: $0), number: $0) }
    }

    var instant: Instant { Instant(uptime: now, wall: Timestamp(nanoseconds: wallOffset + now)) }

    /// The same as a host sees it.
    func instant(on host: Int) -> Instant {
        Instant(uptime: now, wall: Timestamp(nanoseconds: wallOffset + hosts[host].wallOffset + now))
    }

    mutating func schedule(_ event: SimEvent, after delay: Int64) { queue.add(event, at: now + delay) }

    var report: SimReport {
        SimReport(
            seed: seed,
            steps: steps,
            faults: faultCount,
            acts: actCount,
            podsStarted: checker.processes.startCount,
            jobSetsFinished: store.jobSets.values.count { !$0.status.terminalState.isEmpty },
            violation: checker.violation,
            traceHash: trace.hash,
            trace: trace.lines
        )
    }

    // MARK: Phases

    mutating func runWithFaults() {
        begin()
        let end = min(options.faultPhase, options.reduction.faultPhase ?? options.faultPhase)
        run(until: end.nanoseconds) { _ in false }
    }

    /// Stops the faults, heals everything, and waits for every JobSet to come to its end.
    mutating func runToTheEnd() {
        guard checker.violation == nil else { return }
        isFaulty = false
        faults.silence(Set(FaultKind.allCases))
        healEverything()
        let deadline = now + options.endPhase.nanoseconds
        run(until: deadline) { $0.isAtRest }
        guard checker.violation == nil else { return }
        checkEnd(isInTime: now < deadline)
    }

    private mutating func begin() {
        schedule(.coordinatorStarts, after: 0)
        for host in 0..<shape.hostCount {
            let isLate = strikes(.lateHost)
            schedule(.hostBoots(host: host), after: agentChance.nanoseconds(ms: isLate ? 5_000...40_000 : 0...200))
        }
        for kind in FaultKind.allCases { scheduleFault(kind) }
        schedule(.operatorActs, after: actChance.nanoseconds(ms: 0...1_000))
    }

    private mutating func run(until end: Int64, isDone: (SimWorld) -> Bool) {
        while checker.violation == nil, let next = queue.earliest, next < end {
            guard let (at, event) = queue.next() else { return }
            now = at
            steps += 1
            trace.mix(UInt64(at))
            handle(event)
            // Looking is dear, and nothing is lost by looking seldom.
            if steps % 64 == 0 && isDone(self) { return }
        }
        now = max(now, min(end, queue.earliest ?? end))
    }

    private mutating func handle(_ event: SimEvent) {
        switch event {
        case .connectionAsked(let host, let agent, let attempt, let address):
            connectionAsked(host: host, agent: agent, attempt: attempt, address: address)
        case .connectionAnswered(let host, let agent, let attempt, let process):
            connectionAnswered(host: host, agent: agent, attempt: attempt, process: process)
        case .arrived(let packet, let connection, let direction): arrived(packet, on: connection, direction)
        case .healed(let host): heal(host)
        case .turnEnded(let process): turnEnded(process)
        case .wakeDue(let process, let at): wakeDue(process, at: at)
        case .committed(let process): committed(process)
        case .coordinatorStarts: startCoordinator()
        case .fencedCoordinatorEnds(let process): if coordinators[process].isAlive { end(process, by: .takeover) }
        case .routesFlap(let old): flapRoutes(beside: old)
        case .orderArrived(let ticket, let order): orderArrived(order, ticket)
        case .answerArrived(let ticket, let answer): answerArrived(answer, to: ticket)
        case .hostBoots(let host): boot(host)
        case .machineLeaves(let host): powerOff(host)
        case .agentStarts(let host, let boot): if hosts[host].boot == boot { startAgent(host) }
        case .agentTimer(let host, let agent, let at): agentTimer(host, agent: agent, at: at)
        case .recordsRead(let host, let agent): recordsRead(host, agent: agent)
        case .supervisorStarts(let host, let boot, let pod): supervisorStarts(pod, on: host, boot: boot)
        case .supervisorWakes(let host, let boot, let pod, let moment):
            supervisorWakes(pod, on: host, boot: boot, at: moment)
        case .containerEnds(let host, let boot, let pod, let container, let life, let cause):
            containerEnds(container, of: pod, on: host, boot: boot, life: life, cause: cause)
        case .claimRemoved(let host, let boot, let agent, let claim):
            claimRemoved(claim, on: host, boot: boot, agent: agent)
        case .leaseEnds(let host, let boot, let deadline): leaseEnds(host, boot: boot, deadline: deadline)
        case .faultStrikes(let kind): strike(kind)
        case .operatorActs: operatorActs()
        }
    }
}
