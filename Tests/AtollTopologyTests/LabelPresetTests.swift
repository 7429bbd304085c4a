import AtollModel
import Testing

@testable import AtollTopology

/// The shipped rule sets: what they are chosen for, and what they give.
struct LabelPresetTests {
    private func accelerator(_ tree: inout FileTree, _ vendor: UInt16, _ device: UInt16, driver: String) {
        tree.function("0000:01:00.0", vendor, device, 0x120000, driver: driver)
    }

    /// Of the labels without the host's name, with the presets that gave them.
    private func labels(_ folder: TemporaryFolder, _ rules: LabelRules = LabelRules(), now: Timestamp? = nil)
        -> [String]
    {
        folder.labels(rules, host: "n1", now: now).outcomes.compactMap { outcome in
            outcome.value.map { "\(outcome.device)\(outcome.key)=\($0) \(outcome.winner?.name ?? "")" }
        }
    }

    @Test(arguments: LabelPreset.allCases)
    func `a preset is a list of rules that can be run`(preset: LabelPreset) {
        #expect(!preset.rules.isEmpty)
        #expect(preset.rules.allSatisfy { $0.preset == preset.rawValue })
        // So that an operator can put it into agent.yaml as it is.
        #expect(throws: Never.self) {
            try AgentConfiguration.parse("labels:\n" + preset.text, file: preset.rawValue)
        }
    }

    @Test(
        arguments: [
            (0x10de, 0x2330, "nvidia", [.dgxH100]), (0x10de, 0x2941, "nvidia", [.gb200NVL72]),
            (0x10de, 0x2342, "nvidia", []), (0x1002, 0x74a1, "amdgpu", [.mi300x]),
            (0x1ae0, 0x0063, "vfio-pci", [.tpuV5e]),
            (0x1da3, 0x1060, "habanalabs", [.gaudi3]), (0x1d0f, 0x7364, "neuron", [.trn2UltraServer]),
            (0x1b36, 0x0005, "none", []),
        ] as [(UInt16, UInt16, String, [LabelPreset])]
    )
    func `a preset is chosen for its hardware`(vendor: UInt16, device: UInt16, driver: String, expected: [LabelPreset])
        throws
    {
        var tree = FileTree()
        let classCode: UInt32 = vendor == 0x10de ? 0x030200 : 0x120000
        tree.function("0000:01:00.0", vendor, device, classCode, driver: driver)
        let folder = try TemporaryFolder(tree)
        let host = LabelHost(tree: folder.tree, topology: folder.topology, now: nil)
        #expect(LabelPreset.allCases.filter { $0.applies(to: host) } == expected)
    }

    @Test func `a host without anything is in no island`() throws {
        #expect(labels(try TemporaryFolder(["proc/sys/kernel/hostname": "r12-n1"])) == [])
    }

    @Test func `an operator's file comes before hardware, and that before names`() throws {
        let generated = try TemporaryFolder()
        try HostGenerator(kind: .h100, name: "r12-n1").write(into: generated.path)
        try generated.replace("etc/atoll/labels", with: Array("block=b7".utf8))
        #expect(
            labels(generated) == [
                "topology.kubernetes.io/block=b7 preset static-file, rule 2",
                "topology.kubernetes.io/rack=SU01-R07 preset dgx-h100, rule 4",
                "atoll.dev/island=n1 preset dgx-h100, rule 1", "atoll.dev/nvswitches=4 preset dgx-h100, rule 5",
            ]
        )
        try generated.replace("sys/class/dmi/id/chassis_asset_tag", with: Array("None".utf8))
        #expect(labels(generated)[1] == "topology.kubernetes.io/rack=R12 preset dmi-asset-tag, rule 2")
    }

    @Test func `own rules come before those of presets`() throws {
        let folder = try TemporaryFolder(["etc/atoll/labels": "rack=r7\nblock=b1\nzone=z"])
        let own = LabelRule(key: "topology.kubernetes.io/rack", source: .const("mine"), line: 3)
        #expect(
            labels(folder, LabelRules(own: [own])) == [
                "topology.kubernetes.io/rack=mine rule 1", "topology.kubernetes.io/zone=z preset static-file, rule 1",
                "topology.kubernetes.io/block=b1 preset static-file, rule 2",
            ]
        )
        #expect(labels(folder, LabelRules(own: [own], presets: .named([]))).count == 1)
        // Named presets run wherever they are named.
        #expect(labels(folder, LabelRules(presets: .named([.dgxH100]))).count == 2)
    }

    @Test func `racks of an operator's file are told apart by their block, where there is one`() throws {
        #expect(
            labels(try TemporaryFolder(["etc/atoll/labels": "rack=r7\nblock=b1\nisland=i"])) == [
                "topology.kubernetes.io/block=b1 preset static-file, rule 2",
                "topology.kubernetes.io/rack=b1-r7 preset static-file, rule 3",
                "atoll.dev/island=i preset static-file, rule 5",
            ]
        )
        #expect(
            labels(try TemporaryFolder(["etc/atoll/labels": "rack=r7"])) == [
                "topology.kubernetes.io/rack=r7 preset static-file, rule 4"
            ]
        )
    }

    @Test func `a GB200 without a fabric file is in no clique, and that is a finding`() throws {
        var tree = FileTree()
        tree.function("0008:01:00.0", 0x10de, 0x2941, 0x030200, driver: "nvidia")
        let report = try TemporaryFolder(tree).labels(LabelRules())
        #expect(report.labels.keys == ["kubernetes.io/hostname"])
        #expect(report.findings.map(\.subject) == ["nvidia.com/gpu.clique"])
        #expect(report.findings.map(\.severity) == [.error])
    }

    @Test func `an asset tag and a host's name give one rack`() throws {
        let tagged = try TemporaryFolder([
            "sys/class/dmi/id/chassis_asset_tag": "None", "sys/class/dmi/id/board_asset_tag": "R07_U1",
        ])
        let named = try TemporaryFolder([
            "sys/class/dmi/id/board_asset_tag": "Default string", "proc/sys/kernel/hostname": "r07-n3",
        ])
        #expect(labels(tagged) == ["topology.kubernetes.io/rack=R07 preset dmi-asset-tag, rule 1"])
        #expect(labels(named) == ["topology.kubernetes.io/rack=R07 preset dmi-asset-tag, rule 2"])
    }

    @Test func `a leaf switch is looked up by the GUIDs of the cards`() throws {
        let folder = try TemporaryFolder([
            "sys/class/infiniband/mlx5_0/sys_image_guid": "0c42:a103:0065:5c1b",
            "sys/class/infiniband/mlx5_1/sys_image_guid": "0c42:a103:0065:5c1a",
            "etc/atoll/ib-leaves.json": #"{"0c42:a103:0065:5c1a-0c42:a103:0065:5c1b": "su-3"}"#,
        ])
        #expect(
            labels(folder) == [
                "atoll.dev/hca=0c42-a103-0065-5c1a-0c42-a103-0065-5c1b preset infiniband-leaf, rule 1",
                "fabric.topograph.run/tier-0=su-3 preset infiniband-leaf, rule 3",
            ]
        )
    }

    @Test(
        arguments: [
            (
                .tpuV5e,
                [
                    "cloud.google.com/gke-nodepool=slice-0 preset tpu-v5e, rule 1",
                    "cloud.google.com/gke-tpu-topology=2x4 preset tpu-v5e, rule 3",
                    "cloud.google.com/gke-tpu-accelerator=tpu-v5-lite-podslice preset tpu-v5e, rule 4",
                    "atoll.dev/tpu-worker-id=0 preset tpu-v5e, rule 6",
                ]
            ),
            (
                .gaudi3,
                ["atoll.dev/island=n1 preset gaudi3, rule 1"]
                    + zip(["19", "34", "4e", "68", "9a", "b4", "ce", "e8"], [6, 7, 4, 5, 2, 3, 0, 1])
                    .map { "0000:\($0):00.0atoll.dev/oam-slot=\($1) preset gaudi3, rule 3" }
                    + ["atoll.dev/accelerator-model=gaudi3 preset gaudi3, rule 4"]
            ),
        ] as [(HostGenerator.Kind, [String])]
    )
    func `an example host needs no configuration`(kind: HostGenerator.Kind, expected: [String]) throws {
        let folder = try TemporaryFolder()
        try HostGenerator(kind: kind, name: "n1").write(into: folder.path)
        #expect(labels(folder) == expected)
    }

    /// With the hives of its eight GPUs.
    private func report(hives: [UInt64], model: String) throws -> LabelReport {
        let folder = try TemporaryFolder()
        try HostGenerator(kind: .mi300x, name: "n1").write(into: folder.path)
        var topology = folder.topology
        for (index, hive) in hives.enumerated() {
            topology.accelerators[index].hive = hive
            topology.accelerators[index].computePartition = "SPX"
            topology.accelerators[index].device.model = model
        }
        return LabelReport.evaluate(LabelRules(), root: folder.path, topology: topology, host: HostID("n1"), now: nil)
    }

    @Test func `an MI300X host has its hive, as have its devices`() throws {
        let report = try report(hives: Array(repeating: 15_188_982_192_727_901_047, count: 8), model: "MI300X")
        #expect(
            report.labels == [
                "kubernetes.io/hostname": "n1", "atoll.dev/island": "n1",
                "atoll.dev/xgmi-hive": "n1-15188982192727901047", "atoll.dev/partition-mode": "SPX",
            ]
        )
        #expect(report.deviceLabels.count == 8)
        #expect(report.deviceLabels.values.allSatisfy { $0 == ["atoll.dev/xgmi-hive": "15188982192727901047"] })
        #expect(report.findings == [])
    }

    @Test func `two hives are a finding on an MI300X board, and how MI210 are built`() throws {
        let hives: [UInt64] = [1_000_007, 1_000_007, 1_000_007, 1_000_007, 2_000_007, 2_000_007, 2_000_007, 2_000_007]
        #expect(try report(hives: hives, model: "MI300X").findings.map(\.code) == [.labelAmbiguous])
        let older = try report(hives: hives, model: "MI210")
        #expect(older.labels["atoll.dev/xgmi-hive"] == nil)
        #expect(older.deviceLabels.values.map { $0["atoll.dev/xgmi-hive"] }.count { $0 == "2000007" } == 4)
        #expect(older.findings == [])
    }

    @Test func `a PCI id in the place of a hive is none`() throws {
        let report = try report(hives: Array(repeating: 0x6300, count: 8), model: "MI300A")
        #expect(report.labels["atoll.dev/xgmi-hive"] == nil)
        #expect(report.deviceLabels.isEmpty)
    }
}
