import AtollModel
import AtollYAML
import Testing

@testable import AtollTopology

struct RenderTests {
    private func report(_ folder: TemporaryFolder) throws -> LabelReport {
        let rules = try AgentConfiguration.read(root: folder.path).labels
        return LabelReport.evaluate(rules, root: folder.path, topology: folder.topology, host: HostID("n1"), now: nil)
    }

    @Test func `warnings and missing labels are shown, in at most 80 columns`() throws {
        var tree = FileTree()
        tree.function("0000:01:00.0", 0x10de, 0x2330, 0x030200)
        tree.function("0000:02:00.0", 0x10de, 0x2330, 0x030200, driver: "nvidia", numaNode: "garbage")
        tree.file(
            "etc/atoll/agent.yaml",
            "labels:\n- key: \(String(repeating: "long.", count: 30))x\n  from: {dmi: none}"
        )
        let folder = try TemporaryFolder(tree)
        let text = try folder.topology.text(labels: report(folder))
        #expect(text.contains("NOT USABLE"))
        #expect(text.contains("NUMA node unknown"))
        #expect(text.contains("finds no input"))
        #expect(text.contains("Warnings"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func `the document groups partitions and uses the known field names`() throws {
        var tree = FileTree()
        tree.function("0000:05:00.0", 0x1002, 0x74a1, 0x120000, driver: "amdgpu", numaNode: "-1")
        tree.kfdNode(1, location: 0x500)
        tree.kfdNode(2, location: 0x501)
        tree.file("sys/class/dmi/id/board_asset_tag", "A7")
        let folder = try TemporaryFolder(tree)
        let document = try folder.topology.document(labels: report(folder))
        #expect(document["schemaVersion"]?.int == 1)
        #expect(document["dmi"]?["boardAssetTag"]?.string == "A7")
        let accelerators = document["accelerators"]
        #expect(accelerators?["physicalCount"]?.int == 1)
        #expect(accelerators?["schedulableCount"]?.int == 2)
        let device = accelerators?["devices"]?.items?.first
        #expect(accelerators?["devices"]?.items?.count == 1)
        #expect(device?["pci"]?.string == "0000:05:00.0")
        #expect(device?["kind"]?.string == "amd-mi300x")
        #expect(device?["numaNode"]?.int == -1)
        #expect(device?["partitions"]?.int == 2)
        #expect(try YAMLNode.parse(document.jsonText()).first?.unmarked == document.unmarked)
    }
}
