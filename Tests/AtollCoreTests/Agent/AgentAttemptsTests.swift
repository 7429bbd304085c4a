import AtollCore
import AtollModel
import Testing

/// What a pod that is restarted in place is told of its JobSet's attempts.
@Suite struct AgentAttemptsTests {
    private typealias Fix = AgentFixture
    private typealias Attempts = InPlaceAttempts

    private static func assigned(
        _ generation: UInt64,
        base: UInt64? = nil,
        goal: PodAssignment.Goal = .run,
        _ attempts: Attempts?
    ) -> AgentInput {
        var assignment = Fix.assignment(generation, base: base, launches: [Fix.launch(1)])
        assignment.pods = [PodAssignment(id: Fix.pod(1), goal: goal, attempts: attempts)]
        return .assigned(assignment)
    }

    @Test func `a new pod has them in its plan`() {
        var agent = Fix.welcomed()
        let effects = agent.feed(Self.assigned(1, Attempts(current: 4, first: 4)))
        guard case .start(let plan) = effects.pods.first else { return #expect(Bool(false), "nothing is started") }
        #expect(plan.pod.attempts == Attempts(current: 4, first: 4))
        #expect(effects.pods.count == 1)
    }

    @Test func `it is told each change once, until it has ended`() {
        var agent = Fix.welcomed()
        _ = agent.feed(Self.assigned(1, Attempts()))
        #expect(
            agent.feed(Self.assigned(2, base: 1, Attempts(current: 0))).pods == [
                .tell(Fix.pod(1), Attempts(current: 0))
            ]
        )
        #expect(agent.feed(Self.assigned(3, base: 2, Attempts(current: 0))).pods == [])
        _ = agent.feed(.podsObserved([PodReport(pod: Fix.pod(1), observation: Fix.ended)]))
        #expect(agent.feed(Self.assigned(4, base: 3, Attempts(current: 1))).pods == [])
    }

    @Test func `a pod that is to stop is not told`() {
        var agent = Fix.welcomed()
        _ = agent.feed(Self.assigned(1, Attempts()))
        #expect(agent.feed(Self.assigned(2, base: 1, goal: .stop, Attempts(current: 0))).pods == [.stop(Fix.pod(1))])
    }

    @Test func `a pod without attempts is told nothing`() {
        var agent = Fix.welcomed()
        _ = agent.feed(Self.assigned(1, nil))
        #expect(agent.feed(Self.assigned(2, base: 1, nil)).pods == [])
    }

    @Test func `an adopted pod is told by the whole set, whatever it knows`() {
        let restored = RestoredPod(id: Fix.pod(1), jobSet: ObjectName(name: "js"), observation: Fix.running)
        var agent = Fix.welcomed(restored: [restored])
        let effects = agent.feed(Self.assigned(1, Attempts(previous: 0, current: 1)))
        #expect(effects.pods == [.tell(Fix.pod(1), Attempts(previous: 0, current: 1))])
    }
}
