import AtollCore
import AtollModel
import AtollTestSupport
import Testing

/// Hosts that are cordoned for what was found.
@Suite struct CordonTriggerTests {
    private let host = HostID("a0")
    private static let narrow = Finding(.warning, .linkNarrowed, subject: "0000:1b:00.0", message: "8 of 16 lanes")
    private static let broken = Finding(.error, .memoryErrors, subject: "0000:1b:00.0", message: "2 pages")

    private func cluster(_ trigger: String) throws -> ClusterFixture {
        let policy = CoordinatorPolicy(cordonOn: try #require(CordonTrigger(trigger)))
        return try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 3), policy: policy)
    }

    private func report(_ findings: [Finding], to cluster: inout ClusterFixture) {
        var facts = HostFacts.examples(islands: 1, ofHosts: 3)[0]
        facts.findings = findings
        cluster.tell(from: host, .reported(facts))
    }

    private func reason(_ cluster: ClusterFixture) -> String? { cluster.core.cluster.inventory[host]?.cordon?.reason }

    @Test func `a host is cordoned for a finding that is severe enough`() throws {
        var cluster = try cluster("error")
        report([Self.narrow], to: &cluster)
        #expect(reason(cluster) == nil)
        report([Self.broken, Self.narrow], to: &cluster)
        #expect(reason(cluster) == "finding MemoryErrors: 2 pages")
        let note = Note.hostCordoned(host, reason: "finding MemoryErrors: 2 pages")
        #expect(cluster.effects.notes.contains(note))
    }

    @Test func `or for one of a code that is named, and stays so when it is gone`() throws {
        var cluster = try cluster("LinkNarrowed")
        report([Self.broken], to: &cluster)
        #expect(reason(cluster) == nil)
        report([Self.narrow], to: &cluster)
        report([], to: &cluster)
        #expect(reason(cluster) == "finding LinkNarrowed: 8 of 16 lanes")
        try cluster.restart()
        #expect(reason(cluster) == "finding LinkNarrowed: 8 of 16 lanes")
    }

    @Test func `a person's uncordon holds until another finding comes`() throws {
        var cluster = try cluster("warning")
        report([Self.narrow], to: &cluster)
        cluster.order(.host(host, HostOrder(.uncordon)))
        report([Self.narrow], to: &cluster)
        #expect(reason(cluster) == nil)
        try cluster.restart()
        var facts = HostFacts.examples(islands: 1, ofHosts: 3)[0]
        facts.findings = [Self.narrow]
        cluster.join(facts)
        #expect(reason(cluster) == nil)
        report([Self.broken, Self.narrow], to: &cluster)
        #expect(reason(cluster) == "finding MemoryErrors: 2 pages")
    }

    @Test func `a finding that went and comes again is another one`() throws {
        var cluster = try cluster("warning")
        report([Self.narrow], to: &cluster)
        cluster.order(.host(host, HostOrder(.uncordon)))
        report([], to: &cluster)
        report([Self.narrow], to: &cluster)
        #expect(reason(cluster) != nil)
    }

    @Test func `a person's own cordon keeps its reason`() throws {
        var cluster = try cluster("warning")
        cluster.order(.host(host, HostOrder(.cordon, reason: "fan")))
        report([Self.narrow], to: &cluster)
        #expect(reason(cluster) == "fan")
    }

    @Test func `neighbours are cordoned when an island becomes mixed`() throws {
        var cluster = try cluster("IslandMixed")
        var (first, second) = (
            HostFacts.examples(islands: 1, ofHosts: 3)[1], HostFacts.examples(islands: 1, ofHosts: 3)[2]
        )
        first.devices.removeLast()
        second.devices.removeLast()
        cluster.tell(from: first.host, .reported(first))
        #expect(reason(cluster) == nil)
        cluster.tell(from: second.host, .reported(second))
        #expect(reason(cluster) == "finding IslandMixed: the host has 4 x v5e; others of a differ: 2 with 3 x v5e")
    }

    @Test func `no finding cordons where nothing was asked for`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 1))
        report([Self.broken], to: &cluster)
        #expect(reason(cluster) == nil)
    }

    @Test(arguments: [
        ("error", CordonTrigger(severity: .error)), ("error,warning", CordonTrigger(severity: .warning)),
        ("LinkNarrowed,error", CordonTrigger(severity: .error, codes: [.linkNarrowed])), ("notice", nil), ("", nil),
        ("error,", nil), ("Link-Narrowed", nil),
    ])
    func `people write severities and codes`(text: String, trigger: CordonTrigger?) {
        #expect(CordonTrigger(text) == trigger)
    }
}
