import AtollCore
import AtollModel

/// An `AgentCore` with a clock of its own, and short ways to feed it.
struct AgentFixture {
    var core: AgentCore
    var now = Instant(uptime: 0, wall: Timestamp(nanoseconds: 1_000_000_000))

    init(
        highestEpoch: UInt64 = 0,
        coordinators: Int = 1,
        restored: [RestoredPod] = [],
        facts: HostFacts = Self.facts,
        numbered: HostFacts? = nil,
        seed: UInt64 = 1
    ) {
        core = AgentCore(
            facts: facts,
            numbered: numbered,
            instance: ObjectUID("instance"),
            highestEpoch: Epoch(highestEpoch),
            coordinatorCount: coordinators,
            restored: restored,
            random: SplitMix64(seed: seed)
        )
    }

    static let facts = HostFacts(host: HostID("host-a"), address: "10.0.0.1", bootID: "boot-1")

    /// Welcomed by a coordinator of this epoch.
    static func welcomed(epoch: UInt64 = 1, restored: [RestoredPod] = []) -> AgentFixture {
        var fixture = AgentFixture(restored: restored)
        _ = fixture.feed(.started)
        _ = fixture.feed(.connected)
        _ = fixture.feed(.welcomed(welcome(epoch: epoch)))
        return fixture
    }

    mutating func feed(_ input: AgentInput) -> AgentEffects {
        var effects = AgentEffects()
        core.handle(input, at: now, into: &effects)
        return effects
    }

    mutating func advance(_ duration: Duration) { now = now.advanced(by: duration) }

    static func welcome(epoch: UInt64 = 1) -> Welcome {
        Welcome(
            version: 1,
            software: "test",
            epoch: Epoch(epoch),
            heartbeatInterval: .seconds(2),
            lease: .seconds(10)
        )
    }

    static func pod(_ job: UInt64, _ index: UInt32 = 0) -> PodID {
        PodID(job: JobID(rawValue: job), index: index, replacement: 0)
    }

    static func launch(_ job: UInt64, name: String? = nil) -> JobLaunch {
        JobLaunch(
            job: JobID(rawValue: job),
            jobSet: ObjectName(name: "js"),
            jobSetUID: ObjectUID("uid"),
            jobName: name ?? "js-w-\(job)",
            replicatedJob: "w",
            jobIndex: 0,
            replicas: 1,
            podCount: 2,
            worldSize: 2,
            firstRank: 0,
            masterName: "js-w-0-0.js",
            subdomain: "js",
            containers: [ContainerSpec(name: "main", command: ["true"])]
        )
    }

    static func assignment(
        epoch: UInt64 = 1,
        _ generation: UInt64,
        base: UInt64? = nil,
        launches: [JobLaunch] = [],
        run: [PodID] = [],
        stop: [PodID] = [],
        forget: [PodID] = []
    ) -> Assignment {
        Assignment(
            epoch: Epoch(epoch),
            generation: Generation(generation),
            base: base.map { Generation($0) },
            launches: launches,
            pods: run.map { PodAssignment(id: $0, goal: .run) } + stop.map { PodAssignment(id: $0, goal: .stop) },
            forget: forget
        )
    }

    static let running = PodObservation.running(since: Timestamp(nanoseconds: 5))
    static let ended = PodObservation.ended(PodExit(cause: .exited(code: 0), at: Timestamp(nanoseconds: 9)))
}

extension AgentEffects {
    var statuses: [StatusBatch] {
        send.compactMap { if case .status(let batch) = $0 { batch } else { nil } }
    }

    var started: [PodID] {
        pods.compactMap { if case .start(let plan) = $0 { plan.pod.id } else { nil } }
    }
}
