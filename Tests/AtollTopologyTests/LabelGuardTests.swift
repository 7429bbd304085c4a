import AtollModel
import AtollYAML
import Testing

@testable import AtollTopology

/// Which hosts and which devices a rule is for.
struct LabelGuardTests {
    private func host() throws -> TemporaryFolder {
        var tree = FileTree()
        tree.function("0000:01:00.0", 0x10de, 0x2330, 0x030200, driver: "nvidia")
        tree.function("0000:19:00.0", 0x1da3, 0x1060, 0x120000, driver: "habanalabs")
        tree.file("sys/devices/pci0000:00/0000:19:00.0/module_id", "5")
        tree.file("sys/devices/pci0000:00/0000:01:00.0/module_id", "9")
        tree.file("sys/class/dmi/id/sys_vendor", "Supermicro")
        tree.file("sys/class/dmi/id/product_name", "To be filled by O.E.M.")
        tree.file("etc/a/b", "")
        return try TemporaryFolder(tree)
    }

    @Test(arguments: [
        ("{accelerator: nvidia}", true), ("{accelerator: \"nvidia-h100*\"}", true), ("{accelerator: h100}", false),
        ("{accelerator: \"{amd,habana}\"}", true), ("{accelerator: \"{amd-*,google-*}\"}", false),
        ("{dmi: {sys_vendor: ^Super}}", true), ("{dmi: {sys_vendor: ^super}}", false),
        ("{dmi: {product_name: filled}}", false), ("{dmi: {board_name: .}}", false), ("{file: /etc/a/b}", true),
        ("{file: \"/etc/*/b\"}", true), ("{file: /etc/a/c}", false), ("{file: /etc/a}", true),
        ("{accelerator: nvidia, dmi: {sys_vendor: ^Super}, file: /etc/a}", true),
        ("{accelerator: nvidia, dmi: {sys_vendor: ^Super}, file: /etc/c}", false),
    ])
    func `all of a guard must hold`(when: String, holds: Bool) throws {
        let report = try host().labels("- {key: k, from: {const: x}, when: \(when)}")
        #expect((report.labels["k"] != nil) == holds)
    }

    @Test func `a rule that does not apply requires nothing and leaves the key to others`() throws {
        let report = try host().labels(
            """
            - {key: k, from: {file: /none}, when: {accelerator: amd}, optional: false}
            - {key: k, from: {const: x}, when: {file: /none}}
            - {key: other, from: {file: /none}, when: {accelerator: nvidia}, optional: false}
            """
        )
        #expect(report.labels.keys == ["kubernetes.io/hostname"])
        #expect(
            report.outcomes.first?.attempts.map(\.result.description) == [
                "does not apply: no accelerator is amd", "does not apply: there is no /none",
            ]
        )
        #expect(report.findings.map(\.subject) == ["other"])
    }

    @Test func `what a guard cannot read is not taken for absent`() throws {
        let host = try TemporaryFolder(["sys/class/dmi/id/sys_vendor/folder": "in the place of the attribute"])
        let report = try host.labels(
            """
            - {key: k, from: {const: x}, when: {dmi: {sys_vendor: x}}}
            - {key: k, from: {const: fallback}}
            """
        )
        #expect(report.labels["k"] == nil)
        #expect(
            report.warnings == ["label k is not set: rule 1 cannot read /sys/class/dmi/id/sys_vendor: Is a directory"]
        )
    }

    @Test func `rules for devices label each of them`() throws {
        let host = try host()
        let report = try host.labels(
            #"""
            - key: slot
              scope: device
              from: {sysfs: "bus/pci/devices/{pci}/module_id"}
              match: '^[0-7]$'
              optional: false
            - {key: slot, scope: device, when: {accelerator: nvidia}, from: {device: pci}, match: ':(..):'}
            - {key: name, scope: device, from: {device: kind}, format: "{pci}-{label:slot}"}
            - {key: name, from: {hostname: true}}
            """#
        )
        #expect(
            report.deviceLabels == [
                "0000:01:00.0": ["slot": "01", "name": "0000-01-00.0-01"],
                "0000:19:00.0": ["slot": "5", "name": "0000-19-00.0-5"],
            ]
        )
        // A device's label is no label of the host.
        #expect(report.labels.keys == ["kubernetes.io/hostname"])
        #expect(
            report.outcomes.map { "\($0.key) \($0.device) \($0.winner?.rule ?? 0)" } == [
                "slot 0000:01:00.0 2", "slot 0000:19:00.0 1", "name 0000:01:00.0 3", "name 0000:19:00.0 3", "name  0",
            ]
        )
        #expect(report.findings == [])
        let document = host.topology.document(labels: report)
        #expect(document["deviceLabels"]?["0000:19:00.0"]?["slot"]?.scalarText == "5")
    }

    @Test func `partitions of one board are one device, and findings name it`() throws {
        var tree = FileTree()
        tree.function("0000:05:00.0", 0x1002, 0x74a1, 0x120000, driver: "amdgpu")
        for node in 1...2 { tree.kfdNode(node, location: 0x500 + node - 1) }
        let report = try TemporaryFolder(tree).labels(
            "- {key: slot, scope: device, from: {sysfs: \"bus/pci/devices/{pci}/none\"}, optional: false}"
        )
        #expect(report.outcomes.map(\.device) == ["0000:05:00.0"])
        #expect(
            report.findings == [
                Finding(
                    .error,
                    .labelMissing,
                    subject: "0000:05:00.0",
                    message: "label slot of 0000:05:00.0 is required and no rule gives it: rule 1 finds no input"
                )
            ]
        )
    }
}
