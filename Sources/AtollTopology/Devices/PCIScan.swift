/// All PCI functions of a host that matter here, each kind in address order.
struct PCIScan {
    private(set) var accelerators: [(function: PCIFunction, kind: AcceleratorKind)] = []
    /// Functions of the network class, without the virtual ones beside their physical ones.
    private(set) var network: [PCIFunction] = []
    private(set) var nvswitches: [PCIFunction] = []
    /// Functions whose ids read as zeros: they are there and do not answer.
    private(set) var silent: [PCIFunction] = []
    /// Bridges with something else than a bridge below them.
    private(set) var bridges: [PCIFunction] = []

    private let tree: HostTree
    private var visible: Set<PCIAddress> = []
    private var paths: [PCIAddress: PCIPath] = [:]
    private var linkEnds: [PCIAddress: PCILinkEnd] = [:]

    init(_ tree: HostTree, warnings: inout Warnings) {
        self.tree = tree
        let folder = tree.names(in: PCIFunction.devicesFolder)
        warnings.add(folder, of: PCIFunction.devicesFolder)
        let addresses = (folder.value ?? []).compactMap { PCIAddress($0) }.sorted()
        visible = Set(addresses)
        var identities: [(PCIAddress, PCIIdentity)] = []
        for address in addresses {
            guard let ids = PCIIdentity(tree, address, warnings: &warnings) else { continue }
            identities.append((address, ids))
            paths[address] = PCIPath(tree, address)
        }
        addBridges(identities, &warnings)
        for (address, ids) in identities { add(address, ids, &warnings) }
    }

    /// Whether it is a virtual function beside its physical one. Where that cannot be seen, in a guest, it counts as
    /// any other.
    private func isShadow(_ address: PCIAddress) -> Bool {
        tree.linkName("\(PCIFunction.folder(address))/physfn").value.flatMap { PCIAddress($0) }.map(visible.contains)
            ?? false
    }

    /// One function, with its link joined to the port above it.
    func function(_ address: PCIAddress, _ ids: PCIIdentity, _ warnings: inout Warnings) -> PCIFunction {
        var function = PCIFunction(address, ids, paths[address], tree, &warnings)
        function.readPlace(tree, driver: ids.driver, &warnings)
        join(&function)
        return function
    }

    private func join(_ function: inout PCIFunction) {
        if !function.linksUpwards { return }
        function.link = function.linkEnd.link(to: function.port.flatMap { linkEnds[$0] })
    }

    private mutating func add(_ address: PCIAddress, _ ids: PCIIdentity, _ warnings: inout Warnings) {
        if ids.isNVSwitch {
            nvswitches.append(function(address, ids, &warnings))
        } else if ids.isSilent {
            silent.append(function(address, ids, &warnings))
        } else if ids.isNetwork {
            // There may be hundreds of virtual ones, for guests; those that RDMA names are read for that.
            if !isShadow(address) { network.append(function(address, ids, &warnings)) }
        } else if let kind = AcceleratorKind(ids, isFirstFunction: address.function == 0), !isShadow(address) {
            accelerators.append((function(address, ids, &warnings), kind))
        }
    }

    private mutating func addBridges(_ identities: [(PCIAddress, PCIIdentity)], _ warnings: inout Warnings) {
        var used: Set<PCIAddress> = []
        for (address, ids) in identities where !ids.isBridge { used.formUnion(paths[address]?.bridges ?? []) }
        // A bridge comes after those above it, whose buses have lower numbers.
        for (address, ids) in identities where used.contains(address) {
            var bridge = PCIFunction(address, ids, paths[address], tree, &warnings)
            linkEnds[address] = bridge.linkEnd
            join(&bridge)
            bridges.append(bridge)
        }
    }
}

/// Vendor, device and class: enough to know whether a function deserves more reads.
struct PCIIdentity: Equatable {
    var vendor: UInt16
    var device: UInt16
    var classCode: UInt32
    /// Nil where `uevent` names none.
    var driver: String?

    init(vendor: UInt16, device: UInt16, classCode: UInt32, driver: String? = nil) {
        self.vendor = vendor
        self.device = device
        self.classCode = classCode
        self.driver = driver
    }

    /// Reads `uevent`, which has all three in one file, and the attributes for what is not there. Nil, with a warning
    /// unless the whole function is gone, when something is still missing.
    init?(_ tree: HostTree, _ address: PCIAddress, warnings: inout Warnings) {
        let folder = PCIFunction.folder(address)
        let event = tree.text("\(folder)/uevent").value.map { Properties($0, separator: "=") }
        let words = event?["PCI_ID"]?.split(separator: ":") ?? []
        let ids = words.count == 2 ? words.map { UInt16(hexadecimal: $0) } : []
        func attribute<Number: FixedWidthInteger>(_ name: String) -> Number? {
            tree.hexadecimal("\(folder)/\(name)").value
        }
        guard let vendor = (ids.first ?? nil) ?? attribute("vendor"),
            let device = (ids.last ?? nil) ?? attribute("device"),
            let classCode = event?["PCI_CLASS"].flatMap({ UInt32(hexadecimal: $0) }) ?? attribute("class")
        else {
            if tree.exists(folder) {
                warnings.add("PCI function \(address) is left out: its vendor, device or class cannot be read")
            }
            return nil
        }
        self.init(vendor: vendor, device: device, classCode: classCode, driver: event?["DRIVER"])
    }

    var shortClass: UInt16 { UInt16(truncatingIfNeeded: classCode >> 8) }

    /// A bridge to another PCI bus.
    var isBridge: Bool { shortClass == 0x0604 }

    var isNetwork: Bool { shortClass >> 8 == 0x02 }

    /// No function has zero for its vendor.
    var isSilent: Bool { vendor == 0 && device == 0 && classCode == 0 }

    /// Bridge of another kind, by NVIDIA, that is no LS10 bridge function (22a8 to 22af).
    var isNVSwitch: Bool { vendor == PCIVendor.nvidia && shortClass == 0x0680 && !(0x22a8...0x22af).contains(device) }
}

extension PCIFunction {
    /// What is read of bridges too.
    fileprivate init(
        _ address: PCIAddress,
        _ ids: PCIIdentity,
        _ path: PCIPath?,
        _ tree: HostTree,
        _ warnings: inout Warnings
    ) {
        self.init(address: address, vendor: ids.vendor, device: ids.device, classCode: ids.classCode, path: path)
        linkEnd = PCILinkEnd(tree, Self.folder(address), warnings: &warnings)
    }

    fileprivate mutating func readPlace(_ tree: HostTree, driver known: String?, _ warnings: inout Warnings) {
        let folder = Self.folder(address)
        numaNode = tree.numaNode(of: folder, warnings: &warnings)
        driver = (known ?? tree.linkName("\(folder)/driver").value)?.printable(max: 64) ?? ""
        iommuGroup = tree.linkName("\(folder)/iommu_group").value.flatMap { UInt32($0) }
        physicalFunction = tree.linkName("\(folder)/physfn").value.flatMap { PCIAddress($0) }
        localCPUs = tree.text("\(folder)/local_cpulist").value?.printable(max: 255) ?? ""
    }
}

extension HostTree {
    func hexadecimal<Number: FixedWidthInteger>(_ path: String) -> Reading<Number> {
        text(path).flatMap { text in Number(hexadecimal: text).map { .value($0) } ?? .failed(SystemCalls.notANumber) }
    }

    /// The `numa_node` of a device's folder; nil for -1, which virtual machines and old firmware give.
    func numaNode(of folder: String, warnings: inout Warnings) -> UInt32? {
        let node: Reading<Int32> = text("\(folder)/numa_node").flatMap { text in
            Int32(text).map { .value($0) } ?? .failed(SystemCalls.notANumber)
        }
        warnings.add(node, of: "\(folder)/numa_node")
        return node.value.flatMap { UInt32(exactly: $0) }
    }
}
