import AtollClient
import AtollModel
import AtollYAML
import Testing

struct TopologyTests {
    private func topology(racks: [YAMLNode] = []) throws -> Topology {
        let devices = try Samples.devices(host: 1, pod: "multislice-workers-0-0")
        return Topology(islands: racks + (try Samples.islands()), hosts: try Samples.hosts(), devices: devices)
    }

    @Test func `a tree has islands, their hosts, and hosts in no island`() throws {
        let text = try topology().lines().text
        #expect(
            text == """
                cluster: 3 islands, 6 hosts, 24 devices (4 free)
                cloud.google.com/gke-nodepool
                ├─ slice-1   claimed by default/multislice-workers-0   2/2 hosts   8 devices
                │  ├─ tpu-1   ready   4 x TPU v5e   127.0.1.1
                │  └─ tpu-2   ready   4 x TPU v5e   127.0.1.2
                ├─ slice-2   claimed by default/multislice-workers-1   2/2 hosts   8 devices
                │  ├─ tpu-3   ready   4 x TPU v5e   127.0.1.3
                │  └─ tpu-4   ready   4 x TPU v5e   127.0.1.4
                └─ slice-3   free                                      1/1 hosts   4 devices
                   └─ tpu-5   ready   4 x TPU v5e   127.0.1.5
                in no island
                └─ tpu-6   offline   4 x TPU v5e   127.0.1.6
                """
        )
    }

    @Test func `devices are shown on demand`() throws {
        let text = try topology().lines(showsDevices: true).text
        #expect(
            text == """
                cluster: 3 islands, 6 hosts, 24 devices (4 free)
                cloud.google.com/gke-nodepool
                ├─ slice-1   claimed by default/multislice-workers-0   2/2 hosts   8 devices
                │  ├─ tpu-1   ready   4 x TPU v5e   127.0.1.1
                │  │  ├─ 0   in use   0000:00:00.0   multislice-workers-0-0
                │  │  ├─ 1   in use   0000:01:00.0   multislice-workers-0-0
                │  │  ├─ 2   in use   0000:02:00.0   multislice-workers-0-0
                │  │  └─ 3   in use   0000:03:00.0   multislice-workers-0-0
                │  └─ tpu-2   ready   4 x TPU v5e   127.0.1.2
                ├─ slice-2   claimed by default/multislice-workers-1   2/2 hosts   8 devices
                │  ├─ tpu-3   ready   4 x TPU v5e   127.0.1.3
                │  └─ tpu-4   ready   4 x TPU v5e   127.0.1.4
                └─ slice-3   free                                      1/1 hosts   4 devices
                   └─ tpu-5   ready   4 x TPU v5e   127.0.1.5
                in no island
                └─ tpu-6   offline   4 x TPU v5e   127.0.1.6
                """
        )
    }

    @Test func `islands lie within those that have all of their hosts`() throws {
        let racks = [
            try Samples.island("rack-a", key: "atoll.dev/rack", hosts: [1, 2, 3, 4, 6], ready: 4, state: "Degraded"),
            try Samples.island("rack-b", key: "atoll.dev/rack", hosts: [5], state: "Free"),
        ]
        let text = try topology(racks: racks).lines().text
        #expect(
            text == """
                cluster: 5 islands, 6 hosts, 24 devices (4 free)
                atoll.dev/rack
                ├─ rack-a   degraded   4/5 hosts   20 devices
                │  ├─ cloud.google.com/gke-nodepool
                │  │  ├─ slice-1   claimed by default/multislice-workers-0   2/2 hosts   8 devices
                │  │  │  ├─ tpu-1   ready   4 x TPU v5e   127.0.1.1
                │  │  │  └─ tpu-2   ready   4 x TPU v5e   127.0.1.2
                │  │  └─ slice-2   claimed by default/multislice-workers-1   2/2 hosts   8 devices
                │  │     ├─ tpu-3   ready   4 x TPU v5e   127.0.1.3
                │  │     └─ tpu-4   ready   4 x TPU v5e   127.0.1.4
                │  └─ tpu-6   offline   4 x TPU v5e   127.0.1.6
                └─ rack-b   free       1/1 hosts   4 devices
                   └─ cloud.google.com/gke-nodepool
                      └─ slice-3   free   1/1 hosts   4 devices
                         └─ tpu-5   ready   4 x TPU v5e   127.0.1.5
                """
        )
    }

    @Test func `islands that only overlap stand beside each other`() throws {
        let racks = [try Samples.island("rack-a", key: "atoll.dev/rack", hosts: [2, 3], state: "Free")]
        let lines = try topology(racks: racks).lines()
        #expect(lines[1...2] == ["atoll.dev/rack", "└─ rack-a   free   2/2 hosts   8 devices"])
        #expect(lines[5] == "cloud.google.com/gke-nodepool")
    }

    @Test func `the form for machines nests levels, islands, hosts and devices`() throws {
        let node = try topology().node
        let island = try #require(node["levels"]?.items?.first?["islands"]?.items?.first)
        #expect(island["name"]?.string == "slice-1")
        #expect(island["claimedBy"]?.string == "default/multislice-workers-0")
        let host = try #require(island["hosts"]?.items?.first)
        #expect(host["address"]?.string == "127.0.1.1")
        #expect(host["devices"]?.items?.last?["pod"]?.string == "multislice-workers-0-0")
        #expect(node["hosts"]?.items?.count == 1)
        #expect(try YAMLNode.parse(node.jsonText(pretty: true)).map(\.unmarked) == [node.unmarked])
    }

    @Test func `findings are counted for hosts, islands and the cluster`() throws {
        let hosts = [
            try Samples.host(1, job: 0, more: Samples.findings("error", "warning")),
            try Samples.host(2, job: 0, more: Samples.findings("warning")), try Samples.host(5, job: nil),
        ]
        let islands = [try Samples.islands()[0], try Samples.islands()[2]]
        let topology = Topology(islands: islands, hosts: hosts, devices: [])
        #expect(
            topology.lines().text == """
                cluster: 2 islands, 3 hosts, 12 devices (4 free); 1 error, 2 warnings
                cloud.google.com/gke-nodepool
                ├─ slice-1   claimed by default/multislice-workers-0   2/2 hosts   8 devices   1 error, 2 warnings
                │  ├─ tpu-1   ready   4 x TPU v5e   127.0.1.1   1 error, 1 warning
                │  └─ tpu-2   ready   4 x TPU v5e   127.0.1.2   1 warning
                └─ slice-3   free                                      1/1 hosts   4 devices
                   └─ tpu-5   ready   4 x TPU v5e   127.0.1.5
                """
        )
        let node = try #require(topology.node["levels"]?.items?.first?["islands"]?.items?.first?["hosts"]?.items?.first)
        #expect(node["findings"]?.items?.count == 2)
    }

    @Test func `an empty cluster is one line`() {
        let topology = Topology(islands: [], hosts: [], devices: [])
        #expect(topology.lines() == ["cluster: 0 islands, 0 hosts, 0 devices (0 free)"])
    }
}
