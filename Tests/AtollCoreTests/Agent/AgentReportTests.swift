import AtollCore
import AtollModel
import Testing

/// What an agent says when its host has changed.
@Suite struct AgentReportTests {
    private typealias Fix = AgentFixture

    private func agent(takesChanges: Bool) -> AgentFixture {
        var agent = Fix()
        _ = agent.feed(.started)
        _ = agent.feed(.connected)
        var welcome = Fix.welcome()
        welcome.takesHostChanges = takesChanges
        _ = agent.feed(.welcomed(welcome))
        return agent
    }

    private func facts(rack: String) -> HostFacts {
        var facts = Fix.facts
        facts.labels["rack"] = rack
        return facts
    }

    @Test func `changes are told as such, and counted`() {
        var agent = agent(takesChanges: true)
        #expect(agent.feed(.topologyRead(Fix.facts)).send == [])
        let first = HostChange(number: 1, labels: ["rack": "r1"])
        #expect(agent.feed(.topologyRead(facts(rack: "r1"))).send == [.change(first)])
        let second = HostChange(number: 2, labels: ["rack": "r2"])
        #expect(agent.feed(.topologyRead(facts(rack: "r2"))).send == [.change(second)])
    }

    @Test func `a coordinator that takes no changes is told the whole`() {
        var agent = agent(takesChanges: false)
        #expect(agent.feed(.topologyRead(facts(rack: "r1"))).send == [.facts(facts(rack: "r1"))])
    }

    @Test func `a new connection begins with the whole and counts anew`() {
        var agent = agent(takesChanges: true)
        _ = agent.feed(.topologyRead(facts(rack: "r1")))
        _ = agent.feed(.disconnected(reason: "reset"))
        #expect(agent.feed(.topologyRead(facts(rack: "r2"))).send == [])
        agent.advance(Backoff.ceiling)
        _ = agent.feed(.timerFired)
        _ = agent.feed(.connected)
        var welcome = Fix.welcome()
        welcome.takesHostChanges = true
        #expect(agent.feed(.welcomed(welcome)).send.first == .facts(facts(rack: "r2")))
        let change = HostChange(number: 1, labels: ["rack": "r3"])
        #expect(agent.feed(.topologyRead(facts(rack: "r3"))).send == [.change(change)])
    }
}
