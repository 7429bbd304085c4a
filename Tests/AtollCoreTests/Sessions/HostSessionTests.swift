import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct HostSessionTests {
    private let host = HostID("h0")

    private func refused(in effects: Effects) -> Refusal? {
        for case .hello(_, .refused(let refusal)) in effects.send { return refusal }
        return nil
    }

    @Test func `a second agent under the same host name is told where the first is`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0", address: "10.0.0.7")])
        let hello = AgentHello(
            host: host,
            address: "10.0.0.8",
            bootID: "",
            instance: ObjectUID("other"),
            highestEpoch: Epoch(0)
        )
        let effects = cluster.turn([.session(SessionID(99), .greeted(hello, peer: "10.0.0.8:4711"))])
        let refusal = try #require(refused(in: effects))
        #expect(refusal.code == .hostNameTaken)
        let expected = """
            host name h0 is taken: an agent at 10.0.0.7 is connected under it; give this one (at 10.0.0.8:4711) another \
            name with --host, or stop the other
            """
        #expect(refusal.message == expected)
        #expect(effects.send.contains(.close(SessionID(99), reason: expected)))
        #expect(cluster.core.cluster.inventory[host]?.isReady == true)
    }

    @Test func `an agent that has obeyed a newer epoch is refused`() throws {
        var cluster = try ClusterFixture()
        cluster.join(.example("h0"), highestEpoch: Epoch(9))
        #expect(cluster.core.cluster.inventory[host] == nil)
    }

    @Test func `more hosts than the limit are refused`() throws {
        var cluster = try ClusterFixture(hosts: (0..<24).map { .example("h\($0)") }, limits: .tiny)
        cluster.join(.example("h24"))
        #expect(cluster.core.cluster.inventory.count == 24)
    }

    @Test func `a host that is silent for its lease is closed and keeps its pods`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example())
        cluster.startAll()
        cluster.wait(.seconds(9), silently: true)
        #expect(cluster.core.cluster.inventory[host]?.isReady == true)
        cluster.wait(.seconds(1), silently: true)
        #expect(cluster.effects.send.contains { if case .close = $0 { true } else { false } })
        #expect(cluster.core.cluster.inventory[host]?.isReady == false)
        #expect(cluster.run()?.placement != nil)
        #expect(cluster.wanted == ["js-workers-0-0"])
    }

    @Test func `a heartbeat renews the lease`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        for _ in 0..<4 {
            cluster.wait(.seconds(6), silently: true)
            cluster.tell(from: host, .heartbeat())
        }
        #expect(cluster.core.cluster.inventory[host]?.isReady == true)
    }

    @Test func `nothing is placed on a host that is away, until it is back`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.tell(from: host, .closed(reason: "reset"))
        cluster.apply(.example())
        #expect(cluster.run()?.placement == nil)
        cluster.join(.example("h0"))
        #expect(cluster.wanted == ["js-workers-0-0"])
    }

    @Test func `a replaced connection is closed and not listened to`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.join(.example("h0"))
        cluster.turn([.session(SessionID(1), .closed(reason: "late"))])
        #expect(cluster.core.cluster.inventory[host]?.isReady == true)
    }

    @Test func `pods of which the agent has no record any more are lost`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example())
        cluster.startAll()
        cluster.tell(from: host, .closed(reason: "reset"))
        cluster.join(.example("h0"))
        #expect(cluster.run()?.jobSet.status.terminalState == "Failed")
    }

    @Test func `a complete status that comes twice makes no pod missing`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example())
        cluster.startAll()
        let asAtFirst = StatusBatch(epoch: Epoch(0), applied: Generation(0), complete: true, pods: [])
        cluster.tell(from: host, .observed(asAtFirst))
        #expect(cluster.wanted == ["js-workers-0-0"])
    }

    @Test func `a host whose facts are missing takes no pods`() throws {
        var cluster = try ClusterFixture()
        let hello = AgentHello(host: host, address: "", bootID: "", instance: ObjectUID("1"), highestEpoch: Epoch(0))
        let complete = StatusBatch(epoch: Epoch(0), applied: Generation(0), complete: true, pods: [])
        cluster.turn([.session(SessionID(1), .greeted(hello, peer: "")), .session(SessionID(1), .observed(complete))])
        cluster.apply(.example())
        #expect(cluster.core.cluster.inventory[host]?.isReady == false)
        #expect(cluster.run()?.placement == nil)
    }
}
