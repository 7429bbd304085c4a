import AtollModel
import Testing

@testable import AtollTopology

struct PCILinkTests {
    private func read(_ build: (inout FileTree) -> Void) throws -> HostTopology {
        var tree = FileTree()
        build(&tree)
        return try TemporaryFolder(tree).topology
    }

    @Test(
        arguments: [
            ("32.0 GT/s PCIe", 32_000), ("2.5 GT/s", 2_500), ("8 GT/s", 8_000), ("64.0 GT/s PCIe", 64_000),
            ("Unknown", 0), ("", 0), ("-1", 0), ("nan", 0), ("inf GT/s", 0), ("1e300", 0), ("99999 GT/s", 0),
        ] as [(String, UInt32)]
    )
    func `speeds of every kernel are understood, and nothing else is`(text: String, speed: UInt32) {
        #expect(PCILinkEnd.speed(text) == speed)
    }

    @Test(
        arguments: [("16", 16), ("32", 32), ("0", 0), ("63", 0), ("255", 0), ("-1", 0), ("x", 0)] as [(String, UInt32)]
    )
    func `widths that mean no link are none`(text: String, width: UInt32) {
        #expect(PCILinkEnd.width(text) == width)
    }

    private func end(_ current: String, _ max: String) -> PCILinkEnd {
        var end = PCILinkEnd()
        end.currentSpeed = "16.0 GT/s PCIe"
        end.maxSpeed = "32.0 GT/s PCIe"
        end.currentWidth = current
        end.maxWidth = max
        return end
    }

    @Test(
        arguments: [
            // A card in a narrower slot is as wide as it can be.
            ("8", "16", "8", false), ("8", "16", "16", true), ("4", "4", "16", false),
            // A port that does not know its width decides nothing, and one without the file is not asked.
            ("8", "16", "255", false), ("8", "16", "", true), ("0", "16", "16", false), ("255", "16", "16", false),
        ]
    )
    func `a link is narrowed when both of its ends are wider`(
        current: String,
        own: String,
        port: String,
        isNarrowed: Bool
    ) {
        #expect(end(current, own).link(to: end("", port))?.isNarrowed == isNarrowed)
    }

    @Test func `the best speed is that of the slower end`() {
        var port = end("16", "16")
        port.maxSpeed = "16.0 GT/s PCIe"
        #expect(end("16", "16").link(to: port) == PCILink(speed: 16_000, width: 16, speedMax: 16_000, widthMax: 16))
        #expect(PCILinkEnd().link(to: port) == nil)
    }

    @Test func `a function that sleeps is not asked about its link`() throws {
        let host = try read { tree in
            for (bus, state) in [(1, "D3cold"), (2, "D3hot"), (3, "D0"), (4, "unknown")] {
                tree.function("0000:0\(bus):00.0", 0x10de, 0x2330, 0x030200, driver: "nvidia")
                let folder = "sys/devices/pci0000:00/0000:0\(bus):00.0"
                tree.files(
                    folder,
                    [
                        ("power_state", state), ("max_link_speed", "32.0 GT/s PCIe"), ("current_link_width", "8"),
                        ("max_link_width", "16"),
                    ]
                )
            }
        }
        #expect(host.devices.map { $0.link != nil } == [false, false, true, true])
        #expect(host.findings.map(\.subject) == ["0000:03:00.0", "0000:04:00.0"])
    }

    @Test(
        arguments: [
            ("../../../devices/pci0000:17/0000:17:00.0/0000:1b:00.0", "pci0000:17", ["0000:17:00.0"]),
            // Hyper-V and VMD have things before the root bus, another root bus among them.
            ("../../../devices/LNXSYSTM:00/ACPI0004:00/VMBUS:00/x/pci0001:00/0000:1b:00.0", "pci0001:00", []),
            (
                "../devices/pci0000:00/0000:00:0e.0/pci10000:00/10000:00:02.0/0000:1b:00.0", "pci10000:00",
                ["10000:00:02.0"]
            ),
            ("../../../devices/0000:1b:00.0", nil, []), ("../devices/pci0000:00/other/0000:1b:00.0", nil, []),
            ("../devices/pci0000:00/0000:1c:00.0", nil, []), ("", nil, []), ("pcixyz:00/0000:1b:00.0", nil, []),
        ] as [(String, String?, [String])]
    )
    func `the way to a function has its root bus and its bridges`(target: String, root: String?, bridges: [String]) {
        let path = PCIPath(target: target, function: PCIAddress(bus: 0x1b, device: 0))
        #expect(path?.root == root)
        #expect(path?.bridges.map(\.description) ?? [] == bridges)
    }

    @Test func `a narrow link between a switch and its root port is the switch's`() throws {
        let gpu = PCIPlan(
            address: PCIAddress(bus: 4, device: 0),
            bridges: [PCIAddress(bus: 0, device: 1), PCIAddress(bus: 1, device: 0), PCIAddress(bus: 2, device: 8)],
            vendor: PCIVendor.nvidia,
            device: 0x2330,
            classCode: 0x030200,
            driver: "nvidia",
            numaNode: 0
        )
        let host = try read { tree in
            tree.add(gpu)
            let ports = "sys/devices/pci0000:00/0000:00:01.0"
            tree.file("\(ports)/current_link_width", "8")
            tree.file("\(ports)/0000:01:00.0/current_link_width", "8")
            // The port below is not in that link, however wide it is.
            tree.file("\(ports)/0000:01:00.0/0000:02:08.0/max_link_width", "32")
        }
        #expect(host.findings.map(\.subject) == ["0000:01:00.0"])
        #expect(host.findings.map(\.message) == ["a PCI switch has 8 of 16 PCI Express lanes"])
        #expect(host.bridges.map { $0.link != nil } == [false, true, false])
        #expect(host.accelerators.first?.function?.path?.bridges == gpu.bridges)
    }

    @Test(
        arguments: [
            ("RxErr 0\nBadTLP 3\nTOTAL_ERR_COR 3", 3), ("Receiver Error 1\nBad TLP 2\nTOTAL_ERR_COR 3\n", 3),
            ("TOTAL_ERR_FATAL 18446744073709551615", .max), ("RxErr 7", nil), ("TOTAL_ERR_COR", nil), ("", nil),
            ("TOTAL_ERR_COR -1", nil),
        ] as [(String, UInt64?)]
    )
    func `errors are counted by their total`(text: String, total: UInt64?) {
        #expect(DeviceHealth.total(of: text) == total)
    }

    @Test func `fatal errors are worse than those that were survived, and mended ones are no finding`() throws {
        let host = try read { tree in
            for (bus, correctable, nonFatal, fatal) in [(1, 0, 2, 0), (2, 9, 0, 0), (3, 0, 0, 1)] {
                tree.function("0000:0\(bus):00.0", 0x10de, 0x2330, 0x030200, driver: "nvidia")
                let folder = "sys/devices/pci0000:00/0000:0\(bus):00.0"
                tree.file("\(folder)/aer_dev_correctable", "TOTAL_ERR_COR \(correctable)")
                tree.file("\(folder)/aer_dev_nonfatal", "TOTAL_ERR_NONFATAL \(nonFatal)")
                tree.file("\(folder)/aer_dev_fatal", "TOTAL_ERR_FATAL \(fatal)")
            }
        }
        #expect(host.findings.map(\.subject) == ["0000:03:00.0", "0000:01:00.0"])
        #expect(host.findings.map(\.severity) == [.error, .warning])
        #expect(host.findings.allSatisfy { $0.code == .linkErrors })
        #expect(host.accelerators.map(\.health.correctableLinkErrors) == [0, 9, 0])
    }
}
