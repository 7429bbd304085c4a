import AtollModel
import Glibc
import Testing

@testable import AtollTopology

struct PCITests {
    @Test(
        arguments: [
            ("0000:1b:00.0", "0000:1b:00.0"), ("00000000:3B:00.0", "0000:3b:00.0"), ("10000:00:04.0", "10000:00:04.0"),
            ("0000:1b:00.8", nil), ("0000:1b:20.0", nil), ("000:1b:00.0", nil), ("0000:1b:00", nil), ("", nil),
            ("0000:+b:00.0", nil), ("pci0000:00", nil),
        ] as [(String, String?)]
    )
    func `addresses are normalised or refused`(text: String, expected: String?) {
        #expect(PCIAddress(text)?.description == expected)
    }

    private func read(_ build: (inout FileTree) -> Void) throws -> HostTopology {
        var tree = FileTree()
        build(&tree)
        return try TemporaryFolder(tree).topology
    }

    @Test func `virtual functions count only where no physical one is seen`() throws {
        let host = try read { tree in
            tree.function("0000:01:00.0", 0x10de, 0x2236, 0x030200, driver: "nvidia")
            tree.function("0000:01:00.4", 0x1002, 0x74b5, 0x120000, driver: "amdgpu")
            tree.link("sys/devices/pci0000:00/0000:01:00.4/physfn", to: "sys/devices/pci0000:00/0000:01:00.0")
            tree.function("0000:02:00.0", 0x1002, 0x74b5, 0x120000, driver: "amdgpu")
            tree.link("sys/devices/pci0000:00/0000:02:00.0/physfn", to: "sys/devices/pci0000:00/0000:09:00.0")
        }
        #expect(host.devices.map(\.pciAddress) == ["0000:01:00.0", "0000:02:00.0"])
        #expect(host.devices.map(\.model) == ["A10", "MI300X VF"])
    }

    @Test func `companions of a GPU, displays and bridges are no accelerators`() throws {
        let host = try read { tree in
            tree.function("0000:01:00.0", 0x10de, 0x2331, 0x030200, driver: "nvidia")
            tree.function("0000:01:00.1", 0x10de, 0x10f0, 0x040300, driver: "snd_hda_intel")
            tree.function("0000:01:00.2", 0x10de, 0x1ad6, 0x0c0330)
            tree.function("0000:02:00.0", 0x1a03, 0x2000, 0x030000, driver: "ast")
            tree.function("0000:03:00.0", 0x1002, 0x687f, 0x030000, driver: "amdgpu")
            tree.function("0000:04:00.0", 0x8086, 0x37c8, 0x0b4000, driver: "c6xx")
            tree.function("0000:05:00.0", 0x1ae0, 0x0042, 0x020000, driver: "gve")
            tree.function("0000:07:00.0", 0x10de, 0x22a3, 0x068000, driver: "nvidia-nvswitch")
            tree.function("0000:08:00.0", 0x10de, 0x22a8, 0x068000)
        }
        #expect(host.devices.map(\.pciAddress) == ["0000:01:00.0"])
        #expect(host.nvswitches == ["0000:07:00.0"])
        #expect(host.warnings == [])
    }

    @Test func `an unknown processing accelerator is shown and not offered`() throws {
        let host = try read { $0.function("0000:01:00.0", 0x1234, 0x5678, 0x120000, driver: "some") }
        #expect(
            host.devices == [
                Device(
                    index: 0,
                    vendor: .other,
                    model: "1234:5678",
                    pciAddress: "0000:01:00.0",
                    numaNode: 0,
                    driver: "some",
                    usable: false
                )
            ]
        )
        #expect(host.counts.schedulable == 0)
        #expect(host.accelerators.first?.kind == "unknown-accelerator")
        let facts = host.facts(host: HostID("h"), address: "127.0.0.1", agentVersion: "1", labels: LabelReport())
        #expect(facts.devices == [])
    }

    @Test func `an unbound device and one on vfio come last and are not usable`() throws {
        let host = try read { tree in
            tree.function("0000:01:00.0", 0x10de, 0x2330, 0x030200)
            tree.function("0000:02:00.0", 0x10de, 0x2330, 0x030200, driver: "vfio-pci")
            tree.function("0000:03:00.0", 0x10de, 0x2330, 0x030200, driver: "nvidia")
        }
        #expect(host.devices.map(\.pciAddress) == ["0000:03:00.0", "0000:01:00.0", "0000:02:00.0"])
        #expect(host.devices.map(\.usable) == [true, false, false])
        #expect(host.devices.map(\.index) == [0, 1, 2])
    }

    @Test func `a GPU that its driver excludes is not usable`() throws {
        let host = try read { tree in
            tree.function("0000:01:00.0", 0x10de, 0x2330, 0x030200, driver: "nvidia")
            tree.file(
                "proc/driver/nvidia/gpus/0000:01:00.0/information",
                "GPU UUID: \t GPU-12\nGPU Excluded:\t Yes"
            )
        }
        #expect(host.devices.map(\.usable) == [false])
        #expect(host.devices.map(\.uniqueID) == ["GPU-12"])
        #expect(host.findings.map(\.message) == ["H100 SXM is excluded by its driver"])
        #expect(host.findings.map(\.subject) == ["0000:01:00.0"])
    }

    @Test func `the cores of a TPU 7x are one chip, and chips are in the order of their IOMMU groups`() throws {
        let host = try read { tree in
            for (device, group) in [(5, 10), (6, 9)] {
                for function in 0..<2 {
                    let address = "0000:00:0\(device).\(function)"
                    tree.function(address, 0x1ae0, 0x0076, 0xff0000, driver: "vfio-pci")
                    tree.link(
                        "sys/devices/pci0000:00/\(address)/iommu_group",
                        to: "sys/kernel/iommu_groups/\(group + function)"
                    )
                }
            }
        }
        #expect(host.devices.map(\.pciAddress) == ["0000:00:06.0", "0000:00:05.0"])
        #expect(host.devices.allSatisfy { $0.usable && $0.model == "TPU 7x" })
    }

    @Test func `a NUMA node of -1 is unknown and garbage is warned about`() throws {
        let host = try read { tree in
            tree.function("0000:01:00.0", 0x10de, 0x2330, 0x030200, driver: "nvidia", numaNode: "-1")
            tree.function("0000:02:00.0", 0x10de, 0x2330, 0x030200, driver: "nvidia", numaNode: "\u{1}x")
        }
        #expect(host.devices.map(\.numaNode) == [nil, nil])
        #expect(host.warnings.count == 1)
        #expect(host.warnings.first?.contains("0000:02:00.0/numa_node") == true)
    }

    @Test(arguments: [
        "DRIVER=nvidia\nPCI_CLASS=30200\nPCI_ID=10DE:2330", "PCI_CLASS=30200", "PCI_ID=10DE:2330",
        "PCI_CLASS=\nPCI_ID=10DE", "PCI_CLASS=x\nPCI_ID=10DE:2330:1", "PCI_ID=:",
    ])
    func `uevent and the attributes stand in for each other`(event: String) throws {
        let host = try read { tree in
            tree.function("0000:01:00.0", 0x10de, 0x2330, 0x030200, driver: "nvidia")
            tree.file("sys/devices/pci0000:00/0000:01:00.0/uevent", event)
            tree.file("sys/devices/x/uevent", "DRIVER=nvidia\nPCI_CLASS=30200\nPCI_ID=10DE:2331")
            tree.link("sys/bus/pci/devices/0000:02:00.0", to: "sys/devices/x")
        }
        #expect(host.devices.map(\.model) == ["H100 SXM", "H100 PCIe"])
    }

    @Test func `an unreadable function is warned about and a vanished one is not`() throws {
        let host = try read { tree in
            tree.function("0000:02:00.0", 0x10de, 0x2330, 0x030200, driver: "nvidia")
            tree.file("sys/devices/y/vendor/folder", "in the place of the attribute")
            tree.link("sys/bus/pci/devices/0000:01:00.0", to: "sys/devices/y")
            tree.link("sys/bus/pci/devices/0000:00:00.0", to: "sys/devices/gone")
        }
        #expect(host.devices.map(\.pciAddress) == ["0000:02:00.0"])
        #expect(host.warnings.count == 1)
    }

    @Test func `warnings are bounded`() throws {
        let host = try read { tree in
            for device in 0..<32 {
                for function in 0..<8 {
                    let slot = UInt8(device).hexadecimal(digits: 2)
                    tree.file(
                        "sys/bus/pci/devices/0000:01:\(slot).\(function)/vendor",
                        String(repeating: "x", count: 500)
                    )
                }
            }
        }
        #expect(host.warnings.count == Warnings.countMax)
        #expect(host.warnings.last == "225 more warnings are not shown")
    }
}
