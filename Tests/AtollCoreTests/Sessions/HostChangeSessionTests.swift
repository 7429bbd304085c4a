import AtollCore
import AtollModel
import AtollTestSupport
import Testing

/// Reports as differences, on a connection that may lose, repeat or turn them around.
@Suite struct HostChangeSessionTests {
    private let host = HostID("h0")

    private func label(_ number: UInt64, _ value: String) -> SessionInput {
        .changed(HostChange(number: number, labels: ["rack": value]))
    }

    private func rack(_ cluster: ClusterFixture) -> String? {
        cluster.core.cluster.inventory[host]?.facts.labels["rack"]
    }

    private func isClosed(by effects: Effects) -> Bool {
        effects.send.contains { if case .close = $0 { true } else { false } }
    }

    @Test func `changes are applied one after the other, and are kept`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.tell(from: host, label(1, "r1"))
        cluster.tell(from: host, label(2, "r2"))
        #expect(rack(cluster) == "r2")
        #expect(cluster.effects.notes.contains(.changed(.host(host), .modified)))
        #expect(cluster.stored.hosts.map(\.facts.labels["rack"]) == ["r2"])
    }

    @Test func `a change that comes again does nothing`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.tell(from: host, label(1, "r1"))
        cluster.tell(from: host, label(2, "r2"))
        cluster.tell(from: host, label(1, "r1"))
        #expect(rack(cluster) == "r2" && !isClosed(by: cluster.effects))
    }

    @Test func `after a gap the host has to report anew`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.tell(from: host, label(2, "r2"))
        #expect(rack(cluster) == nil && isClosed(by: cluster.effects))
        #expect(cluster.core.cluster.inventory[host]?.isReady == false)
        cluster.join(.example("h0"))
        cluster.tell(from: host, label(1, "r1"))
        #expect(rack(cluster) == "r1")
        #expect(cluster.core.cluster.inventory[host]?.isReady == true)
    }

    @Test func `a whole report that comes again takes nothing back`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.tell(from: host, .reported(.example("h0")))
        #expect(!isClosed(by: cluster.effects))
        cluster.tell(from: host, label(1, "r1"))
        cluster.tell(from: host, .reported(.example("h0")))
        #expect(rack(cluster) == "r1" && isClosed(by: cluster.effects))
    }

    @Test func `a change before the whole report is refused`() throws {
        var cluster = try ClusterFixture()
        let hello = AgentHello(host: host, address: "", bootID: "", instance: ObjectUID("1"), highestEpoch: Epoch(0))
        let session = SessionID(1)
        let effects = cluster.turn([.session(session, .greeted(hello, peer: "")), .session(session, label(1, "r1"))])
        #expect(isClosed(by: effects))
    }
}
