import AtollModel
import Testing

@testable import AtollTopology

struct KFDTests {
    private func read(_ build: (inout FileTree) -> Void) throws -> HostTopology {
        var tree = FileTree()
        build(&tree)
        return try TemporaryFolder(tree).topology
    }

    @Test func `ids use all their bits`() throws {
        let host = try read { tree in
            tree.kfdNode(1, location: 0x500, more: "hive_id 18446744073709551615\nunique_id 18446744073709551615")
        }
        #expect(host.hives == [Hive(id: .max, devices: ["0000:05:00.0"])])
        #expect(host.devices.map(\.uniqueID) == ["0000000000001234"], "the first of equal keys counts")
    }

    @Test func `a PCI id in the place of a hive is none`() throws {
        let host = try read { $0.kfdNode(1, location: 0x500, more: "hive_id 1280") }
        #expect(host.hives.isEmpty)
        #expect(host.accelerators.map(\.hive) == [nil])
    }

    @Test func `partitions may be numbered in the high bits of a location`() throws {
        let host = try read { tree in
            for partition in 0..<4 { tree.kfdNode(1 + partition, location: partition << 28 | 0x500, more: "num_xcc 2") }
            for partition in 0..<3 { tree.kfdNode(5 + partition, location: partition << 28 | 0x600, more: "num_xcc 2") }
        }
        #expect((host.counts.physical, host.counts.schedulable) == (2, 7))
        #expect(host.findings.map(\.subject) == ["0000:06:00.0"])
        #expect(host.findings.map(\.message) == ["6 of its 8 compute dies have a KFD node, in 3 partitions"])
    }

    @Test func `devices in different modes are all complete`() throws {
        let host = try read { tree in
            tree.kfdNode(1, location: 0x500, more: "num_xcc 8")
            for partition in 0..<8 { tree.kfdNode(2 + partition, location: 0x600 + partition, more: "num_xcc 1") }
        }
        #expect(host.findings.isEmpty)
    }

    @Test func `old drivers leave out most keys`() throws {
        let host = try read { tree in
            tree.file("sys/class/kfd/kfd/topology/nodes/0/properties", "cpu_cores_count 8\nsimd_count 0")
            tree.file(
                "sys/class/kfd/kfd/topology/nodes/1/properties",
                "cpu_cores_count 0\nsimd_count 256\nvendor_id 4098\ndevice_id 26720\nlocation_id 768"
            )
        }
        #expect(host.devices.map(\.pciAddress) == ["0000:03:00.0"])
        #expect(host.devices.map(\.model) == ["MI25"])
        #expect(host.kfd?.nodes.map(\.isGPU) == [false, true])
        #expect(host.accelerators.first?.kfd?.memoryBytes == nil)
    }

    @Test func `links between partitions of two devices are one, those inside are none`() throws {
        let host = try read { tree in
            for (number, location) in [(1, 0x500), (2, 0x501), (3, 0x600)] { tree.kfdNode(number, location: location) }
            tree.kfdLink(1, 0, to: 2, weight: 13, bandwidth: 819_200)
            tree.kfdLink(1, 1, to: 3, weight: 41)
            tree.kfdLink(2, 0, to: 3, weight: 28, bandwidth: 5)
            tree.kfdLink(3, 0, to: 99, weight: 41)
            tree.file("sys/class/kfd/kfd/topology/nodes/3/io_links/1/properties", "type 11\nnode_to garbage")
        }
        let link = DeviceLink(.xgmi, from: "0000:05:00.0", to: "0000:06:00.0", weight: 28, bandwidthMax: 5)
        #expect(host.links == [link])
    }

    @Test func `memory is that of the device's own banks`() throws {
        let host = try read { tree in
            tree.kfdNode(1, location: 0x500)
            for (bank, heap) in [0, 1, 2].enumerated() {
                tree.file(
                    "sys/class/kfd/kfd/topology/nodes/1/mem_banks/\(bank)/properties",
                    "heap_type \(heap)\nsize_in_bytes \(1 << (30 + bank))"
                )
            }
        }
        #expect(host.devices.map(\.memoryBytes) == [6 << 30])
    }

    @Test func `partitions without banks share what their device has`() throws {
        let host = try read { tree in
            tree.function("0000:05:00.0", 0x1002, 0x74a1, 0x120000, driver: "amdgpu")
            tree.file("sys/devices/pci0000:00/0000:05:00.0/mem_info_vram_total", 64 << 30)
            tree.kfdNode(1, location: 0x500)
            tree.kfdNode(2, location: 0x501)
        }
        #expect(host.devices.map(\.memoryBytes) == [32 << 30, 32 << 30])
    }

    @Test func `a link folder that is a link is followed, inside the root`() throws {
        let folder = try TemporaryFolder(building: { tree in
            for number in 1...2 { tree.kfdNode(number, location: number << 8) }
            tree.file("sys/elsewhere/properties", "type 11\nnode_from 1\nnode_to 2\nweight 15")
            tree.link("sys/class/kfd/kfd/topology/nodes/1/io_links/0", to: "sys/elsewhere")
        })
        #expect(folder.topology.links.map(\.weight) == [15])
    }

    @Test func `without KFD the driver's own table says who is linked`() throws {
        let host = try read { tree in
            for bus in 5...6 {
                tree.function("0000:0\(bus):00.0", 0x1002, 0x74a1, 0x120000, driver: "amdgpu")
                let folder = "sys/devices/pci0000:00/0000:0\(bus):00.0"
                tree.file("\(folder)/xgmi_hive_info/xgmi_hive_id", 1 << 40)
                for node in 1...2 {
                    tree.link(
                        "\(folder)/xgmi_hive_info/node\(node)",
                        to: "sys/devices/pci0000:00/0000:0\(node + 4):00.0"
                    )
                }
                tree.file("\(folder)/xgmi_num_hops", bus == 5 ? "00 01 " : "01 00 ")
                tree.file("\(folder)/xgmi_num_links", bus == 5 ? "00 03 " : "03 00 ")
            }
        }
        var link = DeviceLink(.xgmi, from: "0000:05:00.0", to: "0000:06:00.0", weight: 15)
        link.count = 3
        #expect(host.links == [link])
        #expect(host.hives.map(\.devices.count) == [2])
    }

    @Test(
        arguments: [
            ("type 11", [11]), ("type 11\nweight 2", [11]), ("", [nil]), ("type", [nil]), ("type -1", [nil]),
            ("type 18446744073709551616", [nil]), ("type 18446744073709551615", [UInt64.max]),
            (" type 1\ntyp 2", [nil]),
            ("type 1\ntype 2", [1]), ("type 1x", [nil]),
        ] as [(String, [UInt64?])]
    )
    func `numbers are found by their keys`(text: String, expected: [UInt64?]) {
        let numbers = Array(text.utf8).withUnsafeBufferPointer { NumberLines($0).numbers(of: ["type"]) }
        #expect(numbers == expected)
    }
}
