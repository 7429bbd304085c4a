import AtollModel
import Testing

@testable import AtollTopology

struct NVIDIATests {
    private func read(_ build: (inout FileTree) -> Void) throws -> HostTopology {
        var tree = FileTree()
        build(&tree)
        return try TemporaryFolder(tree).topology
    }

    private let driver = "proc/driver/nvidia"

    @Test func `instances are those of the GPU with the minor number`() throws {
        let host = try read { tree in
            for (bus, minor) in [(1, 1), (2, 0)] {
                tree.function("0000:0\(bus):00.0", 0x10de, 0x2330, 0x030200, driver: "nvidia")
                tree.file("\(driver)/gpus/0000:0\(bus):00.0/information", "Device Minor: \t \(minor)")
            }
            let mig = "\(driver)/capabilities/gpu0/mig"
            for instance in [
                "gi10/access", "gi10/ci1/access", "gi10/ci0/access", "gi2/access", "config/access", "gix/access",
            ] {
                tree.file("\(mig)/\(instance)", "DeviceFileMinor: 1")
            }
        }
        #expect(host.accelerators.map(\.deviceNode) == ["/dev/nvidia1", "/dev/nvidia0"])
        #expect(
            host.accelerators.map(\.instances) == [
                [],
                [
                    GPUInstance(number: 2, computeInstances: []), GPUInstance(number: 10, computeInstances: [0, 1]),
                ],
            ]
        )
    }

    @Test func `a GPU that was never initialised has neither UUID nor device node`() throws {
        let host = try read { tree in
            tree.function("0000:01:00.0", 0x10de, 0x2330, 0x030200, driver: "nvidia")
            tree.file("\(driver)/gpus/0000:01:00.0/information", "Model: \t Unknown\nDevice Minor: \t ??")
        }
        #expect(host.devices.map(\.uniqueID) == [""])
        #expect(host.devices.map(\.usable) == [true])
        #expect(host.accelerators.map(\.deviceNode) == [""])
    }

    @Test func `memory that is a NUMA node has the node's size`() throws {
        let host = try read { tree in
            for (bus, node) in [(1, "2"), (2, "-1")] {
                tree.function("0000:0\(bus):00.0", 0x10de, 0x2941, 0x030200, driver: "nvidia")
                tree.file("\(driver)/gpus/0000:0\(bus):00.0/information", "Device Minor: \t \(bus)")
                tree.file("\(driver)/gpus/0000:0\(bus):00.0/numa_status", "Node:      \(node)\nStatus:    online")
            }
            tree.file("sys/devices/system/node/online", "0,2")
            tree.file("sys/devices/system/node/node2/meminfo", "Node 2 MemTotal:       4096 kB\nNode 2 MemFree:   1 kB")
            tree.file("sys/devices/system/node/node2/distance", "80 10")
        }
        #expect(host.accelerators.map(\.memoryNUMANode) == [2, nil])
        #expect(host.devices.map(\.memoryBytes) == [4096 * 1024, 0])
        #expect(host.numaNodes.map(\.distances) == [[], [80, 10]])
    }

    @Test func `a function that does not answer beside NVSwitches is one of them`() throws {
        let host = try read { tree in
            for index in 0..<4 {
                // The last one is on another switch, and so may be anything.
                let upper = PCIAddress(bus: index == 3 ? 8 : 2, device: 0)
                let isSilent = index >= 2
                tree.add(
                    PCIPlan(
                        address: PCIAddress(bus: UInt8(0x10 + index), device: 0),
                        bridges: [PCIAddress(bus: 1, device: 0), upper, PCIAddress(bus: 3, device: UInt8(index))],
                        vendor: isSilent ? 0 : 0x10de,
                        device: isSilent ? 0 : 0x1ac2,
                        classCode: isSilent ? 0 : 0x068000,
                        driver: "nvidia-nvswitch",
                        numaNode: 0
                    )
                )
            }
            tree.file("\(driver)-nvswitch/devices/0000:10:00.0/information", "UUID: SWX-1")
            tree.file("\(driver)-nvswitch/devices/0000:20:00.0/information", "UUID: SWX-2")
        }
        #expect(host.nvswitches == ["0000:10:00.0", "0000:11:00.0", "0000:20:00.0"])
        #expect(host.silentSwitches == ["0000:12:00.0"])
        #expect(host.findings.map(\.subject) == ["0000:12:00.0"])
    }
}
