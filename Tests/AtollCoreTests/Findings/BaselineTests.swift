import AtollCore
import AtollModel
import AtollTestSupport
import Testing

/// A host is compared with the best that it had.
@Suite struct BaselineTests {
    private let host = HostID("h0")

    private static let facts = {
        var facts = HostFacts.example("h0", island: "pool-1", devices: 4)
        for index in facts.devices.indices {
            facts.devices[index].pciAddress = "0000:0\(index):00.0"
            facts.devices[index].link = PCILink(speed: 2_500, width: 16, speedMax: 32_000, widthMax: 16)
        }
        return facts
    }()

    private func findings(_ cluster: ClusterFixture) -> [Finding] {
        cluster.core.cluster.inventory[host].map { cluster.core.findings(of: $0) } ?? []
    }

    private func after(_ change: (inout HostFacts) -> Void) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: [Self.facts])
        var facts = Self.facts
        change(&facts)
        cluster.tell(from: host, .reported(facts))
        return cluster
    }

    @Test func `a host that is as it was has no findings`() throws {
        let cluster = try after {
            $0.kernel = "6.2"; $0.devices[0].link?.speed = 32_000
        }
        #expect(findings(cluster).isEmpty)
        #expect(cluster.stored.hosts.map(\.baseline) == [nil])
    }

    @Test func `a device that is gone is an error until it is back`() throws {
        var cluster = try after { $0.devices.remove(at: 1) }
        let message = "3 of 4 v5e are left: gone are 0000:01:00.0"
        #expect(findings(cluster) == [Finding(.error, .devicesMissing, subject: "v5e", message: message)])
        cluster.tell(from: host, .reported(Self.facts))
        #expect(findings(cluster).isEmpty)
    }

    @Test func `a device that was exchanged for one like it is not missed`() throws {
        let cluster = try after { $0.devices[1].uniqueID = "serial-2" }
        #expect(findings(cluster).isEmpty)
    }

    @Test func `a device that comes late is missed when it is gone again`() throws {
        var cluster = try ClusterFixture()
        var fewer = Self.facts
        fewer.devices.removeLast()
        cluster.join(fewer)
        cluster.tell(from: host, .reported(Self.facts))
        #expect(findings(cluster).isEmpty)
        cluster.tell(from: host, .reported(fewer))
        #expect(findings(cluster).map(\.code) == [.devicesMissing])
    }

    @Test func `a link that lost lanes or speed is slower than it was`() throws {
        let cluster = try after {
            $0.devices[0].link?.width = 8
            $0.devices[1].link?.speedMax = 16_000
            $0.devices[2].link = PCILink()
        }
        #expect(
            findings(cluster).map { "\($0.severity) \($0.code.rawValue) \($0.subject): \($0.message)" } == [
                "warning LinkSlower 0000:00:00.0: the link of v5e has 8 lanes instead of 16",
                "warning LinkSlower 0000:01:00.0: the link of v5e has at best 16000 MT/s instead of 32000",
            ]
        )
    }

    @Test(arguments: [("pool-2", "is in pool-2"), (nil, "is in none")])
    func `a label of a level that moves is found`(label: String?, text: String) throws {
        let cluster = try after { $0.labels[exampleTopologyKey] = label }
        let message = "the host was in pool-1 and \(text) now"
        #expect(findings(cluster) == [Finding(.warning, .labelMoved, subject: exampleTopologyKey, message: message)])
    }

    @Test func `labels that are no levels may change`() throws {
        var cluster = try after { $0.labels["driver"] = "1" }
        var facts = Self.facts
        facts.labels["driver"] = "2"
        cluster.tell(from: host, .reported(facts))
        #expect(findings(cluster).isEmpty)
    }

    @Test func `what is accepted is compared with from then on, after a restart too`() throws {
        var cluster = try after { $0.devices.remove(at: 1) }
        try cluster.restart()
        #expect(findings(cluster).map(\.code) == [.devicesMissing])
        #expect(cluster.order(.host(host, HostOrder(.accept))) == .done)
        #expect(findings(cluster).isEmpty)
        try cluster.restart()
        #expect(findings(cluster).isEmpty)
    }

    @Test func `the agent's findings stay, and equally severe ones come first`() throws {
        let own = Finding(.error, .memoryErrors, subject: "0000:00:00.0", message: "2 uncorrectable")
        var cluster = try after {
            $0.findings = [own, Finding(.notice, .portDown, message: "")]
            $0.devices.remove(at: 1)
        }
        #expect(findings(cluster).map(\.code) == [.memoryErrors, .devicesMissing, .portDown])
        cluster.order(.host(host, HostOrder(.accept)))
        #expect(findings(cluster).map(\.code) == [.memoryErrors, .portDown])
    }
}
