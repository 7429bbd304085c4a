/// One ConnectX-7 of a generated host, `mlx5_<index>`, with one port that is up.
struct NICPlan {
    var index: Int
    var bus: UInt8
    /// The bridges between the root bus and the card, outermost first.
    var bridges: [PCIAddress]
    /// RoCE with a network interface, else InfiniBand.
    var isEthernet = false
}

extension HostGenerator {
    /// Adds the card's PCI function and its RDMA device. The second half of eight belongs to the second processor.
    func addNIC(_ nic: NICPlan, to tree: inout FileTree) {
        let plan = PCIPlan(
            address: PCIAddress(bus: nic.bus, device: 0),
            bridges: nic.bridges,
            vendor: 0x15b3,
            device: 0x1021,
            classCode: nic.isEthernet ? 0x020000 : 0x020700,
            driver: "mlx5_core",
            numaNode: nic.index / 4
        )
        tree.add(plan)
        let folder = "\(plan.folder)/infiniband/mlx5_\(nic.index)"
        let guid = groups(of: id("hca\(nic.index)"))
        tree.files(
            folder,
            [
                ("node_type", "1: CA"), ("node_guid", guid), ("sys_image_guid", guid), ("hca_type", "MT4129"),
                ("fw_ver", "28.39.1002"), ("ports/1/state", "4: ACTIVE"), ("ports/1/phys_state", "5: LinkUp"),
                ("ports/1/rate", "400 Gb/sec (4X NDR)"),
                ("ports/1/link_layer", nic.isEthernet ? "Ethernet" : "InfiniBand"),
                ("ports/1/gids/0", "fe80:0000:0000:0000:\(guid)"),
            ]
        )
        tree.link("\(folder)/device", to: plan.folder)
        tree.link("sys/class/infiniband/mlx5_\(nic.index)", to: folder)
        if nic.isEthernet { addInterface("eth\(nic.index)", of: plan, to: &tree) }
    }

    private func addInterface(_ name: String, of plan: PCIPlan, to tree: inout FileTree) {
        let folder = "\(plan.folder)/net/\(name)"
        tree.files(folder, [("operstate", "up"), ("speed", "400000")])
        tree.link("\(folder)/device", to: plan.folder)
        tree.link("sys/class/net/\(name)", to: folder)
    }

    /// As GUIDs are printed: four groups of four digits.
    private func groups(of id: UInt64) -> String {
        let digits = id.hexadecimal(digits: 16)
        return stride(from: 0, to: 16, by: 4).map { digits.dropFirst($0).prefix(4) }.joined(separator: ":")
    }
}
