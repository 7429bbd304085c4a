import AtollCore
import AtollModel
import Testing

@Suite struct AgentCoreTests {
    private typealias Fix = AgentFixture

    // MARK: Sessions

    @Test func `a connection begins with hello, then facts and a complete status`() {
        var agent = Fix(highestEpoch: 3)
        #expect(agent.feed(.started).connection == .connect(coordinator: 0))
        let hello = AgentHello(
            host: HostID("host-a"),
            address: "10.0.0.1",
            bootID: "boot-1",
            instance: ObjectUID("instance"),
            highestEpoch: Epoch(3),
            answersTopologyReads: true,
            readsPeerLists: true
        )
        #expect(agent.feed(.connected).send == [.hello(Hello(software: AtollVersion.current, role: .agent(hello)))])
        let effects = agent.feed(.welcomed(Fix.welcome(epoch: 4)))
        let status = StatusBatch(epoch: Epoch(0), applied: Generation(0), complete: true, pods: [])
        #expect(effects.send == [.facts(Fix.facts), .status(status)])
        #expect(effects.persist == Epoch(4))
    }

    @Test func `a coordinator of an older epoch is left for another one`() {
        var agent = Fix(highestEpoch: 3, coordinators: 2)
        _ = agent.feed(.started)
        _ = agent.feed(.connected)
        let effects = agent.feed(.welcomed(Fix.welcome(epoch: 2)))
        #expect(effects.connection == .close)
        #expect(effects.send == [])
        #expect(effects.notes.first == .coordinatorOutdated(epoch: Epoch(2), highest: Epoch(3)))
        agent.advance(Backoff.ceiling)
        #expect(agent.feed(.timerFired).connection == .connect(coordinator: 1))
    }

    @Test func `heartbeats leave at the interval of the welcome and not before`() {
        var agent = Fix.welcomed()
        agent.advance(.milliseconds(1999))
        #expect(agent.feed(.timerFired).send == [])
        agent.advance(.milliseconds(1))
        let effects = agent.feed(.timerFired)
        #expect(effects.send == [.heartbeat()])
        #expect(effects.wake == agent.now.advanced(by: .seconds(2)))
    }

    @Test func `a coordinator that answers no heartbeat for a whole lease is given up`() {
        var agent = Fix.welcomed()
        agent.advance(.seconds(8))
        #expect(agent.feed(.timerFired).send == [.heartbeat()])
        _ = agent.feed(.heartbeat())
        agent.advance(.seconds(9))
        #expect(agent.feed(.timerFired).send == [.heartbeat()])
        agent.advance(.seconds(2))
        #expect(agent.feed(.timerFired).connection == .close)
    }

    @Test func `a coordinator that does not answer the hello is given up`() {
        var agent = Fix()
        _ = agent.feed(.started)
        _ = agent.feed(.connected)
        agent.advance(.seconds(10))
        #expect(agent.feed(.timerFired).connection == .close)
    }

    @Test func `facts are sent again only when they changed`() {
        var agent = Fix.welcomed()
        #expect(agent.feed(.topologyRead(Fix.facts)).send == [])
        var changed = Fix.facts
        changed.cpuCount = 8
        #expect(agent.feed(.topologyRead(changed)).send == [.facts(changed)])
    }

    @Test func `a stopping agent says goodbye and stops no pod`() {
        var agent = Fix.welcomed()
        _ = agent.feed(.assigned(Fix.assignment(1, launches: [Fix.launch(1)], run: [Fix.pod(1)])))
        let effects = agent.feed(.stopping)
        #expect(effects.send == [.goodbye])
        #expect(effects.connection == .close)
        #expect(effects.pods == [])
        agent.advance(.seconds(100))
        #expect(agent.feed(.timerFired) == AgentEffects())
    }

    // MARK: Assignments

    @Test func `a pod is started once and the generation is confirmed`() {
        var agent = Fix.welcomed()
        let assignment = Fix.assignment(1, launches: [Fix.launch(1)], run: [Fix.pod(1)])
        let effects = agent.feed(.assigned(assignment))
        #expect(effects.started == [Fix.pod(1)])
        let report = PodReport(pod: Fix.pod(1), observation: .starting)
        #expect(
            effects.statuses == [
                StatusBatch(epoch: Epoch(1), applied: Generation(1), complete: false, pods: [report])
            ]
        )
        let again = agent.feed(.assigned(assignment))
        #expect(again.pods == [])
        #expect(again.statuses.map(\.applied) == [Generation(1)])
        let next = agent.feed(.assigned(Fix.assignment(2, base: 1, run: [Fix.pod(1)])))
        #expect(next.pods == [])
    }

    @Test func `new names of peers reach the hosts file of a pod that runs, and nobody else's`() {
        var agent = Fix.welcomed()
        let launches = [Fix.launch(1), Fix.launch(2)]
        _ = agent.feed(.assigned(Fix.assignment(1, launches: launches, run: [Fix.pod(1), Fix.pod(2)])))
        _ = agent.feed(.podsObserved([PodReport(pod: Fix.pod(2), observation: Fix.ended)]))
        let job = PeerTable.Job(name: launches[0].jobName, addresses: ["10.0.0.1", "10.0.0.2"])
        var assignment = Fix.assignment(2, base: 1)
        assignment.peers = [
            PeerTable(jobSetUID: launches[0].jobSetUID, subdomain: launches[0].subdomain, jobs: [job])
        ]
        let plans = agent.feed(.assigned(assignment)).pods.compactMap { command -> PodPlan? in
            if case .updateHosts(let plan) = command { plan } else { nil }
        }
        #expect(plans.map(\.pod.id) == [Fix.pod(1)])
        #expect(plans.first?.peers?.jobs == [job])
        #expect(plans.first.map { HostsFile.text(for: $0).contains("10.0.0.2") } == true)
    }

    @Test func `an ended pod is not started again`() {
        var agent = Fix.welcomed()
        _ = agent.feed(.assigned(Fix.assignment(1, launches: [Fix.launch(1)], run: [Fix.pod(1)])))
        let ended = agent.feed(.podsObserved([PodReport(pod: Fix.pod(1), observation: Fix.ended)]))
        #expect(ended.statuses.map(\.pods) == [[PodReport(pod: Fix.pod(1), observation: Fix.ended)]])
        #expect(agent.feed(.assigned(Fix.assignment(2, base: 1, run: [Fix.pod(1)]))).pods == [])
    }

    @Test func `an assignment of a lower epoch does nothing`() {
        var agent = Fix.welcomed(epoch: 5)
        let effects = agent.feed(
            .assigned(Fix.assignment(epoch: 4, 9, launches: [Fix.launch(1)], run: [Fix.pod(1)]))
        )
        #expect(effects.pods == [])
        #expect(effects.persist == nil)
        #expect(effects.notes == [.assignmentOutdated(epoch: Epoch(4), generation: Generation(9))])
    }

    @Test func `a difference that does not fit is answered with the generation held`() {
        var agent = Fix.welcomed()
        _ = agent.feed(.assigned(Fix.assignment(1)))
        let effects = agent.feed(.assigned(Fix.assignment(3, base: 2, launches: [Fix.launch(1)], run: [Fix.pod(1)])))
        #expect(effects.pods == [])
        #expect(effects.statuses.map(\.applied) == [Generation(1)])
        #expect(effects.notes == [.assignmentUnfit(base: Generation(2), held: Generation(1))])
    }

    @Test func `what a whole set does not name is stopped, then forgotten`() {
        var agent = Fix.welcomed()
        _ = agent.feed(.assigned(Fix.assignment(1, launches: [Fix.launch(1)], run: [Fix.pod(1)])))
        _ = agent.feed(.podsObserved([PodReport(pod: Fix.pod(1), observation: Fix.running)]))
        #expect(agent.feed(.assigned(Fix.assignment(2))).pods == [.stop(Fix.pod(1))])
        #expect(agent.feed(.assigned(Fix.assignment(3))).pods == [])
        let effects = agent.feed(.podsObserved([PodReport(pod: Fix.pod(1), observation: Fix.ended)]))
        #expect(effects.pods == [.forget(Fix.pod(1))])
        #expect(effects.statuses.map(\.pods.count) == [1])
    }

    @Test func `a pod that is to stop before it was started is reported as never having run`() {
        var agent = Fix.welcomed()
        let effects = agent.feed(.assigned(Fix.assignment(1, launches: [Fix.launch(1)], stop: [Fix.pod(1)])))
        #expect(effects.pods == [])
        let exit = PodExit(cause: .startFailed, at: agent.now.wall, message: "stopped before it was started")
        #expect(effects.statuses.map(\.pods) == [[PodReport(pod: Fix.pod(1), observation: .ended(exit))]])
    }

    @Test func `a pod waits until the older attempt of its JobSet is gone`() {
        var agent = Fix.welcomed()
        _ = agent.feed(.assigned(Fix.assignment(1, launches: [Fix.launch(1, name: "js-w-0")], run: [Fix.pod(1)])))
        let next = Fix.assignment(
            2,
            base: 1,
            launches: [Fix.launch(2, name: "js-w-0"), Fix.launch(3)],
            run: [Fix.pod(2), Fix.pod(3)],
            stop: [Fix.pod(1)]
        )
        let effects = agent.feed(.assigned(next))
        #expect(effects.pods.first == .stop(Fix.pod(1)))
        #expect(effects.started == [])
        #expect(effects.notes == [2, 3].map { .startDelayed(Fix.pod($0), until: Fix.pod(1)) })
        let ended = agent.feed(.podsObserved([PodReport(pod: Fix.pod(1), observation: Fix.ended)]))
        #expect(ended.started == [Fix.pod(2), Fix.pod(3)])
    }

    // MARK: After a restart of the agent

    @Test func `adopted pods run on until a whole set leaves them out`() {
        let restored = [1, 2].map {
            RestoredPod(id: Fix.pod($0), jobSet: ObjectName(name: "js"), observation: Fix.running)
        }
        var agent = Fix.welcomed(restored: restored)
        #expect(agent.feed(.assigned(Fix.assignment(8, base: 7, forget: [Fix.pod(1)]))).pods == [])
        let effects = agent.feed(.assigned(Fix.assignment(9, run: [Fix.pod(2)])))
        #expect(effects.pods == [.stop(Fix.pod(1))])
    }

    @Test func `a reconnecting agent tells of all its pods, ended ones too`() {
        let lost = PodObservation.ended(PodExit(cause: .lost, at: Timestamp(nanoseconds: 1)))
        let pod = RestoredPod(id: Fix.pod(1), jobSet: ObjectName(name: "js"), observation: lost)
        var agent = Fix(restored: [pod])
        _ = agent.feed(.started)
        _ = agent.feed(.connected)
        let effects = agent.feed(.welcomed(Fix.welcome()))
        #expect(effects.statuses.map(\.pods) == [[PodReport(pod: Fix.pod(1), observation: lost)]])
        #expect(effects.statuses.map(\.complete) == [true])
    }
}
