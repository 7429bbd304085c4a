import AtollCore
import AtollModel

/// A `PodMachine` with a clock of its own, and short ways to feed it. Containers are named `i0`, `i1`, ... and `c0`, ...
struct PodFixture {
    var machine: PodMachine
    var now = Instant(uptime: 0, wall: Timestamp(nanoseconds: 1_000))
    private var wake: Instant?

    init(
        _ containers: [ContainerSpec] = [.plain()],
        initContainers: [ContainerSpec] = [],
        policy: RestartPolicy = .never,
        restartsMax: UInt32 = 0,
        grace: Duration = .seconds(30),
        attempts: InPlaceAttempts? = nil
    ) {
        var launch = AgentFixture.launch(1)
        launch.restartPolicy = policy
        launch.restartsMax = restartsMax
        launch.terminationGrace = grace
        launch.initContainers = Self.named("i", initContainers)
        launch.containers = Self.named("c", containers)
        machine = PodMachine(launch, attempts: attempts)
    }

    private static func named(_ prefix: String, _ specs: [ContainerSpec]) -> [ContainerSpec] {
        specs.enumerated().map { index, spec in
            var spec = spec
            spec.name = "\(prefix)\(index)"
            return spec
        }
    }

    mutating func feed(_ input: PodInput) -> PodEffects {
        var effects = PodEffects()
        machine.handle(input, at: now, into: &effects)
        wake = effects.wake
        return effects
    }

    mutating func start() -> PodEffects { feed(.started) }

    mutating func end(_ container: Int, _ cause: PodExit.Cause = .exited(code: 0)) -> PodEffects {
        feed(.ended(container: container, cause))
    }

    mutating func fail(_ container: Int, code: Int32 = 1) -> PodEffects { end(container, .exited(code: code)) }

    mutating func succeed(_ run: ActionRun) -> PodEffects { feed(.finished(run, succeeded: true)) }

    mutating func fail(_ run: ActionRun) -> PodEffects { feed(.finished(run, succeeded: false)) }

    /// Later; nothing was due before.
    mutating func wait(_ duration: Duration) -> PodEffects {
        now = now.advanced(by: duration)
        return feed(.woken)
    }

    /// Goes on to the moment that the machine asked for.
    mutating func wakeUp() -> (after: Duration?, effects: PodEffects) {
        guard let wake else { return (nil, feed(.woken)) }
        let pause = wake.duration(since: now)
        now = max(now, wake)
        return (pause, feed(.woken))
    }
}

extension ContainerSpec {
    static func plain(_ change: (inout ContainerSpec) -> Void = { _ in }) -> ContainerSpec {
        var spec = ContainerSpec(name: "", command: ["true"])
        change(&spec)
        return spec
    }

    static func sidecar(_ change: (inout ContainerSpec) -> Void = { _ in }) -> ContainerSpec {
        plain {
            $0.restartPolicy = .always
            change(&$0)
        }
    }

    static func ruled(_ action: RestartRule.Action, _ codes: Int32...) -> ContainerSpec {
        plain { $0.restartRules = [RestartRule(action: action, operator: .in, exitCodes: codes)] }
    }
}

extension Probe {
    static func exec(failureThreshold: UInt32 = 1, _ change: (inout Probe) -> Void = { _ in }) -> Probe {
        var probe = Probe(action: .exec(["check"]), failureThreshold: failureThreshold)
        change(&probe)
        return probe
    }
}

extension PodEffects {
    /// Numbers of the containers that are started.
    var started: [Int] { actions.compactMap { if case .start(let index) = $0 { index } else { nil } } }

    var terminated: [Int] { actions.compactMap { if case .terminate(let index) = $0 { index } else { nil } } }

    var killed: [Int] { actions.compactMap { if case .kill(let index) = $0 { index } else { nil } } }

    /// Probes and hooks that begin.
    var runs: [ActionRun] { actions.compactMap { if case .run(let run, _) = $0 { run } else { nil } } }

    /// The first that begins; where none does, one that nobody has ever heard of.
    var run: ActionRun { runs.first ?? ActionRun(container: -1, purpose: .postStart, number: 0) }

    var abandoned: [ActionRun] { actions.compactMap { if case .abandon(let run) = $0 { run } else { nil } } }

    var isSweep: Bool { actions.contains(.sweep) }

    var running: RunningPod? { if case .running(let pod) = observation { pod } else { nil } }

    var exit: PodExit? { if case .ended(let exit) = observation { exit } else { nil } }
}
