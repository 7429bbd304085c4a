import AtollModel
import AtollYAML
import Testing

@testable import AtollTopology

struct HostGeneratorTests {
    private struct Expectation {
        var model: String
        var driver: String
        var addresses: [String]
        var numaNodes: [UInt32]
        var labels: Labels
    }

    private static let halves: [UInt32] = [0, 0, 0, 0, 1, 1, 1, 1]

    private func expectation(_ kind: HostGenerator.Kind, machineID: String, hive: String) -> Expectation {
        switch kind {
        case .tpuV5e:
            Expectation(
                model: "TPU v5e",
                driver: "vfio-pci",
                addresses: (5...8).map { "0000:00:0\($0).0" },
                numaNodes: [0, 0, 0, 0],
                labels: [
                    "cloud.google.com/gke-nodepool": "slice-0",
                    "cloud.google.com/gke-tpu-accelerator": "tpu-v5-lite-podslice",
                    "cloud.google.com/gke-tpu-topology": "2x4", "tpu-worker-id": "0",
                ]
            )
        case .h100:
            Expectation(
                model: "H100 SXM",
                driver: "nvidia",
                addresses: ["1b", "43", "52", "61", "9d", "c3", "d1", "df"].map { "0000:\($0):00.0" },
                numaNodes: Self.halves,
                labels: ["pod": "SU01", "rack": "R07"]
            )
        case .mi300x:
            Expectation(
                model: "MI300X",
                driver: "amdgpu",
                addresses: ["05", "26", "46", "65", "85", "a6", "c6", "e5"].map { "0000:\($0):00.0" },
                numaNodes: Self.halves,
                labels: ["partition-mode": "SPX", "xgmi-hive": "\(machineID)-\(hive)"]
            )
        case .gaudi3:
            Expectation(
                model: "Gaudi3",
                driver: "habanalabs",
                addresses: ["19", "34", "4e", "68", "9a", "b4", "ce", "e8"].map { "0000:\($0):00.0" },
                numaNodes: Self.halves,
                labels: ["accelerator-model": "gaudi3"]
            )
        }
    }

    private func labels(_ folder: TemporaryFolder, host: String) throws -> LabelReport {
        let rules = try AgentConfiguration.read(root: folder.path).labels
        return LabelReport.evaluate(rules, root: folder.path, topology: folder.topology, host: HostID(host), now: nil)
    }

    @Test(arguments: HostGenerator.Kind.allCases)
    func `what was written is what is read`(kind: HostGenerator.Kind) throws {
        let folder = try TemporaryFolder()
        try HostGenerator(kind: kind, name: "n1").write(into: folder.path)
        let host = folder.topology
        let hive = folder.tree.text("sys/bus/pci/devices/0000:05:00.0/xgmi_hive_info/xgmi_hive_id").value ?? ""
        let expected = expectation(kind, machineID: host.machineID, hive: hive)
        #expect(host.warnings == [])
        #expect(host.hostname == "n1")
        #expect(host.bootID.count == 36)
        #expect(host.cpuCount == UInt32(host.numaNodes.reduce(0) { $0 + $1.cpus.count }))
        #expect(host.memoryBytes > 100 << 30)
        #expect(host.devices.map(\.pciAddress) == expected.addresses)
        #expect(host.devices.map(\.numaNode) == expected.numaNodes)
        #expect(host.devices.allSatisfy { $0.usable && $0.model == expected.model && $0.driver == expected.driver })
        #expect(host.nvswitches.count == (kind == .h100 ? 4 : 0))
        var labels = expected.labels
        labels["kubernetes.io/hostname"] = "n1"
        let report = try self.labels(folder, host: "n1")
        #expect(report.labels == labels)
        #expect(report.warnings == [])
    }

    @Test(arguments: [(HostGenerator.Kind.h100, "PIX"), (.mi300x, "PXB")])
    func `each GPU has a NIC on its switch`(kind: HostGenerator.Kind, locality: String) throws {
        let folder = try TemporaryFolder()
        try HostGenerator(kind: kind, name: "n1").write(into: folder.path)
        let host = folder.topology
        #expect(host.networkDevices.map(\.name) == (0..<8).map { "mlx5_\($0)" })
        #expect(host.networkDevices.allSatisfy { $0.kind == (kind == .h100 ? .infiniband : .roce) })
        #expect(host.networkDevices.allSatisfy { $0.ports.map(\.isActive) == [true] && $0.nodeGUID.count == 19 })
        for (index, entry) in host.accelerators.enumerated() {
            let function = try #require(entry.function)
            let nearest = host.nearestNetworkDevices(to: function)
            #expect(nearest.map(\.name) == ["mlx5_\(index)"])
            #expect(nearest.compactMap { $0.function.map { function.locality(to: $0).rawValue } } == [locality])
        }
        #expect(
            host.devices.allSatisfy { $0.link == PCILink(speed: 32_000, width: 16, speedMax: 32_000, widthMax: 16) }
        )
        #expect(host.numaNodes.map(\.distances) == [[10, 21], [21, 10]])
        #expect(host.findings == [])
    }

    @Test func `islands given to the generator come first`() throws {
        let folder = try TemporaryFolder()
        let islands: Labels = ["rack": "r12", "cloud.google.com/gke-nodepool": "slice-c"]
        try HostGenerator(kind: .tpuV5e, name: "t", islands: islands, workerID: 1).write(into: folder.path)
        let labels = try self.labels(folder, host: "t").labels
        #expect(labels["rack"] == "r12")
        #expect(labels["cloud.google.com/gke-nodepool"] == "slice-c")
        #expect(labels["tpu-worker-id"] == "1")
    }

    @Test func `the same generator writes the same, another name or seed does not`() {
        let host = HostGenerator(kind: .h100, name: "a")
        #expect(host.tree() == HostGenerator(kind: .h100, name: "a").tree())
        #expect(host.tree() != HostGenerator(kind: .h100, name: "b").tree())
        #expect(host.tree() != HostGenerator(kind: .h100, name: "a", seed: 2).tree())
    }

    @Test func `several hosts get names and worker ids that count up`() throws {
        let folder = try TemporaryFolder()
        let names = try HostGenerator(kind: .tpuV5e, name: "t", workerID: 4).write(count: 2, into: folder.path)
        #expect(names == ["t-0", "t-1"])
        #expect(HostTopology.read(root: "\(folder.path)/t-1").hostname == "t-1")
        #expect(folder.tree.text("t-1/etc/atoll/tpu-env").value?.contains("WORKER_ID: '5'") == true)
    }

    @Test func `a folder that is not empty is refused`() throws {
        let folder = try TemporaryFolder(["file": ""])
        let error = #expect(throws: TopologyError.self) {
            try HostGenerator(kind: .gaudi3, name: "g").write(into: folder.path)
        }
        #expect(error?.description == "\(folder.path): is not empty: give a new or an empty folder")
        #expect(folder.tree.names(in: "") == .value(["file"]))
    }

    @Test func `an island that is no label is refused`() throws {
        let folder = try TemporaryFolder()
        #expect(throws: TopologyError.self) {
            try HostGenerator(kind: .h100, name: "h", islands: ["a": "x\ny"]).write(into: folder.path)
        }
    }
}
