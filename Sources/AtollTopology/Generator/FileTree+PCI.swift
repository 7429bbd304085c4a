/// One PCI function of a generated host.
struct PCIPlan {
    var address: PCIAddress
    /// The bridges between the root bus and the function, outermost first.
    var bridges: [PCIAddress]
    var vendor: UInt16
    var device: UInt16
    var classCode: UInt32
    var driver: String
    var numaNode: Int
    /// What the driver adds to the function's folder.
    var attributes: [(name: String, text: String)] = []

    /// `pciDDDD:BB` of the outermost bridge, or of the function itself.
    private var root: String {
        let first = bridges.first ?? address
        return "pci\(first.domain.hexadecimal(digits: 4)):\(first.bus.hexadecimal(digits: 2))"
    }

    /// The real folder of the function.
    var folder: String {
        (["sys/devices", root] + bridges.map(\.description) + [address.description]).joined(separator: "/")
    }

    /// What the kernel says of it in one file (`drivers/pci/pci-driver.c`, `pci_uevent`).
    fileprivate var event: String {
        """
        DRIVER=\(driver)
        PCI_CLASS=\(String(classCode, radix: 16).uppercased())
        PCI_ID=\(vendor.hexadecimal(digits: 4).uppercased()):\(device.hexadecimal(digits: 4).uppercased())
        PCI_SLOT_NAME=\(address)
        """
    }

    /// The outermost bridge with everything below it taken off, and so on inwards.
    fileprivate var bridgePlans: [PCIPlan] {
        bridges.indices.map { index in
            // Intel's PCIe root ports and Broadcom's switches, both driven by pcieport.
            let isRootPort = index == 0
            return PCIPlan(
                address: bridges[index],
                bridges: Array(bridges[..<index]),
                vendor: isRootPort ? 0x8086 : 0x1000,
                device: isRootPort ? 0x352a : 0xc030,
                classCode: 0x060400,
                driver: "pcieport",
                numaNode: numaNode
            )
        }
    }
}

extension FileTree {
    /// Adds a function, the bridges above it, and the links to it from its bus and its driver.
    mutating func add(_ plan: PCIPlan) {
        for bridge in plan.bridgePlans { addFunction(bridge) }
        addFunction(plan)
    }

    private mutating func addFunction(_ plan: PCIPlan) {
        let folder = plan.folder
        files(
            folder,
            [
                ("uevent", plan.event),
                ("class", "0x" + plan.classCode.hexadecimal(digits: 6)),
                ("vendor", "0x" + plan.vendor.hexadecimal(digits: 4)),
                ("device", "0x" + plan.device.hexadecimal(digits: 4)),
                ("numa_node", "\(plan.numaNode)"),
                ("max_link_speed", "32.0 GT/s PCIe"), ("max_link_width", "16"),
                ("current_link_speed", "32.0 GT/s PCIe"), ("current_link_width", "16"),
            ] + plan.attributes
        )
        link("\(folder)/subsystem", to: "sys/bus/pci")
        link("\(folder)/driver", to: "sys/bus/pci/drivers/\(plan.driver)")
        link("sys/bus/pci/drivers/\(plan.driver)/\(plan.address)", to: folder)
        link("\(PCIFunction.devicesFolder)/\(plan.address)", to: folder)
    }
}
