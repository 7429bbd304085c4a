import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct MetricsTests {
    /// `label=value` of each sample of one metric.
    private func samples(_ name: String, _ cluster: ClusterFixture) -> [String] {
        let samples = cluster.core.metrics.first { $0.name == name }?.samples ?? []
        return samples.map { sample in
            (sample.labels.map { "\($1)" } + ["\(Int(sample.value))"]).joined(separator: "=")
        }
    }

    @Test func `JobSets, pods, hosts and devices are counted by their states`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 2, ofHosts: 1))
        cluster.apply(.example("one", [.example(pods: 2, devices: 1)]), .example("two") { $0.suspend = true })
        cluster.start(["one-workers-0-0"])
        cluster.tell(from: HostID("b0"), .closed(reason: "gone"))
        #expect(samples("atoll_jobsets", cluster) == ["Starting=1", "Suspended=1"])
        #expect(samples("atoll_pods", cluster) == ["Pending=2", "Running=1"])
        #expect(samples("atoll_hosts", cluster) == ["Ready=1", "Reconnecting=1"])
        #expect(samples("atoll_devices", cluster) == ["Free=6", "InUse=2", "Unusable=0"])
        #expect(samples("atoll_epoch", cluster) == ["1"])
    }
}
