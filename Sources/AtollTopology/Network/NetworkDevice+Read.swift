extension NetworkDevice {
    static let rdmaFolder = "sys/class/infiniband"
    static let slingshotFolder = "sys/class/cxi"

    /// A device of `/sys/class/infiniband`. Its ports' attributes ask the firmware, so no more is read than is kept; the
    /// tables `gids` and `pkeys` have hundreds of files.
    init(rdma name: String, _ function: PCIFunction?, _ tree: HostTree, _ warnings: inout Warnings) {
        let folder = "\(Self.rdmaFolder)/\(name)"
        func read(_ attribute: String) -> String { tree.attribute("\(folder)/\(attribute)", &warnings) }
        self.init(name: name, kind: .infiniband, function: function)
        isRDMA = true
        nodeType = read("node_type")
        nodeGUID = read("node_guid").unlessZero
        systemImageGUID = read("sys_image_guid").unlessZero
        firmware = read("fw_ver")
        boardID = read("board_id")
        hcaType = read("hca_type")
        ports = tree.numbers("", in: "\(folder)/ports").prefix(Self.portsMax).map { number in
            NetworkPort(number, "\(folder)/ports/\(number)", tree, &warnings)
        }
        kind = Kind(rdma: self)
    }

    private static let portsMax = 256
}

extension NetworkDevice.Kind {
    /// The kind of an RDMA device: by its maker where that has a fabric of its own, else by what its ports speak.
    fileprivate init(rdma device: NetworkDevice) {
        if let function = device.function, let fabric = Self.fabric(function) {
            self = fabric
        } else if device.name.hasPrefix("hfi1_") {
            self = .opa
        } else {
            self = device.ports.contains { $0.linkLayer == "Ethernet" } ? .roce : .infiniband
        }
    }

    /// The kind of a PCI function that is no device of any class: its driver may be missing.
    init(_ function: PCIFunction) {
        self = Self.fabric(function) ?? (function.shortClass == 0x0207 ? .infiniband : .ethernet)
    }

    /// Cassini 1 and 2 and the latter's virtual function, Omni-Path, and Amazon's adapters.
    private static func fabric(_ function: PCIFunction) -> Self? {
        switch (function.vendor, function.device) {
        case (0x17db, 0x0501), (0x1590, 0x0371), (0x1590, 0x0372): .slingshot
        case (PCIVendor.intel, 0x24f0), (PCIVendor.intel, 0x24f1): .opa
        case (PCIVendor.amazon, 0xefa0...0xefaf): .efa
        default: nil
        }
    }
}

extension NetworkPort {
    /// A port of an RDMA device.
    fileprivate init(_ number: UInt32, _ folder: String, _ tree: HostTree, _ warnings: inout Warnings) {
        func read(_ attribute: String) -> String { tree.attribute("\(folder)/\(attribute)", &warnings) }
        self.init(number: number)
        state = read("state")
        physicalState = read("phys_state")
        rate = read("rate")
        linkLayer = read("link_layer")
        lid = read("lid")
        subnetManagerLID = read("sm_lid")
        firstGID = read("gids/0").unlessZero
    }

    /// A port of an Ethernet function, which is one interface. The speed of one that is down cannot be read, or is -1.
    init(number: Int, _ interface: NetworkInterface, _ tree: HostTree, _ warnings: inout Warnings) {
        self.init(number: UInt32(clamping: number))
        linkLayer = "Ethernet"
        state = tree.attribute("\(interface.folder)/operstate", &warnings)
        let megabits = tree.text("\(interface.folder)/speed").value.flatMap { UInt32($0) }
        rate = megabits.map { "\($0) Mb/s" } ?? ""
    }

    /// The port of a Slingshot device (`cxi_ss1`): by its own attributes, and by its interface where they are missing.
    init(slingshot name: String, _ interface: NetworkInterface?, _ tree: HostTree, _ warnings: inout Warnings) {
        let folder = "\(NetworkDevice.slingshotFolder)/\(name)/device"
        self = interface.map { NetworkPort(number: 1, $0, tree, &warnings) } ?? NetworkPort(number: 1)
        let link = tree.attribute("\(folder)/port/link", &warnings)
        if !link.isEmpty { state = link }
        let speed = tree.attribute("\(folder)/port/speed", &warnings)
        if !speed.isEmpty { rate = speed }
        linkLayer = "Slingshot"
        lid = tree.attribute("\(folder)/properties/nid", &warnings)
    }
}

extension HostTree {
    /// An attribute for people's eyes; empty, with a warning unless it is absent, when it cannot be read.
    fileprivate func attribute(_ path: String, _ warnings: inout Warnings) -> String {
        let text = text(path)
        warnings.add(text, of: path)
        return text.value?.printable(max: 128) ?? ""
    }
}

extension String {
    /// Drivers without an id write zeros.
    fileprivate var unlessZero: String {
        utf8.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ":") } ? "" : self
    }
}
