import AtollCore
import AtollModel
import Testing

@Suite struct DeviceLossTests {
    private typealias Fix = AgentFixture

    private static func facts(_ buses: [String], boot: String = "boot-1") -> HostFacts {
        var facts = Fix.facts
        facts.bootID = boot
        facts.devices = buses.enumerated().map { position, bus in
            Device(index: UInt32(position), vendor: .nvidia, model: "H100", pciAddress: "0000:\(bus):00.0")
        }
        return facts
    }

    /// Welcomed, with pod 1 on device 0 and pod 2 on device 2.
    private static func busy() -> AgentFixture {
        var agent = Fix(facts: facts(["1b", "43", "52"]))
        _ = agent.feed(.started)
        _ = agent.feed(.connected)
        _ = agent.feed(.welcomed(Fix.welcome()))
        var assignment = Fix.assignment(1, launches: [Fix.launch(1), Fix.launch(2)], run: [Fix.pod(1), Fix.pod(2)])
        assignment.pods[0].devices = [0]
        assignment.pods[1].devices = [2]
        _ = agent.feed(.assigned(assignment))
        let reports = [Fix.pod(1), Fix.pod(2)].map { PodReport(pod: $0, observation: Fix.running) }
        _ = agent.feed(.podsObserved(reports))
        return agent
    }

    @Test func `a pod whose device goes is stopped and others are not`() {
        var agent = Self.busy()
        let effects = agent.feed(.topologyRead(Self.facts(["43", "52"])))
        #expect(effects.pods == [.stop(Fix.pod(1))])
        #expect(agent.feed(.topologyRead(Self.facts(["43", "52"]))) == AgentEffects())
    }

    @Test(arguments: [PodExit.Cause.exited(code: 0), .exited(code: 1), .signaled(15)])
    func `its end is a failure that names the device`(cause: PodExit.Cause) throws {
        var agent = Self.busy()
        _ = agent.feed(.topologyRead(Self.facts(["43", "52"])))
        let exit = PodExit(cause: cause, container: "main", at: Timestamp(nanoseconds: 9))
        let effects = agent.feed(.podsObserved([PodReport(pod: Fix.pod(1), observation: .ended(exit))]))
        let lost = PodExit(
            cause: .lost,
            container: "main",
            at: Timestamp(nanoseconds: 9),
            message: "DeviceLost: device 0 (H100 0000:1b:00.0) has disappeared"
        )
        #expect(effects.statuses.map(\.pods) == [[PodReport(pod: Fix.pod(1), observation: .ended(lost))]])
    }

    @Test func `the coordinator is told by the same numbers, with a finding`() throws {
        var agent = Self.busy()
        let effects = agent.feed(.topologyRead(Self.facts(["43", "52"])))
        guard case .facts(let facts) = try #require(effects.send.first) else { return #expect(Bool(false), "no facts") }
        #expect(facts.devices.map(\.index) == [0, 1, 2])
        #expect(facts.devices.map(\.usable) == [false, true, true])
        #expect(facts.findings.map(\.code) == [.deviceGone])
        #expect(facts.findings.map(\.subject) == ["0000:1b:00.0"])
        #expect(effects.numbered == facts)
    }

    @Test func `a pod that starts later asks its runtime by today's positions`() throws {
        var agent = Self.busy()
        _ = agent.feed(.topologyRead(Self.facts(["43", "52"])))
        var assignment = Fix.assignment(2, base: 1, launches: [Fix.launch(3)], run: [Fix.pod(3)])
        assignment.pods[0].devices = [1]
        let effects = agent.feed(.assigned(assignment))
        let plans = effects.pods.compactMap { if case .start(let plan) = $0 { plan } else { nil } }
        #expect(plans.map(\.pod.devices) == [[0]])
    }

    @Test func `a pod is not started without its device`() {
        var agent = Self.busy()
        _ = agent.feed(.topologyRead(Self.facts(["43", "52"])))
        var assignment = Fix.assignment(2, base: 1, launches: [Fix.launch(3)], run: [Fix.pod(3)])
        assignment.pods[0].devices = [0]
        let effects = agent.feed(.assigned(assignment))
        #expect(effects.started == [])
        #expect(effects.statuses.flatMap(\.pods).map(\.observation.hasEnded) == [true])
    }

    @Test func `an agent that starts after a device has gone knows the numbers of before`() {
        let before = Self.facts(["1b", "43"])
        var agent = Fix(facts: Self.facts(["43"]), numbered: before)
        let effects = agent.feed(.started)
        #expect(effects.numbered?.devices.map(\.usable) == [false, true])
        var rebooted = Fix(facts: Self.facts(["43"], boot: "boot-2"), numbered: before)
        #expect(rebooted.feed(.started).numbered?.devices.map(\.pciAddress) == ["0000:43:00.0"])
        var same = Fix(facts: before, numbered: before)
        #expect(same.feed(.started).numbered == nil)
    }
}
