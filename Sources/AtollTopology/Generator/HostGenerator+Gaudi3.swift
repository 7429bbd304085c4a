extension HostGenerator {
    /// Eight Gaudi3 with their DRM accel class devices.
    func addGaudi3(_ tree: inout FileTree) {
        addSystem(
            SystemPlan(
                vendor: "Supermicro",
                product: "SYS-822GA-NGR3",
                numaNodes: 2,
                cpusPerNode: 128,
                memoryGiB: 1536
            ),
            to: &tree
        )
        let rootBuses: [UInt8] = [0x17, 0x32, 0x4c, 0x66, 0x98, 0xb2, 0xcc, 0xe6]
        // The slot of a card on the baseboard does not follow its address.
        let slots = [6, 7, 4, 5, 2, 3, 0, 1]
        for (index, bus) in rootBuses.enumerated() {
            let address = PCIAddress(bus: bus + 2, device: 0)
            let plan = PCIPlan(
                address: address,
                bridges: [PCIAddress(bus: bus, device: 1), PCIAddress(bus: bus + 1, device: 0)],
                vendor: PCIVendor.habana,
                device: 0x1060,
                classCode: 0x120000,
                driver: "habanalabs",
                numaNode: index / 4,
                attributes: [
                    ("device_type", "GAUDI3"), ("status", "Operational"), ("module_id", "\(slots[index])"),
                    ("pci_addr", "\(address)"), ("accel/accel\(index)/dev", "261:\(index)"),
                ]
            )
            tree.add(plan)
            tree.link("\(plan.folder)/accel/accel\(index)/device", to: plan.folder)
            tree.link("sys/class/accel/accel\(index)", to: "\(plan.folder)/accel/accel\(index)")
        }
        addConfiguration(
            """
            - key: accelerator-model
              from: {sysfs: "bus/pci/drivers/habanalabs/*:*/device"}
              map: {"0x1020": gaudi2, "0x1060": gaudi3}
            """,
            to: &tree
        )
    }
}
