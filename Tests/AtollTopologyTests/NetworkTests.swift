import AtollModel
import Testing

@testable import AtollTopology

struct NetworkTests {
    private func read(_ build: (inout FileTree) -> Void) throws -> HostTopology {
        var tree = FileTree()
        build(&tree)
        return try TemporaryFolder(tree).topology
    }

    @Test func `an RDMA device is what its maker or its ports make it`() throws {
        let host = try read { tree in
            tree.rdma("mlx5_10", "0000:01:00.0", (0x15b3, 0x1021), ports: ["InfiniBand"])
            tree.rdma("mlx5_2", "0000:02:00.0", (0x15b3, 0x101d), ports: ["Ethernet"])
            tree.rdma("efa_0", "0000:03:00.0", (0x1d0f, 0xefa1), ports: ["Unspecified"])
            tree.rdma("hfi1_0", "0000:04:00.0", (0x8086, 0x24f0), ports: ["InfiniBand"])
            tree.file("sys/class/infiniband/scif0/node_guid", "0000:0000:0000:0001")
        }
        #expect(host.networkDevices.map(\.name) == ["efa_0", "hfi1_0", "mlx5_2", "mlx5_10", "scif0"])
        #expect(host.networkDevices.map(\.kind) == [.efa, .opa, .roce, .infiniband, .infiniband])
        #expect(host.networkDevices.last?.function == nil)
        #expect(host.networkDevices.allSatisfy { $0.isRDMA })
    }

    @Test func `ids of zeros are none`() throws {
        let host = try read { tree in
            tree.rdma("efa_0", "0000:03:00.0", (0x1d0f, 0xefa1), ports: ["Unspecified"])
            tree.files(
                "sys/class/infiniband/efa_0",
                [
                    ("node_guid", "0000:0000:0000:0000"), ("sys_image_guid", "0000:0000:0000:0000"),
                    ("ports/1/gids/0", "0000:0000:0000:0000:0000:0000:0000:0000"),
                ]
            )
        }
        let device = try #require(host.networkDevices.first)
        #expect(device.nodeGUID.isEmpty && device.systemImageGUID.isEmpty)
        #expect(device.ports.first?.firstGID == "")
    }

    @Test func `Slingshot has its class, and is known by its PCI id where the driver is missing`() throws {
        let host = try read { tree in
            for (bus, state) in [(1, "up"), (2, "down")] {
                let folder = "sys/devices/pci0000:00/0000:0\(bus):00.0"
                tree.function("0000:0\(bus):00.0", 0x17db, 0x0501, 0x020000, driver: "cxi_ss1")
                tree.files(folder, [("net/hsn\(bus)/operstate", state), ("net/hsn\(bus)/speed", "200000")])
            }
            tree.file("sys/devices/pci0000:00/0000:01:00.0/properties/nid", "0x1f")
            tree.link("sys/class/cxi/cxi0/device", to: "sys/devices/pci0000:00/0000:01:00.0")
        }
        #expect(host.networkDevices.map(\.name) == ["cxi0", "hsn2"])
        #expect(host.networkDevices.map(\.kind) == [.slingshot, .slingshot])
        #expect(host.networkDevices.map(\.interfaces) == [["hsn1"], ["hsn2"]])
        let ports = host.networkDevices.flatMap(\.ports)
        #expect(ports.map(\.isActive) == [true, false])
        #expect(ports.map(\.rate) == ["200000 Mb/s", "200000 Mb/s"])
        #expect(ports.first?.lid == "0x1f")
    }

    @Test func `Ethernet has its interfaces, and virtual functions beside their physical one are left out`() throws {
        let host = try read { tree in
            tree.function("0000:01:00.0", 0x8086, 0x159b, 0x020000, driver: "ice")
            tree.file("sys/devices/pci0000:00/0000:01:00.0/net/eth1/operstate", "up")
            tree.function("0000:01:00.1", 0x8086, 0x1889, 0x020000, driver: "iavf")
            tree.link("sys/devices/pci0000:00/0000:01:00.1/physfn", to: "sys/devices/pci0000:00/0000:01:00.0")
            tree.function("0000:02:00.0", 0x1af4, 0x1041, 0x020000, driver: "virtio-pci")
            tree.file("sys/devices/pci0000:00/0000:02:00.0/virtio1/net/eth0/operstate", "down")
            tree.function("0000:03:00.0", 0x15b3, 0x1013, 0x020700)
        }
        #expect(host.networkDevices.map(\.name) == ["0000:03:00.0", "eth0", "eth1"])
        #expect(host.networkDevices.map(\.kind) == [.infiniband, .ethernet, .ethernet])
        #expect(host.networkDevices.map { $0.ports.map(\.state) } == [[], ["down"], ["up"]])
        #expect(host.findings == [])
    }

    @Test func `a port that is down is a finding where most of its like are up`() throws {
        let host = try read { tree in
            for index in 0..<5 {
                tree.rdma(
                    "mlx5_\(index)",
                    "0000:0\(index):00.0",
                    (0x15b3, 0x1021),
                    ports: ["InfiniBand", "InfiniBand"]
                )
            }
            let devices = "sys/class/infiniband"
            tree.file("\(devices)/mlx5_3/ports/1/state", "1: DOWN")
            tree.file("\(devices)/mlx5_4/ports/1/state", "5: ACTIVE_DEFER")
            // Nobody has cabled the second ports, but one.
            for index in 0..<4 { tree.file("\(devices)/mlx5_\(index)/ports/2/state", "1: DOWN") }
            // Another card, which has nothing like it.
            tree.rdma("mlx5_9", "0000:09:00.0", (0x15b3, 0x101b), ports: ["InfiniBand"])
            tree.file("\(devices)/mlx5_9/ports/1/state", "1: DOWN")
        }
        #expect(host.findings.map(\.subject) == ["mlx5_3/1", "mlx5_4/1"])
        #expect(host.findings.allSatisfy { $0.code == .portDown && $0.severity == .warning })
        #expect(host.findings.first?.message == "port 1 of mlx5_3 is 1: DOWN, and 3 of its like are up")
    }

    @Test(
        arguments: [(0x2901, 0x1021, true), (0x2901, 0x101e, false), (0x2330, 0x1021, false)]
            as [(UInt16, UInt16, Bool)]
    )
    func `a function that manages NVSwitches is no NIC for jobs`(gpu: UInt16, nic: UInt16, isManagement: Bool) throws {
        let host = try read { tree in
            tree.function("0000:01:00.0", 0x10de, gpu, 0x030200, driver: "nvidia")
            for bus in 2...3 { tree.rdma("mlx5_\(bus)", "0000:0\(bus):00.0", (0x15b3, nic), ports: ["InfiniBand"]) }
            tree.file("sys/devices/pci0000:00/0000:02:00.0/vpd", "\u{1}V0\u{2}SMDL=SW_MNG\u{3}")
            tree.file("sys/devices/pci0000:00/0000:03:00.0/vpd", "\u{1}V0\u{2}SMDL=NIC\u{3}")
            tree.file("sys/class/infiniband/mlx5_2/ports/1/state", "1: DOWN")
        }
        #expect(host.networkDevices.map(\.isSwitchManagement) == [isManagement, false])
        let gpu = try #require(host.accelerators.first?.function)
        let nearest = host.nearestNetworkDevices(to: gpu).map(\.name)
        #expect(nearest.contains("mlx5_2") == !isManagement)
    }

    @Test func `a class device that names no function of this host has none`() throws {
        let host = try read { tree in
            tree.link("sys/class/infiniband/mlx5_0/device", to: "sys/devices/pci0000:00/0000:01:00.0")
            tree.file("sys/class/infiniband/mlx5_0/ports/x/state", "4: ACTIVE")
            tree.file("sys/class/infiniband/mlx5_0/ports/1/state/folder", "in the place of a file")
        }
        #expect(host.networkDevices.map(\.name) == ["mlx5_0"])
        #expect(host.networkDevices.first?.function == nil)
        #expect(host.networkDevices.first?.ports.map(\.number) == [1])
        #expect(host.warnings == ["/sys/class/infiniband/mlx5_0/ports/1/state cannot be read: Is a directory"])
    }
}

extension FileTree {
    /// An RDMA device with active ports, given by their link layers.
    fileprivate mutating func rdma(_ name: String, _ address: String, _ ids: (UInt16, UInt16), ports: [String]) {
        function(address, ids.0, ids.1, 0x020000, driver: "some")
        let folder = "sys/class/infiniband/\(name)"
        link("\(folder)/device", to: "sys/devices/pci0000:00/\(address)")
        for (index, layer) in ports.enumerated() {
            files("\(folder)/ports/\(index + 1)", [("state", "4: ACTIVE"), ("link_layer", layer)])
        }
    }
}
