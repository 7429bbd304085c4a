extension HostGenerator {
    /// Eight MI300X on a universal baseboard: each shares a PCIe switch with one RoCE card, has its pair of bridges on the
    /// package, and all are in one XGMI hive.
    func addMI300X(_ tree: inout FileTree) {
        addSystem(
            SystemPlan(
                vendor: "Supermicro",
                product: "AS-8125GS-TNMR2",
                numaNodes: 2,
                cpusPerNode: 192,
                memoryGiB: 2304
            ),
            to: &tree
        )
        let rootBuses: [UInt8] = [0x00, 0x21, 0x41, 0x60, 0x80, 0xa1, 0xc1, 0xe0]
        for (index, bus) in rootBuses.enumerated() { addMI300X(index, rootBus: bus, to: &tree) }
        let topology = "sys/devices/virtual/kfd/kfd/topology"
        tree.file("\(topology)/generation_id", "2")
        tree.link("sys/class/kfd/kfd", to: "sys/devices/virtual/kfd/kfd")
        for node in 0..<2 { tree.file("\(topology)/nodes/\(node)/properties", "cpu_cores_count 96\nsimd_count 0") }
        for (index, bus) in rootBuses.enumerated() { addKFDNode(index, bus: bus + 5, topology, to: &tree) }
        addConfiguration(
            #"""
            - key: xgmi-hive
              from: {sysfs: "class/kfd/kfd/topology/nodes/*/properties"}
              match: '(?m)^hive_id (?<value>[1-9]\d{6,})$'
              format: "{machine-id}-{value}"
            - key: partition-mode
              from: {sysfs: "bus/pci/drivers/amdgpu/*:*/current_compute_partition"}
            """#,
            to: &tree
        )
    }

    private func addMI300X(_ index: Int, rootBus: UInt8, to tree: inout FileTree) {
        let above = [PCIAddress(bus: rootBus, device: 1, function: 1), PCIAddress(bus: rootBus + 1, device: 0)]
        let ports = (0..<2).map { PCIAddress(bus: rootBus + 2, device: $0) }
        let nic = NICPlan(index: index, bus: rootBus + 6, bridges: above + [ports[1]], isEthernet: true)
        addNIC(nic, to: &tree)
        let package = [PCIAddress(bus: rootBus + 3, device: 0), PCIAddress(bus: rootBus + 4, device: 0)]
        tree.add(
            PCIPlan(
                address: PCIAddress(bus: rootBus + 5, device: 0),
                bridges: above + [ports[0]] + package,
                vendor: PCIVendor.amd,
                device: 0x74a1,
                classCode: 0x120000,
                driver: "amdgpu",
                numaNode: index / 4,
                attributes: [
                    ("unique_id", id("gpu\(index)").hexadecimal(digits: 16)),
                    ("current_compute_partition", "SPX"),
                    ("available_compute_partition", "SPX, DPX, QPX, CPX"),
                    ("current_memory_partition", "NPS1"),
                    ("mem_info_vram_total", "206141652992"),
                    ("xgmi_hive_info/xgmi_hive_id", "\(hive)"),
                ]
            )
        )
    }

    private func addKFDNode(_ index: Int, bus: UInt8, _ topology: String, to tree: inout FileTree) {
        let number = index + 2
        let folder = "\(topology)/nodes/\(number)"
        tree.file("\(folder)/gpu_id", id("gpu\(index)") & 0xffff)
        tree.file(
            "\(folder)/properties",
            """
            cpu_cores_count 0
            simd_count 1216
            gfx_target_version 90402
            vendor_id 4098
            device_id \(0x74a1)
            location_id \(Int(bus) << 8)
            domain 0
            drm_render_minor \(128 + index * 8)
            hive_id \(hive)
            unique_id \(id("gpu\(index)"))
            num_xcc 8
            """
        )
        // PCIe (type 2) to the CPU of its NUMA node, XGMI (type 11) to the seven others.
        let peers = [index / 4] + (2..<10).filter { $0 != number }
        for (link, peer) in peers.enumerated() {
            tree.file(
                "\(folder)/io_links/\(link)/properties",
                """
                type \(link == 0 ? 2 : 11)
                node_from \(number)
                node_to \(peer)
                weight \(link == 0 ? 20 : 15)
                max_bandwidth 64000
                """
            )
        }
    }

    /// Never as small as a PCI id, which drivers put there for GPUs without a hive.
    private var hive: UInt64 { id("hive") | 1 << 63 }
}
