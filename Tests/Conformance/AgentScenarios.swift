import AtollCore
import AtollModel
import Testing

/// JobSet's agent for restarts in place is the pod's supervisor here, and what it decides is decided by `PodMachine`.
/// The attempts are written as in the scenarios: current/previous.
struct AgentScenarios {
    static let verdicts: Verdicts = ["AGENT-09": .differs(.barrier)]

    private struct Pod {
        private var machine: PodMachine
        private let now = Instant(uptime: 0, wall: Timestamp(nanoseconds: 0))
        private(set) var running: RunningPod?

        /// - Parameter attempts: what it is told when it begins; nil for a pod of another strategy.
        init(_ attempts: InPlaceAttempts?, initContainers: [ContainerSpec] = []) {
            let launch = JobLaunch(
                job: JobID(rawValue: 1),
                jobSet: ObjectName(name: "js"),
                jobSetUID: ObjectUID("uid"),
                jobName: "js-a-0",
                replicatedJob: "a",
                jobIndex: 0,
                replicas: 1,
                podCount: 1,
                worldSize: 1,
                firstRank: 0,
                masterName: "js-a-0-0.js",
                subdomain: "js",
                initContainers: initContainers,
                containers: [ContainerSpec(name: "main", command: ["work"])]
            )
            machine = PodMachine(launch, attempts: attempts)
        }

        mutating func feed(_ input: PodInput) -> [PodAction] {
            var effects = PodEffects()
            machine.handle(input, at: now, into: &effects)
            if case .running(let pod) = effects.observation { running = pod }
            return effects.actions
        }
    }

    private static func told(_ current: UInt32?, _ previous: UInt32?) -> PodInput {
        .told(InPlaceAttempts(previous: previous, current: current))
    }

    private static let starts = [PodAction.start(container: 0)]

    /// It says its attempt, is not ready, and starts nothing.
    private func expectWaiting(current: UInt32?, previous: UInt32?, at attempt: UInt32) {
        var pod = Pod(InPlaceAttempts(previous: previous, current: current))
        #expect(pod.feed(.started) == [])
        #expect(pod.running?.attempt == attempt)
        #expect(pod.running?.isReady == false)
    }

    @Test func `AGENT-01: a pod that starts first says that its attempt is 0`() {
        expectWaiting(current: nil, previous: nil, at: 0)
    }

    @Test func `AGENT-02: a pod that starts anew says that its attempt is the next one`() {
        expectWaiting(current: 0, previous: nil, at: 1)
    }

    @Test func `AGENT-03: also after several restarts`() { expectWaiting(current: 1, previous: 0, at: 2) }

    @Test func `AGENT-04: a new pod beside a former attempt says the next one and stays`() {
        expectWaiting(current: 0, previous: 0, at: 1)
    }

    @Test func `AGENT-05: a pod of a former attempt restarts its processes`() {
        var pod = Pod(InPlaceAttempts())
        _ = pod.feed(.started)
        #expect(pod.feed(Self.told(0, nil)) == Self.starts)
        #expect(pod.feed(Self.told(0, 0)) == [.terminate(container: 0)])
        #expect(pod.feed(.ended(container: 0, .signaled(15))) == [.sweep])
        #expect(pod.feed(.swept) == [])
        #expect(pod.running?.attempt == 1)
    }

    @Test func `AGENT-06: a pod of the present attempt lets its program start`() {
        var first = Pod(InPlaceAttempts())
        _ = first.feed(.started)
        #expect(first.feed(Self.told(0, nil)) == Self.starts)
        var second = Pod(InPlaceAttempts(current: 0))
        _ = second.feed(.started)
        #expect(second.feed(Self.told(1, 0)) == Self.starts)
        #expect(second.running?.isReady == true)
    }

    @Test func `AGENT-07: once it has started nothing more happens`() {
        var first = Pod(InPlaceAttempts())
        _ = first.feed(.started)
        _ = first.feed(Self.told(0, nil))
        #expect(first.feed(Self.told(0, nil)) == [])
        var second = Pod(InPlaceAttempts(current: 0))
        _ = second.feed(.started)
        _ = second.feed(Self.told(1, 0))
        #expect(second.feed(Self.told(1, 0)) == [])
    }

    @Test func `AGENT-08: without the strategy its program starts at once`() {
        var pod = Pod(nil)
        #expect(pod.feed(.started) == Self.starts)
        #expect(pod.running?.attempt == nil)
        #expect(Manifest(spec: "failurePolicy: {restartStrategy: Recreate}").problems.isEmpty)
    }

    @Test func `AGENT-09: no probe tells that it may start: below the barrier nothing is there to be probed`() {
        let probe = Probe(action: .httpGet(HTTPRequest(port: 8081)))
        let sidecar = ContainerSpec(name: "agent", command: ["agent"], restartPolicy: .always, startupProbe: probe)
        var pod = Pod(InPlaceAttempts(), initContainers: [sidecar])
        #expect(pod.feed(.started) == [])
        let actions = pod.feed(Self.told(0, nil))
        #expect(actions.first == .start(container: 0))
        #expect(actions.count == 2)
        var free = Pod(nil, initContainers: [sidecar])
        #expect(free.feed(.started).first == .start(container: 0))
    }
}
