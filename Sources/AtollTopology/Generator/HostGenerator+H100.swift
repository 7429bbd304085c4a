extension HostGenerator {
    /// A DGX H100: each GPU shares a PCIe switch with one InfiniBand card; the NVSwitches have a bus of their own.
    func addH100(_ tree: inout FileTree) {
        addSystem(
            SystemPlan(
                vendor: "NVIDIA",
                product: "DGXH100",
                assetTag: "SU01-R07",
                numaNodes: 2,
                cpusPerNode: 112,
                memoryGiB: 2048
            ),
            to: &tree
        )
        let rootBuses: [UInt8] = [0x18, 0x40, 0x4f, 0x5e, 0x9a, 0xc0, 0xce, 0xdc]
        for (index, bus) in rootBuses.enumerated() {
            let above = [PCIAddress(bus: bus, device: 1), PCIAddress(bus: bus + 1, device: 0)]
            addGPU(index, bus + 3, below: above + [PCIAddress(bus: bus + 2, device: 0)], to: &tree)
            let plan = NICPlan(index: index, bus: bus + 4, bridges: above + [PCIAddress(bus: bus + 2, device: 4)])
            addNIC(plan, to: &tree)
        }
        for index in 0..<4 { addNVSwitch(UInt8(index), to: &tree) }
        tree.file("proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  570.86.15")
        addConfiguration(
            #"""
            - key: pod
              from: {dmi: chassis_asset_tag}
              match: '^(?<value>SU\d{2})-R\d{2}$'
            - key: pod
              from: {hostname: true}
              match: '^dgx-(?<value>su\d{2})-'
            - key: rack
              from: {dmi: chassis_asset_tag}
              match: '^SU\d{2}-(?<value>R\d{2})$'
            """#,
            to: &tree
        )
    }

    private func addGPU(_ index: Int, _ bus: UInt8, below bridges: [PCIAddress], to tree: inout FileTree) {
        let address = PCIAddress(bus: bus, device: 0)
        tree.add(
            PCIPlan(
                address: address,
                bridges: bridges,
                vendor: PCIVendor.nvidia,
                device: 0x2330,
                classCode: 0x030200,
                driver: "nvidia",
                numaNode: index / 4
            )
        )
        tree.file(
            "proc/driver/nvidia/gpus/\(address)/information",
            """
            Model: \t\t NVIDIA H100 80GB HBM3
            IRQ:   \t\t \(100 + index)
            GPU UUID: \t GPU-\(uuid("gpu\(index)"))
            Video BIOS: \t 96.00.99.00.01
            Bus Type: \t PCIe
            Bus Location: \t \(address)
            Device Minor: \t \(index)
            GPU Firmware: \t 570.86.15
            GPU Excluded:\t No
            """
        )
    }

    private func addNVSwitch(_ index: UInt8, to tree: inout FileTree) {
        let address = PCIAddress(bus: 7 + index, device: 0)
        tree.add(
            PCIPlan(
                address: address,
                bridges: [
                    PCIAddress(bus: 4, device: 1), PCIAddress(bus: 5, device: 0), PCIAddress(bus: 6, device: index),
                ],
                vendor: PCIVendor.nvidia,
                device: 0x22a3,
                classCode: 0x068000,
                driver: "nvidia-nvswitch",
                numaNode: 0
            )
        )
        tree.file("proc/driver/nvidia-nvswitch/devices/\(address)/information", "UUID: SWX-\(uuid("switch\(index)"))")
    }
}
