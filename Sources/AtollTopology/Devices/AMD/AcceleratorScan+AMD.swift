import AtollModel

extension AcceleratorScan {
    /// Every GPU node is a device of its own, joined with the PCI function of its address.
    mutating func addKFDNodes(_ pci: PCIScan) {
        let functions = Dictionary(
            pci.accelerators.map { ($0.function.address.firstFunction, $0.function) },
            uniquingKeysWith: { first, _ in first }
        )
        let partitions = Dictionary(grouping: kfd?.gpus ?? [], by: \.address).mapValues { UInt64($0.count) }
        for node in kfd?.gpus ?? [] {
            let function = functions[node.address]
            var device = Device(
                index: 0,
                vendor: .amd,
                model: ModelTable.name(vendor: node.vendor, device: node.device)
                    ?? ModelTable.placeholder(vendor: node.vendor, device: node.device),
                pciAddress: (function?.address ?? node.address).description,
                numaNode: function?.numaNode,
                driver: function?.driver ?? "amdgpu",
                uniqueID: node.uniqueID == 0 ? "" : node.uniqueID.hexadecimal(digits: 16)
            )
            let whole = function.map { amdFunction($0.address) }
            // Where the driver does not say what a partition has, it has its share.
            device.memoryBytes = node.memoryBytes ?? (whole?.memoryBytes ?? 0) / (partitions[node.address] ?? 1)
            var entry = Accelerator(device: device, function: function, kfd: node, isKnown: true, isEnumerated: true)
            if let whole { entry.take(whole) }
            entry.hive = node.hive ?? entry.hive
            entry.deviceNode = node.renderMinor.map { "/dev/dri/renderD\($0)" } ?? ""
            accelerators.append(entry)
        }
    }

    /// Partitions share a function, which is asked once.
    mutating func amdFunction(_ address: PCIAddress) -> AMDFunction {
        if let known = amdFunctions[address] { return known }
        let function = AMDFunction(tree, address, options)
        amdFunctions[address] = function
        return function
    }

    /// The links between AMD GPUs: from KFD, or where that is not there from amdgpu itself.
    var amdLinks: [DeviceLink] {
        var links = kfd?.deviceLinks() ?? []
        let seen = amdFunctions.sorted { $0.key < $1.key }.flatMap { address, function in
            function.peers.filter { address < $0.address }.map { (address.description, $0) }
        }
        for (address, peer) in seen {
            let index = links.firstIndex { $0.from == address && $0.to == peer.address.description } ?? links.count
            if index == links.count && kfd == nil {
                links.append(
                    DeviceLink(.xgmi, from: address, to: peer.address.description, weight: peer.hops * Self.hopWeight)
                )
            }
            if index < links.count { links[index].count = peer.links }
        }
        return links
    }

    /// What KFD gives for each hop.
    private static let hopWeight: UInt32 = 15
}

extension Accelerator {
    mutating func take(_ amd: AMDFunction) {
        if device.uniqueID.isEmpty { device.uniqueID = amd.uniqueID }
        serialNumber = amd.serialNumber
        productName = amd.productName
        hive = amd.hive
        computePartition = amd.computePartition
        memoryPartition = amd.memoryPartition
        health = amd.health
    }
}

extension HostTopology {
    /// The links between devices and what comes of them.
    mutating func takeFabric(of scan: AcceleratorScan) {
        kfd = scan.kfd
        links = scan.amdLinks + scan.neuronLinks
        hives = Hive.all(of: accelerators)
    }
}

extension Hive {
    /// The hives of devices, each in the order of its first one; partitions of a device are one member.
    static func all(of accelerators: [Accelerator]) -> [Hive] {
        var hives: [Hive] = []
        for entry in accelerators {
            guard let id = entry.hive else { continue }
            let index = hives.firstIndex { $0.id == id } ?? hives.count
            if index == hives.count { hives.append(Hive(id: id, devices: [])) }
            if hives[index].devices.last != entry.device.pciAddress {
                hives[index].devices.append(entry.device.pciAddress)
            }
        }
        return hives
    }
}
