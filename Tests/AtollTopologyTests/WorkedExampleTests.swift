import AtollModel
import Testing

@testable import AtollTopology

/// Complete rule sets as operators write them, over the files they are meant for.
struct WorkedExampleTests {
    private let podRules = #"""
        - key: pod
          from: {sysfs: class/dmi/id/chassis_asset_tag}
          match: '^(?<value>SU\d{2})-R\d{2}$'
        - key: pod
          from: {hostname: true}
          match: '^dgx-(?<value>su\d{2})-'
        """#

    @Test func `a DGX is in the pod of its asset tag`() throws {
        let host = try TemporaryFolder([
            "sys/class/dmi/id/chassis_asset_tag": "SU01-R07", "proc/sys/kernel/hostname": "dgx-su02-n3",
        ])
        let report = try host.labels(podRules)
        #expect(report.labels == ["kubernetes.io/hostname": "host-1", "pod": "SU01"])
        #expect(report.outcomes.first?.attempts.map(\.result) == [.value("SU01"), .notTried])
    }

    @Test func `a DGX without an asset tag is in the pod of its name`() throws {
        let host = try TemporaryFolder([
            "sys/class/dmi/id/chassis_asset_tag": "None", "proc/sys/kernel/hostname": "dgx-su02-n3",
        ])
        let report = try host.labels(podRules)
        #expect(report.labels["pod"] == "su02")
        #expect(report.outcomes.first?.attempts.map(\.result) == [.rejected(["None"]), .value("su02")])
        #expect(report.outcomes.first?.winner?.line == 5)
    }

    @Test func `a DGX that no rule matches is in no pod`() throws {
        let host = try TemporaryFolder(["proc/sys/kernel/hostname": "node7"])
        let report = try host.labels(podRules)
        #expect(report.labels == ["kubernetes.io/hostname": "host-1"])
        #expect(report.outcomes.first?.attempts.map(\.result) == [.noInput, .noMatch(["node7"])])
        #expect(report.warnings == [])
    }

    private let hiveRule = #"""
        - key: xgmi-hive
          from: {sysfs: "class/kfd/kfd/topology/nodes/*/properties"}
          match: '(?m)^hive_id (?<value>[1-9]\d{6,})$'
          reduce: allEqual
          format: "{machine-id}-{value}"
        """#

    private func hives(_ hives: [String]) throws -> TemporaryFolder {
        var tree = FileTree()
        tree.file("etc/machine-id", "m1")
        for (node, hive) in hives.enumerated() {
            tree.file("sys/class/kfd/kfd/topology/nodes/\(node)/properties", "simd_count 0\nhive_id \(hive)\nx 1")
        }
        return try TemporaryFolder(tree)
    }

    @Test func `MI300X hosts are named by their hive, and PCI ids in its place are skipped`() throws {
        let report = try hives(["0", "25344", "15188982192727901047", "15188982192727901047"]).labels(hiveRule)
        #expect(report.labels["xgmi-hive"] == "m1-15188982192727901047")
    }

    @Test func `two hives are ambiguous and give no label`() throws {
        let report = try hives(["12609507387757274807", "18091350218769748594"]).labels(hiveRule)
        #expect(report.labels["xgmi-hive"] == nil)
        #expect(report.warnings == [])
        #expect(
            report.findings == [
                Finding(
                    .warning,
                    .labelAmbiguous,
                    subject: "xgmi-hive",
                    message: "label xgmi-hive is not set: rule 1 is ambiguous "
                        + "(m1-12609507387757274807, m1-18091350218769748594)"
                )
            ]
        )
    }

    @Test func `a TPU slice is named by the metadata's copy or by the node pool's file`() throws {
        let rules = #"""
            - {key: tpu-slice, from: {envFile: {path: /etc/atoll/tpu-env, key: NODE_ID}}}
            - {key: tpu-slice, from: {file: /etc/atoll/gke-nodepool}}
            - key: tpu-topology
              from: {envFile: {path: /etc/atoll/tpu-env, key: TOPOLOGY}}
              match: '^(?<value>\d+x\d+(x\d+)?)$'
            - key: tpu-worker-id
              from: {envFile: {path: /etc/atoll/tpu-env, key: TPU_WORKER_ID}}
              match: '^(?<value>\d+)$'
            """#
        let tpu = try TemporaryFolder([
            "etc/atoll/tpu-env":
                "ACCELERATOR_TYPE: 'v5litepod-16'\nTOPOLOGY: '4x4'\nTPU_WORKER_ID: '0'\nNODE_ID: 'slice-a'"
        ])
        #expect(
            try tpu.labels(rules).labels == [
                "kubernetes.io/hostname": "host-1", "tpu-slice": "slice-a", "tpu-topology": "4x4", "tpu-worker-id": "0",
            ]
        )
        let gke = try TemporaryFolder(["etc/atoll/gke-nodepool": "pool-b"])
        #expect(try gke.labels(rules).labels["tpu-slice"] == "pool-b")
    }

    @Test(
        arguments: [
            (["chassis": "R07-U12", "board": "R08-U1"], "r99-n1", "R07"),
            (["chassis": "None", "board": "R08_U1"], "x", "R08"),
            (["chassis": "UNKNOWN", "board": "NONE"], "r12-node", "r12"), (["chassis": "UNKNOWN"], "node", nil),
        ] as [([String: String], String, String?)]
    )
    func `a rack comes from an asset tag, else from the name`(tags: [String: String], name: String, rack: String?)
        throws
    {
        var tree = FileTree()
        for (part, tag) in tags { tree.file("sys/class/dmi/id/\(part)_asset_tag", tag) }
        tree.file("proc/sys/kernel/hostname", name)
        let report = try TemporaryFolder(tree).labels(
            #"""
            - key: rack
              from: {sysfs: "class/dmi/id/{chassis,board}_asset_tag"}
              match: '^(?<value>R\d{2,3})[-_]U\d{1,2}$'
              reduce: first
            - key: rack
              from: {hostname: true}
              match: '^(?<value>r\d{2,3})-'
            """#
        )
        #expect(report.labels["rack"] == rack)
    }

    private let staticRules = #"""
        - key: cloud.provider.com/topology-block
          from: {envFile: {path: /etc/atoll/labels, key: block}}
        - key: cloud.provider.com/topology-rack
          from: {envFile: {path: /etc/atoll/labels, key: rack}}
          format: "{label:cloud.provider.com/topology-block}-{value}"
          optional: false
        """#

    @Test func `an operator's file gives levels that build on each other`() throws {
        let host = try TemporaryFolder(["etc/atoll/labels": "# by hand\nblock=b1\nexport rack=\"r 2\""])
        let report = try host.labels(staticRules)
        #expect(report.labels["cloud.provider.com/topology-rack"] == "b1-r-2")
        #expect(report.outcomes.last?.rawValue == "b1-r 2")
    }

    @Test func `a required level that is missing is a finding`() throws {
        let report = try TemporaryFolder(["etc/atoll/labels": "rack=r2"]).labels(staticRules)
        #expect(report.labels.keys == ["kubernetes.io/hostname"])
        #expect(
            report.findings == [
                Finding(
                    .error,
                    .labelMissing,
                    subject: "cloud.provider.com/topology-rack",
                    message: "label cloud.provider.com/topology-rack is required and no rule gives it: "
                        + "rule 2 needs label cloud.provider.com/topology-block, which has no value"
                )
            ]
        )
    }
}
