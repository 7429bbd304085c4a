import AtollCore
import AtollModel
import Testing

/// What holds for every pod and every sequence of inputs.
@Suite struct PodMachinePropertyTests {
    @Test(arguments: 0..<400 as Range<UInt64>)
    func `whatever happens, effects are sound, and a pod that is asked to end does`(seed: UInt64) {
        var world = PodWorld(seed: seed)
        world.feed(.started)
        for _ in 0..<150 where world.exit == nil { world.step() }
        world.feed(world.random.bool() ? .stopAsked : .killAsked(message: ""))
        // Every container ends when it is asked to or killed, every wait is over when the clock has come to its end.
        for _ in 0..<100 where world.exit == nil { world.goOn() }
        #expect(world.exit != nil, "seed \(seed): the pod does not end: \(world.machine)")
        #expect(world.violations == [], "seed \(seed)")
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `inputs in any order, of whatever containers and runs, trap nothing`(seed: UInt64) {
        var world = PodWorld(seed: seed)
        for _ in 0..<200 { world.feedNonsense() }
        #expect(world.violations == [], "seed \(seed)")
    }
}

/// A pod of arbitrary containers in the hands of an honest supervisor: it knows what runs, and checks what it is told.
private struct PodWorld {
    var random: Draw
    let launch: JobLaunch
    var machine: PodMachine
    private(set) var exit: PodExit?
    private(set) var violations: [String] = []
    private let hasBarrier: Bool
    private var now = Instant(uptime: 0, wall: Timestamp(nanoseconds: 0))
    private var wake: Instant?
    private var running: Set<Int> = []
    /// Asked to end, or killed.
    private var leaving: Set<Int> = []
    private var runs: [ActionRun] = []
    private var allRuns: [ActionRun] = []
    private var isSweeping = false
    private var seen: PodObservation?
    private var attempt: UInt32 = 0

    init(seed: UInt64) {
        random = Draw(seed: seed)
        launch = random.launch()
        hasBarrier = random.bool()
        machine = PodMachine(launch, attempts: hasBarrier ? random.attempts(around: 0) : nil)
    }

    private mutating func check(_ holds: Bool, _ what: String) { if !holds { violations.append(what) } }

    // MARK: What happens

    mutating func step() {
        switch random.number(below: 10) {
        case 0, 1, 2: if let container = running.sorted().randomElement(using: &random) { end(container) }
        case 3, 4: if let run = runs.randomElement(using: &random) { finish(run, random.number(below: 4) > 0) }
        case 5: feed(.told(random.attempts(around: attempt)))
        case 6: if let run = allRuns.randomElement(using: &random) { finish(run, random.bool()) }
        default: goOn()
        }
    }

    /// What must happen happens: somebody who was asked to end does, the sweep is done, or the clock goes on.
    mutating func goOn() {
        if isSweeping {
            if let container = running.min() { return end(container) }
            isSweeping = false
            runs = []
            return feed(.swept)
        }
        if let container = leaving.min() { return end(container) }
        guard let wake else { return feed(.woken) }
        now = max(now, wake)
        feed(.woken)
    }

    mutating func feedNonsense() {
        let container = random.number(below: 6)
        let purpose = ActionRun.Purpose.allCases[random.number(below: 5)]
        let run = ActionRun(container: container, purpose: purpose, number: UInt64(random.number(below: 5)))
        let inputs: [PodInput] = [
            .started, .startFailed(container: container, message: "no"), .swept, .woken,
            .ended(container: container, random.cause()), .finished(run, succeeded: random.bool()),
            .told(random.attempts(around: attempt)), random.number(below: 20) > 0 ? .woken : .stopAsked,
        ]
        var effects = PodEffects()
        now = now.advanced(by: .seconds(random.number(below: 30)))
        machine.handle(inputs[random.number(below: inputs.count)], at: now, into: &effects)
        check(exit == nil || effects == PodEffects(), "something after the end")
        guard let observation = effects.observation else { return }
        check(observation.isNews(after: seen), "\(observation) after \(String(describing: seen))")
        seen = observation
        exit = effects.exit
    }

    private mutating func end(_ container: Int) {
        running.remove(container)
        leaving.remove(container)
        runs.removeAll { $0.container == container }
        feed(.ended(container: container, random.cause()))
    }

    private mutating func finish(_ run: ActionRun, _ succeeded: Bool) {
        runs.removeAll { $0 == run }
        feed(.finished(run, succeeded: succeeded))
    }

    // MARK: What is checked

    mutating func feed(_ input: PodInput) {
        var effects = PodEffects()
        machine.handle(input, at: now, into: &effects)
        check(exit == nil || effects == PodEffects(), "something after the end")
        for action in effects.actions { perform(action) }
        if let observation = effects.observation { observe(observation) }
        wake = effects.wake
    }

    private mutating func perform(_ action: PodAction) {
        switch action {
        case .start(let container):
            check(running.insert(container).inserted, "container \(container) is started twice")
            check(!isSweeping, "a start during a sweep")
        case .terminate(let container), .kill(let container):
            check(running.contains(container), "a signal to container \(container), which does not run")
            leaving.insert(container)
        case .run(let run, let action):
            check(!allRuns.contains(run), "\(run) is run twice")
            allRuns.append(run)
            check(running.contains(run.container), "\(run) for a container that does not run")
            if case .sleep = action { check(false, "a sleep is to be run") }
            runs.append(run)
        case .abandon(let run): runs.removeAll { $0 == run }
        case .sweep:
            check(!isSweeping, "a sweep during a sweep")
            isSweeping = true
        }
    }

    private mutating func observe(_ observation: PodObservation) {
        check(observation.isNews(after: seen), "\(observation) after \(String(describing: seen))")
        seen = observation
        if case .ended(let end) = observation {
            exit = end
            check(running.isEmpty, "it ended while containers run")
        }
        guard case .running(let pod) = observation else { return }
        check(pod.restarts <= (hasBarrier ? 0 : launch.restartsMax), "too many restarts")
        check((pod.attempt != nil) == hasBarrier, "an attempt without a barrier")
        guard let attempt = pod.attempt else { return }
        check(attempt >= self.attempt, "the attempt goes back")
        check(attempt == self.attempt || running.isEmpty, "the attempt grows while containers run")
        self.attempt = attempt
    }
}

/// Draws pods and what happens to them; small numbers, so that much comes together.
private struct Draw: RandomNumberGenerator {
    private var source: SplitMix64

    init(seed: UInt64) { source = SplitMix64(seed: seed) }

    mutating func next() -> UInt64 { source.next() }

    mutating func number(below limit: Int) -> Int { Int.random(in: 0..<limit, using: &self) }

    mutating func bool() -> Bool { number(below: 2) == 0 }

    mutating func cause() -> PodExit.Cause {
        switch number(below: 4) {
        case 0, 1: .exited(code: 0)
        case 2: .exited(code: Int32(number(below: 4)))
        default: .signaled(9)
        }
    }

    mutating func attempts(around attempt: UInt32) -> InPlaceAttempts {
        let current = attempt + UInt32(number(below: 2))
        return InPlaceAttempts(
            previous: bool() ? nil : current == 0 ? nil : current - 1,
            current: number(below: 5) == 0 ? nil : current
        )
    }

    mutating func launch() -> JobLaunch {
        var launch = AgentFixture.launch(1)
        launch.restartPolicy = RestartPolicy.allCases[number(below: 3)]
        launch.restartsMax = UInt32(number(below: 6))
        launch.terminationGrace = .seconds(number(below: 3) * 10)
        launch.initContainers = (0..<number(below: 3)).map { _ in container() }
        launch.containers = (0..<1 + number(below: 2)).map { _ in container() }
        return launch
    }

    private mutating func container() -> ContainerSpec {
        var spec = ContainerSpec(name: "c", command: ["true"])
        spec.restartPolicy = bool() ? nil : RestartPolicy.allCases[number(below: 3)]
        if bool() { spec.restartRules = [rule()] }
        if number(below: 3) == 0 { spec.startupProbe = probe() }
        if number(below: 3) == 0 { spec.readinessProbe = probe() }
        if number(below: 3) == 0 { spec.livenessProbe = probe() }
        if number(below: 3) == 0 { spec.postStart = action() }
        if number(below: 3) == 0 { spec.preStop = action() }
        return spec
    }

    private mutating func rule() -> RestartRule {
        let action = RestartRule.Action.allCases[number(below: 2)]
        return RestartRule(action: action, operator: bool() ? .in : .notIn, exitCodes: [Int32(number(below: 4))])
    }

    private mutating func action() -> ContainerAction { bool() ? .exec(["x"]) : .sleep(.seconds(number(below: 20))) }

    private mutating func probe() -> Probe {
        Probe(
            action: action(),
            initialDelay: .seconds(number(below: 3)),
            period: .seconds(number(below: 3)),
            successThreshold: UInt32(number(below: 3)),
            failureThreshold: UInt32(number(below: 3)),
            terminationGrace: bool() ? nil : .seconds(number(below: 10))
        )
    }
}
