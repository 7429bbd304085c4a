import AtollModel

/// Brings the classes of network devices and the PCI functions together into one list.
struct NetworkScan {
    private let tree: HostTree
    private let pci: PCIScan
    private(set) var devices: [NetworkDevice] = []
    private(set) var warnings: Warnings

    init(_ tree: HostTree, _ pci: PCIScan, warnings: Warnings) {
        self.tree = tree
        self.pci = pci
        self.warnings = warnings
        addRDMA()
        addSlingshot()
        addFunctions()
        markSwitchManagement()
        readHealth()
        devices.sort { NaturalOrder.precedes($0.name, $1.name) }
    }

    /// RDMA devices are those of this class, whatever the class of their PCI functions: that of a qib is a serial bus.
    private mutating func addRDMA() {
        for name in names(in: NetworkDevice.rdmaFolder) {
            let function = parent(of: "\(NetworkDevice.rdmaFolder)/\(name)")
            var device = NetworkDevice(rdma: name, function, tree, &warnings)
            device.interfaces = interfaces(of: function).map(\.name)
            devices.append(device)
        }
    }

    private mutating func addSlingshot() {
        for name in names(in: NetworkDevice.slingshotFolder) where name.isNumbered("cxi") {
            let function = parent(of: "\(NetworkDevice.slingshotFolder)/\(name)")
            var device = NetworkDevice(name: name, kind: .slingshot, function: function)
            let interfaces = interfaces(of: function)
            device.interfaces = interfaces.map(\.name)
            device.ports = [NetworkPort(slingshot: name, interfaces.first, tree, &warnings)]
            devices.append(device)
        }
    }

    /// Functions of the network class that no class of devices has named.
    private mutating func addFunctions() {
        let known = Set(devices.compactMap { $0.function?.address })
        for function in pci.network where !known.contains(function.address) {
            let interfaces = interfaces(of: function)
            let name = interfaces.first?.name ?? function.address.description
            var device = NetworkDevice(name: name, kind: NetworkDevice.Kind(function), function: function)
            device.interfaces = interfaces.map(\.name)
            for interface in interfaces {
                device.ports.append(NetworkPort(number: device.ports.count + 1, interface, tree, &warnings))
            }
            devices.append(device)
        }
    }

    /// On baseboards whose NVSwitches PCI does not show (HGX B200, B300), the host manages them through ConnectX-7
    /// functions, which say so in their product data alone. That is slow to read and for root, so it is read where it
    /// can matter.
    private mutating func markSwitchManagement() {
        if !pci.accelerators.contains(where: { $0.function.mayHideSwitches }) { return }
        for index in devices.indices {
            guard let function = devices[index].function, function.vendor == 0x15b3, function.device == 0x1021 else {
                continue
            }
            let data = tree.bytes("\(PCIFunction.folder(function.address))/vpd", bytesMax: HostTree.fileBytesMax)
            let text = String(decoding: data.value ?? [], as: UTF8.self)
            devices[index].isSwitchManagement = text.contains("SMDL=SW_MNG")
        }
    }

    private mutating func readHealth() {
        for index in devices.indices {
            guard let address = devices[index].function?.address else { continue }
            devices[index].health = DeviceHealth(linkErrorsOf: address, tree, warnings: &warnings)
        }
    }

    private mutating func names(in folder: String) -> [String] {
        let names = tree.names(in: folder)
        warnings.add(names, of: folder)
        return (names.value ?? []).prefix(Self.devicesMax).filter { $0.printable(max: 64) == $0 }
    }

    private static let devicesMax = 1024

    /// The PCI function of a class device; nil for one without (scif, soft-RoCE).
    private mutating func parent(of device: String) -> PCIFunction? {
        guard let address = tree.pciParent(of: device) else { return nil }
        if let function = pci.network.first(where: { $0.address == address }) { return function }
        guard let ids = PCIIdentity(tree, address, warnings: &warnings) else { return nil }
        return pci.function(address, ids, &warnings)
    }

    /// The interfaces of a function, below it or below its virtio device.
    private func interfaces(of function: PCIFunction?) -> [NetworkInterface] {
        guard let function else { return [] }
        let folder = PCIFunction.folder(function.address)
        let virtual =
            function.vendor == 0x1af4 ? tree.numbers("virtio", in: folder).map { "\(folder)/virtio\($0)" } : []
        return ([folder] + virtual).map { "\($0)/net" }.flatMap { folder in
            (tree.names(in: folder).value ?? []).filter { $0.printable(max: 64) == $0 }
                .map { NetworkInterface(name: $0, folder: "\(folder)/\($0)") }
        }
    }
}

/// A network interface with its folder.
struct NetworkInterface {
    var name: String
    var folder: String
}

extension PCIFunction {
    /// NVIDIA's GB100 and GB110 families, of which some baseboards have NVSwitches that are no PCI functions.
    fileprivate var mayHideSwitches: Bool {
        vendor == PCIVendor.nvidia && ((0x2900...0x29ff).contains(device) || (0x3180...0x31ff).contains(device))
    }
}
