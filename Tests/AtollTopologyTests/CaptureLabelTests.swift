import AtollModel
import AtollYAML
import Testing

@testable import AtollTopology

/// The worked examples over the captures that they are about. As in `CaptureTests`, a capture that is not there is
/// skipped.
struct CaptureLabelTests {
    private static let invented = Captures.truth(in: "truth-synthetic.json")

    /// - Returns: the folder that keeps the files, and the host in it.
    private func host(_ name: String, _ archives: String = "captures-synthetic") throws -> (TemporaryFolder, String)? {
        let archive = "\(archives)/\(name).tar.gz"
        guard SystemCalls.exists("\(Captures.folder)/\(archive)") else { return nil }
        let folder = try Captures.unpack(archive)
        return (folder, "\(folder.path)/\(name)")
    }

    private func labels(_ root: String, _ rules: String) throws -> LabelReport {
        let rules = try AgentConfiguration.parse("labels:\n" + rules, file: "agent.yaml").labels
        return labels(root, rules)
    }

    private func labels(_ root: String, _ rules: LabelRules) -> LabelReport {
        let topology = HostTopology.read(root: root)
        return LabelReport.evaluate(rules, root: root, topology: topology, host: HostID("n1"), now: nil)
    }

    private func truth(_ name: String) -> YAMLNode? { Self.invented.first { $0.key == name }?.value }

    @Test(
        arguments: [
            (
                "syn-gb200-compute-tray",
                """
                - key: nvlink-domain
                  from: {envFile: {path: /run/islandd/nvidia-fabric, key: cluster_uuid}}
                  reject: [N/A]
                - key: nvlink-clique
                  from: {envFile: {path: /run/islandd/nvidia-fabric, key: clique_id}}
                  format: "{label:nvlink-domain}.{value}"
                  optional: false
                """
            ),
            (
                "syn-tpu-v5e-4chip-vm",
                #"""
                - {key: tpu-slice, from: {envFile: {path: /etc/islandd/tpu-env, key: NODE_ID}}}
                - {key: tpu-slice, from: {file: /etc/islandd/gke-nodepool}}
                - key: tpu-topology
                  from: {envFile: {path: /etc/islandd/tpu-env, key: TOPOLOGY}}
                  match: '^(?<value>\d+x\d+(x\d+)?)$'
                - key: tpu-worker-id
                  from: {envFile: {path: /etc/islandd/tpu-env, key: TPU_WORKER_ID}}
                  match: '^(?<value>\d+)$'
                """#
            ),
            (
                "syn-trn2-ultraserver-16",
                """
                - key: ultraserver
                  from: {sysfs: "class/neuron_device/server_id_{4,2}"}
                  match: '^(?<value>[0-9a-f]{16})$'
                  reduce: first
                - key: ultraserver-node
                  from: {sysfs: "class/neuron_device/node_id_4"}
                  match: '^(?<value>[0-3])$'
                - {key: pair, from: {sysfs: class/neuron_device/server_id_2}}
                - {key: pair-node, from: {sysfs: class/neuron_device/node_id_2}}
                """
            ),
        ]
    )
    func `an example gives the labels that its capture was made for`(name: String, rules: String) throws {
        guard let (folder, root) = try host(name) else { return }
        defer { withExtendedLifetime(folder) {} }
        let expected = try #require(truth(name)?["labels"]?.pairs)
        var labels = Labels(expected.map { ($0.key, $0.value.scalarText ?? "") })
        labels["kubernetes.io/hostname"] = "n1"
        let report = try self.labels(root, rules)
        #expect(report.labels == labels)
        #expect(report.findings == [])
    }

    @Test func `a DGX H100 is in the unit and the rack of its asset tag`() throws {
        guard let (folder, root) = try host("syn-hgx-h100-8gpu-4nvs") else { return }
        defer { withExtendedLifetime(folder) {} }
        let switches = HostTopology.read(root: root).nvswitches.count
        let report = labels(root, LabelRules())
        #expect(
            report.labels == [
                "kubernetes.io/hostname": "n1", "atoll.dev/island": "n1", "atoll.dev/nvswitches": "\(switches)",
                "topology.kubernetes.io/block": "SU01", "topology.kubernetes.io/rack": "SU01-R07",
            ]
        )
    }

    @Test func `its cards and their subnet are named`() throws {
        guard let (folder, root) = try host("syn-hgx-h100-8gpu-4nvs") else { return }
        defer { withExtendedLifetime(folder) {} }
        let report = try labels(
            root,
            """
            - {key: hca, from: {sysfs: "class/infiniband/mlx*/sys_image_guid"}, reduce: uniqueJoin}
            - key: ib-subnet
              from: {sysfs: "class/infiniband/mlx*/ports/*/gids/0"}
              match: '^(?<value>[0-9a-f]{4}:[0-9a-f]{4}:[0-9a-f]{4}:[0-9a-f]{4}):'
            """
        )
        #expect(report.labels["ib-subnet"] == "fe80-0000-0000-0000")
        // Eight GUIDs are too long for a label, so their hash is one.
        #expect(report.outcomes.first?.rawValue.split(separator: "-").count == 8)
        #expect(report.labels["hca"]?.hasPrefix("x") == true)
    }

    private let hives = #"""
        - key: xgmi-hive
          from: {sysfs: "class/kfd/kfd/topology/nodes/*/properties"}
          match: '(?m)^hive_id (?<value>[1-9]\d{6,})$'
        """#

    @Test func `64 partitions are in one hive`() throws {
        guard let (folder, root) = try host("rocm-mi300x-cpx", "captures") else { return }
        defer { withExtendedLifetime(folder) {} }
        #expect(try labels(root, hives).labels["xgmi-hive"] == "15188982192727901047")
    }

    @Test func `a host with two hives is in none, and nothing is wrong with it`() throws {
        guard let (folder, root) = try host("rocm-mi210-2hives", "captures") else { return }
        defer { withExtendedLifetime(folder) {} }
        let report = try labels(root, hives)
        #expect(report.labels.keys == ["kubernetes.io/hostname"])
        #expect(report.findings.map(\.code) == [.labelAmbiguous])
        let preset = labels(root, LabelRules())
        #expect(preset.labels["atoll.dev/island"] == "n1")
        #expect(preset.labels["atoll.dev/xgmi-hive"] == nil)
        #expect(preset.findings == [])
    }

    @Test func `Gaudi cards have the slots that their module ids say`() throws {
        guard let (folder, root) = try host("syn-gaudi2-8") else { return }
        defer { withExtendedLifetime(folder) {} }
        let report = labels(root, LabelRules())
        #expect(report.labels["atoll.dev/accelerator-model"] == "gaudi2")
        let slots = try #require(truth("syn-gaudi2-8")?["module_ids"])
        #expect(report.deviceLabels.count == slots.pairs?.count)
        for (address, labels) in report.deviceLabels {
            let names = HostTree(root: root).names(in: "sys/bus/pci/devices/\(address)/accel").value ?? []
            #expect(labels["atoll.dev/oam-slot"] == names.first.flatMap { slots[$0]?.scalarText })
        }
    }
}
