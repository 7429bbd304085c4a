import AtollCore
import AtollModel
import Testing

/// An agent whose operator wants a pod lease of a minute, and a coordinator that counts with one.
@Suite struct AgentLeaseTests {
    private typealias Fix = AgentFixture
    private let minute = Duration.seconds(60).nanoseconds

    private func agent(
        wants wanted: Duration? = .seconds(60),
        restored: [RestoredPod] = []
    ) -> Fix {
        var facts = Fix.facts
        facts.podLease = wanted
        var fixture = Fix(restored: restored, facts: facts)
        fixture.advance(.seconds(1_000))
        _ = fixture.feed(.started)
        _ = fixture.feed(.connected)
        return fixture
    }

    private func welcome(_ lease: Duration?, renews: Bool = true) -> AgentInput {
        var welcome = Fix.welcome()
        welcome.renewsPodLeases = renews
        welcome.podLease = lease
        return .welcomed(welcome)
    }

    private func answer(_ sent: Int64, _ lease: Duration? = .seconds(60)) -> AgentInput {
        .heartbeat(Heartbeat(sent: sent, podLease: lease))
    }

    private func run(_ generation: UInt64 = 1) -> AgentInput {
        .assigned(Fix.assignment(generation, launches: [Fix.launch(1)], run: [Fix.pod(1)]))
    }

    // MARK: Renewal

    @Test func `the welcome begins the lease from when the hello was sent`() {
        var agent = agent()
        let sent = agent.now.uptime
        agent.advance(.seconds(2))
        #expect(agent.feed(welcome(nil)).lease == .until(sent + minute))
    }

    @Test func `an answer renews the lease from when its heartbeat was sent`() {
        var agent = agent()
        _ = agent.feed(welcome(.seconds(60)))
        agent.advance(.seconds(2))
        let sent = agent.now.uptime
        #expect(agent.feed(.timerFired).send == [.heartbeat(Heartbeat(sent: sent))])
        agent.advance(.seconds(1))
        #expect(agent.feed(answer(sent)).lease == .until(sent + minute))
    }

    @Test func `a late answer to an older heartbeat changes nothing`() {
        var agent = agent()
        _ = agent.feed(welcome(.seconds(60)))
        agent.advance(.seconds(4))
        let sent = agent.now.uptime
        _ = agent.feed(answer(sent))
        #expect(agent.feed(answer(sent - 1)).lease == nil)
        #expect(agent.feed(answer(sent)).lease == nil)
    }

    @Test func `an answer to what was not sent yet changes nothing`() {
        var agent = agent()
        _ = agent.feed(welcome(.seconds(60)))
        #expect(agent.feed(answer(agent.now.uptime + 1)).lease == nil)
    }

    @Test func `heartbeats leave often enough for a short lease`() {
        var agent = agent(wants: .seconds(3))
        let effects = agent.feed(welcome(nil))
        #expect(effects.wake == agent.now.advanced(by: .seconds(1)))
    }

    // MARK: Agreement

    @Test func `a shorter lease holds at once`() {
        var agent = agent(wants: .seconds(20))
        let sent = agent.now.uptime
        #expect(agent.feed(welcome(.seconds(60))).lease == .until(sent + Duration.seconds(20).nanoseconds))
    }

    @Test func `a longer lease holds when the coordinator counts with it`() {
        var agent = agent(wants: .seconds(600))
        let sent = agent.now.uptime
        #expect(agent.feed(welcome(.seconds(60))).lease == .until(sent + minute))
        agent.advance(.seconds(2))
        #expect(agent.feed(answer(sent + 1, .seconds(600))).lease == .until(sent + 1 + 10 * minute))
    }

    @Test func `a lease that is not wanted any more goes on until the coordinator does without`() {
        var agent = agent(wants: nil)
        let sent = agent.now.uptime
        #expect(agent.feed(welcome(.seconds(60))).lease == .until(sent + minute))
        agent.advance(.seconds(2))
        #expect(agent.feed(.timerFired).send == [.heartbeat(Heartbeat(sent: agent.now.uptime))])
        #expect(agent.feed(answer(agent.now.uptime, nil)).lease == .unlimited)
        agent.advance(.seconds(2))
        #expect(agent.feed(.timerFired).send == [.heartbeat()])
    }

    @Test func `a coordinator that renews no leases ends the lease`() {
        var agent = agent()
        #expect(agent.feed(welcome(nil, renews: false)).lease == .unlimited)
        #expect(agent.feed(run()).started == [Fix.pod(1)])
    }

    // MARK: Starts

    @Test func `an assignment that was delayed past the lease starts nothing before the next answer`() {
        var agent = agent()
        _ = agent.feed(welcome(.seconds(60)))
        agent.advance(.seconds(60))
        let late = agent.feed(run())
        #expect(late.started == [])
        #expect(late.notes == [.startWithheld(Fix.pod(1))])
        let renewed = agent.feed(answer(agent.now.uptime))
        #expect(renewed.started == [Fix.pod(1)])
        #expect(renewed.statuses.first?.pods.map(\.pod) == [Fix.pod(1)])
    }

    @Test func `what an earlier connection told and was not started waits to be told anew`() {
        var agent = agent()
        _ = agent.feed(welcome(.seconds(60)))
        agent.advance(.seconds(60))
        _ = agent.feed(run())
        _ = agent.feed(.disconnected(reason: "reset"))
        agent.advance(Backoff.ceiling)
        _ = agent.feed(.timerFired)
        _ = agent.feed(.connected)
        _ = agent.feed(welcome(.seconds(60)))
        agent.advance(.seconds(1))
        #expect(agent.feed(answer(agent.now.uptime)).started == [])
        #expect(agent.core.held.run == [])
        #expect(agent.feed(run(2)).started == [Fix.pod(1)])
    }

    @Test func `a pod that is stopped before the lease is renewed is never started`() {
        var agent = agent()
        _ = agent.feed(welcome(.seconds(60)))
        agent.advance(.seconds(60))
        _ = agent.feed(run())
        _ = agent.feed(.assigned(Fix.assignment(2, stop: [Fix.pod(1)])))
        #expect(agent.feed(answer(agent.now.uptime)).started == [])
    }

    // MARK: Pods of an earlier release

    @Test func `no lease is promised before every pod keeps it`() {
        let old = RestoredPod(
            id: Fix.pod(1),
            jobSet: ObjectName(name: "js"),
            observation: Fix.running,
            heedsLease: false
        )
        var agent = agent(restored: [old])
        let effects = agent.feed(welcome(nil))
        #expect(effects.lease == .unlimited)
        #expect(effects.send.first == .facts(Fix.facts))
        let ended = agent.feed(.podsObserved([PodReport(pod: Fix.pod(1), observation: Fix.ended)]))
        #expect(ended.connection == .close)
        agent.advance(Backoff.ceiling)
        _ = agent.feed(.timerFired)
        _ = agent.feed(.connected)
        #expect(agent.feed(welcome(nil)).lease == .until(agent.now.uptime + minute))
    }
}
