import AtollCore
import AtollModel
import AtollTestSupport
import Testing

/// Who owns a host's name when more than one machine says it.
@Suite struct HostNameTests {
    private let host = HostID("h0")

    /// One host that runs a pod, with its connection gone.
    private func clusterWithoutHost() throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example())
        cluster.startAll()
        cluster.tell(from: host, .closed(reason: "reset"))
        return cluster
    }

    private func facts(boot: String = "boot-1", address: String = "10.0.0.1") -> HostFacts {
        var facts = HostFacts.example("h0", address: address)
        facts.bootID = boot
        return facts
    }

    private func isPodThere(_ cluster: ClusterFixture) -> Bool { cluster.wanted == ["js-workers-0-0"] }

    private func isReady(_ cluster: ClusterFixture) -> Bool {
        cluster.core.cluster.inventory[host]?.isReady == true
    }

    @Test func `another machine is refused while pods may run on the one that had its name`() throws {
        var cluster = try clusterWithoutHost()
        cluster.join(facts(boot: "boot-9", address: "10.0.0.9"), instance: "2")
        #expect(!isReady(cluster) && isPodThere(cluster))
        let refusal = cluster.effects.send.first
        guard case .hello(_, .refused(let refusal)) = refusal else {
            Issue.record("not refused: \(String(describing: refusal))")
            return
        }
        #expect(refusal.code == .hostNameTaken)
        #expect(refusal.message.hasSuffix("run atollctl fence h0"))
    }

    @Test func `the copy of a machine is no reboot of it`() throws {
        var cluster = try clusterWithoutHost()
        cluster.join(facts(boot: "boot-9", address: "10.0.0.9"))
        #expect(!isReady(cluster) && isPodThere(cluster))
    }

    @Test func `a machine that rebooted, or has another address, is known again`() throws {
        var cluster = try clusterWithoutHost()
        cluster.join(facts(boot: "boot-2"))
        #expect(isReady(cluster) && !isPodThere(cluster))
        cluster.tell(from: host, .closed(reason: "reset"))
        cluster.join(facts(boot: "boot-2", address: "10.0.0.9"))
        #expect(isReady(cluster))
    }

    @Test func `a machine without pods gives its name away, also after a restart`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.tell(from: host, .closed(reason: "reset"))
        cluster.join(.example("h0"), instance: "2")
        #expect(isReady(cluster))
        cluster.apply(.example())
        cluster.startAll()
        try cluster.restart()
        cluster.join(.example("h0"), instance: "1")
        #expect(!isReady(cluster))
        cluster.join(.example("h0"), instance: "2")
        #expect(isReady(cluster))
    }

    @Test func `after a fence the name belongs to whoever comes next, also after a restart`() throws {
        var cluster = try clusterWithoutHost()
        cluster.order(.host(host, HostOrder(.fence, reason: "burnt")))
        try cluster.restart()
        cluster.join(facts(boot: "boot-9", address: "10.0.0.9"), instance: "2")
        #expect(isReady(cluster))
    }

    @Test func `the address comes with the boot, so that the copy and the original never look like one`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.tell(from: host, .closed(reason: "reset"))
        let copy = AgentHello(
            host: host,
            address: "10.0.0.9",
            bootID: "boot-9",
            instance: ObjectUID("h0-1"),
            highestEpoch: Epoch(0)
        )
        cluster.turn([.session(SessionID(9), .greeted(copy, peer: ""))])
        cluster.join(facts())
        #expect(!isReady(cluster))
    }
}
