import AtollModel
import Glibc
import Testing

@testable import AtollTopology

struct KFDAndClassTests {
    private func read(_ build: (inout FileTree) -> Void) throws -> HostTopology {
        var tree = FileTree()
        build(&tree)
        return try TemporaryFolder(tree).topology
    }

    @Test func `partitions are devices of one physical device`() throws {
        let host = try read { tree in
            tree.file("sys/class/kfd/kfd/topology/nodes/0/properties", "cpu_cores_count 96\nsimd_count 0")
            tree.function("0000:05:00.0", 0x1002, 0x74a1, 0x120000, driver: "amdgpu", numaNode: "1")
            // Node 10 sorts before node 2 by name.
            tree.kfdNode(10, location: 0x501)
            tree.kfdNode(2, location: 0x500)
        }
        #expect(host.accelerators.map(\.kfdNode) == [2, 10])
        #expect(host.devices.map(\.pciAddress) == ["0000:05:00.0", "0000:05:00.0"])
        #expect(host.devices.map(\.numaNode) == [1, 1])
        #expect(host.devices.map(\.uniqueID) == ["0000000000001234", "0000000000001234"])
        #expect(host.counts == AcceleratorCounts(host.accelerators))
        #expect((host.counts.physical, host.counts.schedulable) == (1, 2))
    }

    @Test func `the partition in the high bits of a location is no part of the address`() throws {
        let host = try read { $0.kfdNode(1, location: 3 << 28 | 0x2700) }
        #expect(host.devices.map(\.pciAddress) == ["0000:27:00.0"])
    }

    @Test func `a display GPU counts when KFD has a node for it`() throws {
        let host = try read { tree in
            tree.function("0000:03:00.0", 0x1002, 0x66a1, 0x030000, driver: "amdgpu")
            tree.kfdNode(1, device: 0x66a1, location: 0x300)
        }
        #expect(host.devices.map(\.model) == ["MI50"])
    }

    @Test func `an AMD device that KFD does not list is blocked`() throws {
        let host = try read { tree in
            tree.function("0000:05:00.0", 0x1002, 0x74a1, 0x120000, driver: "amdgpu")
            tree.function("0000:06:00.0", 0x1002, 0x74a1, 0x120000, driver: "amdgpu")
            tree.kfdNode(1, location: 0x600)
        }
        #expect(host.devices.map(\.pciAddress) == ["0000:06:00.0", "0000:05:00.0"])
        #expect(host.devices.map(\.usable) == [true, false])
        #expect(host.findings.map(\.message) == ["MI300X has no KFD node and cannot compute"])
        #expect(host.findings.map(\.subject) == ["0000:05:00.0"])
    }

    @Test func `properties that are garbage leave the node out`() throws {
        let host = try read { tree in
            tree.file(
                "sys/class/kfd/kfd/topology/nodes/1/properties",
                "simd_count -5\nlocation_id 99999999999999999999"
            )
            tree.file("sys/class/kfd/kfd/topology/nodes/2/properties/oops", "a folder")
            tree.kfdNode(3, location: 0x600)
        }
        #expect(host.accelerators.map(\.kfdNode) == [3])
        #expect(host.warnings == ["/sys/class/kfd/kfd/topology/nodes/2/properties cannot be read: Is a directory"])
    }

    @Test func `a node that the device cgroup hides names the unit's settings`() {
        #expect(KFDTopology.complaint("p", EPERM).contains("DeviceAllow=char-drm rw"))
        #expect(KFDTopology.complaint("p", EIO) == "/p cannot be read: Input/output error")
    }

    @Test func `a Gaudi in reset keeps its place and is not usable`() throws {
        let host = try read { tree in
            for bus in 1...3 {
                tree.function("0000:0\(bus):00.0", 0x1da3, 0x1020, 0x120000, driver: "habanalabs")
                let status = bus == 2 ? "In reset" : "operational"
                tree.file("sys/devices/pci0000:00/0000:0\(bus):00.0/status", status)
            }
        }
        #expect(host.devices.map(\.usable) == [true, false, true])
        #expect(host.findings.map(\.message) == ["Gaudi2 is not operational: In reset"])
        #expect(host.findings.map(\.subject) == ["0000:02:00.0"])
    }

    @Test func `the accel class adds devices of vendors without a table, once`() throws {
        let host = try read { tree in
            tree.function("0000:01:00.0", 0x1da3, 0x1020, 0x120000, driver: "habanalabs")
            tree.function("0000:02:00.0", 0x17cb, 0xa100, 0x088000, driver: "qaic")
            for index in 0..<2 {
                tree.link("sys/class/accel/accel\(index)/device", to: "sys/devices/pci0000:00/0000:0\(index + 1):00.0")
            }
            tree.link("sys/class/accel/accel_controlD0/device", to: "sys/devices/pci0000:00/0000:01:00.0")
        }
        #expect(host.devices.map(\.model) == ["Gaudi2", "17cb:a100"])
        #expect(host.devices.map(\.vendor) == [.habana, .other])
    }

    @Test func `Neuron class devices count where PCI shows none`() throws {
        let host = try read { tree in
            for index in [10, 2] {
                let folder = "sys/class/neuron_device/neuron\(index)"
                tree.file("\(folder)/info/architecture/device_name", "Trainium2")
                tree.file("\(folder)/info/serial_number", "\(index)")
            }
            tree.file("sys/class/neuron_device/server_id_4", "00000000deadbeef")
        }
        #expect(host.devices.map(\.uniqueID) == ["2", "10"])
        #expect(host.devices.allSatisfy { $0.vendor == .aws && $0.usable && $0.pciAddress.isEmpty })
        #expect(host.counts.physical == 2)
    }
}
