import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

/// One job of two pods on island a, of two; every host has a pod lease of a minute, and so 65.6 s until it opens.
@Suite struct PodLeaseTests {
    private let host = HostID("a0")
    private let opening = Duration.milliseconds(65_600)

    private func cluster(lease: Duration? = .seconds(60)) throws -> ClusterFixture {
        let hosts = HostFacts.examples(islands: 2, ofHosts: 2).map { facts in
            var facts = facts
            facts.podLease = lease
            return facts
        }
        var cluster = try ClusterFixture(hosts: hosts)
        let job = ReplicatedJob.example(pods: 2, devices: 4, backoffLimit: 0)
        cluster.apply(.example("js", [job], exclusive: true))
        cluster.startAll()
        // So long that a predecessor's answers do not count any more.
        cluster.wait(.seconds(60))
        return cluster
    }

    private func lose(_ cluster: inout ClusterFixture) { cluster.tell(from: host, .closed(reason: "connection reset")) }

    private func isOpen(_ cluster: ClusterFixture) -> Bool {
        cluster.core.cluster.claims[IslandID(key: exampleTopologyKey, value: "a")] == nil
    }

    private func evidence(_ cluster: ClusterFixture) -> String? {
        guard case .lost(_, let evidence) = cluster.core.cluster.inventory[host]?.link else { return nil }
        return evidence
    }

    private func answers(_ effects: Effects) -> [Heartbeat] {
        effects.send.compactMap { if case .heartbeat(_, let answer) = $0 { answer } else { nil } }
    }

    private func isProved(_ effects: Effects) -> Bool {
        effects.persist.contains { if case .put(.cluster) = $0 { true } else { false } }
    }

    // MARK: Opening

    @Test func `the island of a lost host opens when its pods have ended by themselves, and not before`() throws {
        var cluster = try cluster()
        lose(&cluster)
        cluster.wait(opening - .milliseconds(1))
        cluster.endStopping()
        #expect(!isOpen(cluster))
        cluster.wait(.milliseconds(1))
        #expect(isOpen(cluster))
        #expect(evidence(cluster) == "LeaseExpired: silent for 65 s, its pods ended by themselves")
    }

    @Test func `a host without a pod lease keeps its island`() throws {
        var cluster = try cluster(lease: nil)
        lose(&cluster)
        cluster.wait(.seconds(100_000))
        cluster.endStopping()
        #expect(!isOpen(cluster))
    }

    @Test func `a host that is silent on its connection counts from when it was heard`() throws {
        var cluster = try cluster()
        cluster.wait(.seconds(10), silently: true)
        #expect(cluster.core.cluster.inventory[host]?.link.isLost == true)
        cluster.wait(opening - .milliseconds(10_001), silently: true)
        #expect(!isOpen(cluster))
        cluster.wait(.milliseconds(1), silently: true)
        #expect(isOpen(cluster))
    }

    @Test func `a JobSet that waits for the island is placed on it`() throws {
        var cluster = try cluster()
        cluster.apply(.example("other", [.example(replicas: 2, pods: 1, devices: 4)], exclusive: true))
        lose(&cluster)
        cluster.wait(.seconds(60))
        cluster.endStopping()
        #expect(cluster.run("other")?.placement == nil)
        cluster.wait(opening - .seconds(60))
        #expect(cluster.run("other")?.placement?.islands.map(\.value).sorted() == ["a", "b"])
    }

    @Test func `a host that is back in time is not opened`() throws {
        var cluster = try cluster()
        lose(&cluster)
        cluster.wait(.seconds(60))
        let pods = (cluster.held[host]?.keys ?? []).map { pod in
            PodReport(pod: pod, observation: .running(since: cluster.now.wall))
        }
        var facts = HostFacts.example("a0", island: "a")
        facts.podLease = .seconds(60)
        cluster.join(facts, pods: pods)
        cluster.wait(.seconds(600))
        #expect(!isOpen(cluster))
        #expect(cluster.core.cluster.inventory[host]?.isReady == true)
    }

    @Test func `a host that a person has fenced stays fenced`() throws {
        var cluster = try cluster()
        lose(&cluster)
        cluster.order(.host(host, HostOrder(.fence, reason: "power is off")))
        cluster.wait(.seconds(600))
        #expect(evidence(cluster) == "fenced: power is off")
    }

    @Test func `a coordinator that starts counts from when its predecessor can have answered last`() throws {
        var cluster = try cluster()
        try cluster.restart()
        cluster.wait(.milliseconds(15_000) + opening - .milliseconds(1))
        #expect(!isOpen(cluster))
        cluster.wait(.milliseconds(1))
        #expect(isOpen(cluster))
        #expect(evidence(cluster) == "LeaseExpired: silent for 80 s, its pods ended by themselves")
    }

    @Test func `a lost host says when it opens`() throws {
        var cluster = try cluster()
        lose(&cluster)
        cluster.wait(.seconds(5))
        let opensAt = cluster.core.cluster.inventory[host]?.opensAt
        #expect(opensAt == cluster.now.advanced(by: opening - .seconds(5)))
        cluster.wait(.seconds(61))
        #expect(cluster.core.cluster.inventory[host]?.opensAt == nil)
    }

    // MARK: Answers

    @Test func `an answer repeats the moment and names the lease`() throws {
        var cluster = try cluster()
        cluster.tell(from: host, .heartbeat(Heartbeat(sent: 17)))
        #expect(answers(cluster.effects) == [Heartbeat(sent: 17, podLease: .seconds(60))])
    }

    @Test func `a heartbeat of a connection that was replaced is not answered`() throws {
        var cluster = try cluster()
        cluster.join(.example("a0", island: "a"))
        let effects = cluster.turn([.session(SessionID(1), .heartbeat(Heartbeat(sent: 17)))])
        #expect(answers(effects) == [])
    }

    @Test func `an answer rests on a commit of the last quarter of the lease`() throws {
        var cluster = try cluster()
        cluster.tell(from: host, .heartbeat(Heartbeat(sent: 17)))
        #expect(isProved(cluster.effects))
        cluster.tell(from: HostID("a1"), .heartbeat(Heartbeat(sent: 17)))
        #expect(!isProved(cluster.effects))
        for _ in 0..<2 { cluster.wait(.milliseconds(7_499)) }
        cluster.tell(from: host, .heartbeat(Heartbeat(sent: 18)))
        #expect(!isProved(cluster.effects))
        cluster.wait(.milliseconds(2))
        cluster.tell(from: host, .heartbeat(Heartbeat(sent: 19)))
        #expect(isProved(cluster.effects))
    }

    @Test func `without pod leases nothing is written for a heartbeat`() throws {
        var cluster = try cluster(lease: nil)
        for _ in 0..<20 {
            cluster.wait(.seconds(9), silently: false)
            #expect(cluster.effects.persist == [])
        }
    }

    @Test func `the lease that a host reports is remembered over a restart`() throws {
        var cluster = try cluster(lease: nil)
        var facts = HostFacts.example("a0", island: "a")
        facts.podLease = .seconds(20)
        cluster.tell(from: host, .reported(facts))
        #expect(cluster.stored.hosts.first { $0.facts.host == host }?.facts.podLease == .seconds(20))
        try cluster.restart()
        let hello = AgentHello(
            host: host,
            address: "",
            bootID: "boot-1",
            instance: ObjectUID("a0-1"),
            highestEpoch: Epoch(0)
        )
        let effects = cluster.turn([.session(SessionID(99), .greeted(hello, peer: ""))])
        guard case .hello(_, .accepted(let welcome)) = effects.send.first else { throw Unexpected() }
        #expect(isProved(effects))
        #expect(welcome.renewsPodLeases)
        #expect(welcome.podLease == .seconds(20))
    }
}

private struct Unexpected: Error {}
