import AtollModel
import Glibc
import Testing

@testable import AtollTopology

/// Each source, and what becomes of inputs that are there and cannot be used.
struct LabelSourceTests {
    private func results(_ report: LabelReport) -> [LabelResult] {
        report.outcomes.flatMap { $0.attempts.map(\.result) }
    }

    @Test func `files below proc and strings of the device tree`() throws {
        let host = try TemporaryFolder([
            "proc/cmdline": "root=/dev/sda rack=r7 quiet", "proc/device-tree/model": "IBM 8335-GTW\0",
            "proc/device-tree/compatible": "ibm,witherspoon\0ibm,powernv\0",
        ])
        let report = try host.labels(
            #"""
            - {key: rack, from: {proc: cmdline}, match: 'rack=(\w+)'}
            - {key: model, from: {devicetree: model}}
            - {key: board, from: {devicetree: compatible}, reduce: first}
            - {key: both, from: {devicetree: compatible}}
            """#
        )
        #expect(
            report.labels == [
                "kubernetes.io/hostname": "host-1", "rack": "r7", "model": "IBM-8335-GTW", "board": "ibm-witherspoon",
            ]
        )
        #expect(results(report).last == .ambiguous(["ibm,powernv", "ibm,witherspoon"]))
    }

    @Test func `identity, earlier labels and computed facts`() throws {
        var tree = FileTree()
        tree.file("etc/machine-id", "b08dfa6083e7567a1921a715000001fb")
        tree.file("sys/devices/system/node/online", "0-1")
        tree.file("sys/devices/system/node/node0/cpulist", "0-3")
        tree.file("sys/devices/system/node/node1/cpulist", "")
        for address in ["0000:01:00.0", "0000:02:00.0"] {
            tree.function(address, 0x10de, 0x2330, 0x030200, driver: "nvidia")
        }
        let report = try TemporaryFolder(tree).labels(
            #"""
            - {key: id, from: {machineID: true}}
            - {key: short, from: {label: id}, match: '^.{8}'}
            - {key: again, from: {label: never}}
            - {key: gpus, from: {computed: accelerator_count}}
            - {key: numa, from: {computed: numa_count}}
            - {key: switches, from: {computed: nvswitch_count}}
            - {key: kind, from: {device: kind}}
            - {key: cards, from: {device: pci}, reduce: count}
            """#
        )
        #expect(
            report.labels == [
                "kubernetes.io/hostname": "host-1", "id": "b08dfa6083e7567a1921a715000001fb", "short": "b08dfa60",
                "gpus": "2", "numa": "1", "switches": "0", "kind": "nvidia-h100-sxm", "cards": "2",
            ]
        )
    }

    @Test func `hives, cards and subnets are one input each`() {
        var host = HostTopology()
        host.hives = [Hive(id: 7, devices: []), Hive(id: 9, devices: [])]
        for (name, kind) in [("mlx5_0", NetworkDevice.Kind.infiniband), ("mlx5_1", .infiniband), ("eth0", .ethernet)] {
            var device = NetworkDevice(name: name, kind: kind, function: nil)
            device.systemImageGUID = kind == .ethernet ? "" : "0c42:a103:0065:5c1a"
            var port = NetworkPort(number: 1)
            port.state = name == "mlx5_1" ? "1: DOWN" : "4: ACTIVE"
            port.firstGID = "fec0:0000:0000:0001:0c42:a103:0065:5c1a"
            device.ports = [port]
            host.networkDevices.append(device)
        }
        #expect(ComputedFact.hiveID.values(of: host) == ["7", "9"])
        #expect(ComputedFact.systemImageGUID.values(of: host) == ["0c42:a103:0065:5c1a"])
        #expect(ComputedFact.subnetPrefix.values(of: host) == ["fec0:0000:0000:0001"])
        #expect(ComputedFact.nicCount.values(of: host) == ["2"])
    }

    @Test func `a pointer may name a label, as its source gave it`() throws {
        let host = try TemporaryFolder([
            "sys/class/infiniband/mlx5_0/sys_image_guid": "0c42:a103:0065:5c1a",
            "sys/class/infiniband/mlx5_1/sys_image_guid": "0000:0000:0000:0000",
            "etc/leaves.json": #"{"0c42:a103:0065:5c1a": "leaf 3", "list": ["a", null, "a"], "deep": {"x": {}}}"#,
        ])
        let report = try host.labels(
            #"""
            - {key: a/hca, from: {sysfs: "class/infiniband/mlx*/sys_image_guid"}, reduce: uniqueJoin}
            - {key: leaf, from: {jsonFile: {path: /etc/leaves.json, pointer: "/{label:a/hca}"}}}
            - {key: list, from: {jsonFile: {path: /etc/leaves.json, pointer: /list}}}
            - {key: none, from: {jsonFile: {path: /etc/leaves.json, pointer: /none/x}}}
            - {key: deep, from: {jsonFile: {path: /etc/leaves.json, pointer: /deep/x}}}
            - {key: lost, from: {jsonFile: {path: /etc/leaves.json, pointer: "/{label:lost}"}}}
            """#
        )
        #expect(
            report.labels == [
                "kubernetes.io/hostname": "host-1", "a/hca": "0c42-a103-0065-5c1a", "leaf": "leaf-3", "list": "a",
            ]
        )
        #expect(
            results(report).dropFirst(3) == [
                .noInput, .malformed(path: "etc/leaves.json", "line 1: no text, number or list of them"),
                .missingLabel("lost"),
            ]
        )
    }

    @Test func `a file that is no JSON leaves the key unset, whatever the fallbacks`() throws {
        let report = try TemporaryFolder(["etc/x.json": "{\"leaf\": "]).labels(
            """
            - {key: leaf, from: {jsonFile: {path: /etc/x.json, pointer: /leaf}}}
            - {key: leaf, from: {const: fallback}}
            """
        )
        #expect(report.labels["leaf"] == nil)
        #expect(results(report).last == .notTried)
        #expect(report.warnings.count == 1)
        #expect(report.warnings.first?.hasPrefix("label leaf is not set: rule 1 cannot use /etc/x.json: line ") == true)
    }

    @Test func `a text without what it names is no text`() throws {
        let report = try TemporaryFolder(["sys/x": "1"]).labels(
            """
            - {key: a, from: {sysfs: x}, format: "{machine-id}-{value}"}
            - {key: b, from: {sysfs: x}, format: "{hostname}-{value}"}
            """
        )
        #expect(report.labels.keys == ["kubernetes.io/hostname"])
        #expect(results(report) == [.missingVariable("machine-id"), .missingVariable("hostname")])
    }

    @Test func `only a file that is new enough is believed`() throws {
        let host = try TemporaryFolder(["run/fabric": "clique=7", "etc/fabric": "clique=8"])
        var times = [timespec(tv_sec: 1000, tv_nsec: 0), timespec(tv_sec: 1000, tv_nsec: 0)]
        try #require(utimensat(AT_FDCWD, "\(host.path)/run/fabric", &times, 0) == 0)
        let rules = """
            - {key: clique, from: {envFile: {path: /run/fabric, key: clique}}, maxAge: 3m}
            - {key: clique, from: {envFile: {path: /etc/fabric, key: clique}}}
            """
        func clique(at seconds: Int64?) throws -> LabelReport {
            try host.labels(rules, now: seconds.map { Timestamp(nanoseconds: $0 * 1_000_000_000) })
        }
        #expect(try clique(at: 1180).labels["clique"] == "7")
        #expect(try clique(at: 0).labels["clique"] == "7")
        #expect(try clique(at: nil).labels["clique"] == "7")
        let late = try clique(at: 1181)
        #expect(late.labels["clique"] == "8")
        #expect(results(late).first == .stale(path: "run/fabric", age: .seconds(181)))
        #expect(results(late).first?.description == "finds only old input: /run/fabric was written 181 s ago")
    }
}
