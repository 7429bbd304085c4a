import AtollCore
import AtollModel
import AtollTestSupport
import AtollYAML
import Testing

/// Hosts are compared with each other.
@Suite struct IslandFindingTests {
    private func codes(_ cluster: ClusterFixture) -> [String: [Finding.Code]] {
        Dictionary(
            uniqueKeysWithValues: cluster.core.cluster.inventory.hosts.map { host in
                (host.id.name, cluster.core.findings(of: host).map(\.code))
            }
        ).filter { !$0.value.isEmpty }
    }

    private func message(_ host: String, _ cluster: ClusterFixture) -> String? {
        cluster.core.cluster.inventory[HostID(host)].flatMap { cluster.core.findings(of: $0).first?.message }
    }

    @Test func `of an island the hosts unlike most carry the finding`() throws {
        var hosts = HostFacts.examples(islands: 2, ofHosts: 3)
        hosts[1].devices.removeLast()
        var cluster = try ClusterFixture(hosts: hosts)
        #expect(codes(cluster) == ["a1": [.islandMixed]])
        #expect(message("a1", cluster) == "the host has 3 x v5e; others of a differ: 2 with 4 x v5e")
        hosts[1].devices = hosts[0].devices
        cluster.tell(from: hosts[1].host, .reported(hosts[1]))
        #expect(codes(cluster).isEmpty)
    }

    @Test func `in a tie all carry it`() throws {
        var hosts = HostFacts.examples(islands: 1, ofHosts: 2)
        hosts[1].devices[0].model = "v6e"
        let cluster = try ClusterFixture(hosts: hosts)
        #expect(codes(cluster) == ["a0": [.islandMixed], "a1": [.islandMixed]])
        #expect(message("a1", cluster) == "the host has 3 x v5e and 1 x v6e; others of a differ: 1 with 4 x v5e")
    }

    @Test func `a host without devices is unlike the others, one without a label is in no island`() throws {
        var hosts = HostFacts.examples(islands: 1, ofHosts: 3) + [.example("x", devices: 1)]
        hosts[2].devices = []
        let cluster = try ClusterFixture(hosts: hosts)
        #expect(codes(cluster) == ["a2": [.islandMixed]])
        #expect(message("a2", cluster)?.hasPrefix("the host has no devices; ") == true)
    }

    @Test func `a host that leaves an island takes its finding along`() throws {
        var hosts = HostFacts.examples(islands: 2, ofHosts: 2)
        hosts[1].devices.removeLast()
        var cluster = try ClusterFixture(hosts: hosts)
        hosts[1].labels = [:]
        cluster.tell(from: hosts[1].host, .reported(hosts[1]))
        #expect(codes(cluster) == ["a1": [.labelMoved]])
    }

    @Test func `levels that JobSets claim are compared as well`() throws {
        var hosts = HostFacts.examples(islands: 1, ofHosts: 2)
        for index in hosts.indices { hosts[index].labels = ["rack": "r1"] }
        hosts[1].devices.removeLast()
        var cluster = try ClusterFixture(hosts: hosts)
        #expect(codes(cluster).isEmpty)
        cluster.apply(.example("js", [.example(pods: 1, exclusiveBy: "rack")]))
        #expect(codes(cluster) == ["a0": [.islandMixed], "a1": [.islandMixed]])
    }

    @Test func `two connected hosts with one device have an error each`() throws {
        var hosts = HostFacts.examples(islands: 2, ofHosts: 1)
        hosts[0].devices[2].uniqueID = "GPU-1"
        hosts[1].devices[0].uniqueID = "GPU-1"
        hosts[1].devices[0].pciAddress = "0000:1b:00.0"
        var cluster = try ClusterFixture(hosts: hosts)
        #expect(codes(cluster) == ["a0": [.deviceTwice], "b0": [.deviceTwice]])
        #expect(message("b0", cluster) == "a0 reports the same device, GPU-1")
        cluster.tell(from: hosts[0].host, .closed(reason: "moved"))
        #expect(codes(cluster).isEmpty)
        cluster.join(hosts[0])
        hosts[1].devices[0].uniqueID = "GPU-2"
        cluster.tell(from: hosts[1].host, .reported(hosts[1]))
        #expect(codes(cluster).isEmpty)
    }

    @Test func `two ids with the same fingerprint are two devices`() throws {
        var hosts = HostFacts.examples(islands: 2, ofHosts: 1)
        hosts[0].devices[0].uniqueID = "8yn0iYCKYHlIj4-BwPqk"
        hosts[1].devices[0].uniqueID = "GReLUrM4wMqfg9yzV3KQ"
        #expect(codes(try ClusterFixture(hosts: hosts)).isEmpty)
        hosts[1].devices[1].uniqueID = "8yn0iYCKYHlIj4-BwPqk"
        #expect(codes(try ClusterFixture(hosts: hosts)) == ["a0": [.deviceTwice], "b0": [.deviceTwice]])
    }

    @Test func `partitions of one host may share an id`() throws {
        var host = HostFacts.example("h0")
        for index in host.devices.indices { host.devices[index].uniqueID = "GPU-1" }
        #expect(codes(try ClusterFixture(hosts: [host])).isEmpty)
    }

    @Test func `findings survive in what lists and metrics show`() throws {
        var hosts = HostFacts.examples(islands: 1, ofHosts: 3)
        hosts[0].devices.removeLast()
        hosts[1].findings = [Finding(.error, .memoryErrors, subject: "0000:00:00.0", message: "2 pages")]
        let cluster = try ClusterFixture(hosts: hosts)
        let objects = cluster.core.objects(.init(kind: .hosts))
        #expect(
            objects[1]["status"]?["findings"]?.jsonText() == """
                [{"severity":"error","code":"MemoryErrors","subject":"0000:00:00.0","message":"2 pages"}]
                """
        )
        #expect(objects[2]["status"]?["findings"] == nil)
        #expect(cluster.core.findingCounts == FindingCounts(errors: 1, warnings: 1))
        let family = cluster.core.metrics.first { $0.name == "atoll_host_findings" }
        #expect(family?.samples.map(\.value) == [0, 1, 1])
    }
}
