import AtollModel

/// Brings PCI, KFD and the device classes together into one list of accelerators.
struct AcceleratorScan {
    private let tree: HostTree
    private(set) var accelerators: [Accelerator] = []
    private(set) var warnings: Warnings

    init(_ tree: HostTree, _ pci: PCIScan, warnings: Warnings) {
        self.tree = tree
        self.warnings = warnings
        let kfd = KFDTopology(tree, warnings: &self.warnings)
        addKFDNodes(kfd, pci)
        addPCIFunctions(pci, kfd)
        addAccelClass(pci)
        addNeuronClass()
        addLinks()
        putInOrder()
    }

    /// Every GPU node is a device of its own, joined with the PCI function of its address.
    private mutating func addKFDNodes(_ kfd: KFDTopology, _ pci: PCIScan) {
        let functions = Dictionary(
            pci.accelerators.map { ($0.function.address.firstFunction, $0.function) },
            uniquingKeysWith: { first, _ in first }
        )
        for node in kfd.nodes {
            let function = functions[node.address]
            let address = function?.address ?? node.address
            let name = ModelTable.name(vendor: node.vendor, device: node.device)
            let device = Device(
                index: 0,
                vendor: .amd,
                model: name ?? ModelTable.placeholder(vendor: node.vendor, device: node.device),
                pciAddress: address.description,
                numaNode: function?.numaNode,
                driver: function?.driver ?? "amdgpu",
                uniqueID: node.uniqueID == 0 ? "" : node.uniqueID.hexadecimal(digits: 16)
            )
            accelerators.append(
                Accelerator(device: device, function: function, kfdNode: node.number, isKnown: true, isEnumerated: true)
            )
        }
    }

    private mutating func addPCIFunctions(_ pci: PCIScan, _ kfd: KFDTopology) {
        let inKFD = Set(kfd.nodes.map(\.address))
        var chips: Set<PCIAddress> = []
        for (function, kind) in pci.accelerators {
            let chip = function.address.firstFunction
            // A TPU 7x shows each of its two cores as a function of one chip.
            if kind.vendor == .google && !chips.insert(chip).inserted { continue }
            if kind.vendor == .amd && (inKFD.contains(chip) || kind.needsKFDNode) { continue }
            add(function, kind, isBlocked: kind.vendor == .amd && kfd.isPresent)
        }
    }

    private mutating func add(_ function: PCIFunction, _ kind: AcceleratorKind, isBlocked: Bool = false) {
        let health = VendorHealth(tree, function, kind)
        let device = Device(
            index: 0,
            vendor: kind.vendor,
            model: kind.model,
            pciAddress: function.address.description,
            numaNode: function.numaNode,
            driver: function.driver,
            uniqueID: health.uniqueID,
            usable: kind.isKnown && health.isEnumerated && health.complaint.isEmpty && !isBlocked
        )
        var entry = Accelerator(
            device: device,
            function: function,
            kfdNode: nil,
            complaint: isBlocked ? "has no KFD node and cannot compute" : health.complaint,
            isKnown: kind.isKnown,
            isEnumerated: health.isEnumerated && !isBlocked
        )
        if let gpu = health.nvidia { entry.take(gpu) }
        accelerators.append(entry)
    }

    /// Partitions share a function, which is asked once.
    private mutating func addLinks() {
        var known: [PCIAddress: DeviceHealth] = [:]
        for index in accelerators.indices {
            guard let function = accelerators[index].function else { continue }
            let address = function.address
            let errors = known[address] ?? DeviceHealth(linkErrorsOf: address, tree, warnings: &warnings)
            known[address] = errors
            accelerators[index].device.link = function.link
            accelerators[index].health.takeLinkErrors(of: errors)
        }
    }

    /// Devices of `/sys/class/accel` that the PCI list did not give: of vendors without a table, or without PCI.
    private mutating func addAccelClass(_ pci: PCIScan) {
        let folder = "sys/class/accel"
        let names = tree.names(in: folder)
        warnings.add(names, of: folder)
        let known = Set(accelerators.map(\.device.pciAddress))
        for name in (names.value ?? []) where name.isNumbered("accel") {
            // Both of upstream's drivers and of Google's; `accel_controlD<n>` is filtered by the name.
            guard let address = tree.pciParent(of: "\(folder)/\(name)"),
                !known.contains(address.description), !known.contains(address.firstFunction.description),
                let ids = PCIIdentity(tree, address, warnings: &warnings)
            else { continue }
            let model = ModelTable.placeholder(vendor: ids.vendor, device: ids.device)
            let function = pci.function(address, ids, &warnings)
            add(function, AcceleratorKind(vendor: .other, model: model, isKnown: false))
        }
    }

    /// Neuron devices have no PCI parent in sysfs; the class counts only where the PCI list shows none of them.
    private mutating func addNeuronClass() {
        if accelerators.contains(where: { $0.device.vendor == .aws }) { return }
        let folder = "sys/class/neuron_device"
        let names = tree.names(in: folder)
        warnings.add(names, of: folder)
        let numbers = (names.value ?? []).filter { $0.isNumbered("neuron") }.compactMap { UInt32($0.dropFirst(6)) }
        for number in numbers.sorted() {
            let path = "\(folder)/neuron\(number)/info"
            let name = tree.text("\(path)/architecture/device_name").value ?? "Neuron"
            let serial = tree.text("\(path)/serial_number").value ?? ""
            let device = Device(
                index: 0,
                vendor: .aws,
                model: name.printable(max: 64),
                driver: "neuron",
                uniqueID: serial.printable(max: 64)
            )
            accelerators.append(Accelerator(device: device, isKnown: true, isEnumerated: true))
        }
    }

    /// By vendor; in it what the runtime counts before what it does not, KFD nodes by number, TPUs on vfio by IOMMU
    /// group (as Google's tpu_info does), everything else by PCI address. The sort is stable.
    private mutating func putInOrder() {
        let vendors = AcceleratorVendor.allCases
        func rank(_ entry: Accelerator) -> (Int, Int, UInt32) {
            let group = entry.device.vendor == .google ? entry.function?.iommuGroup : nil
            let vendor = vendors.firstIndex(of: entry.device.vendor) ?? vendors.count
            return (vendor, entry.isEnumerated ? 0 : 1, entry.kfdNode ?? group ?? 0)
        }
        accelerators.sort { rank($0) < rank($1) }
        for index in accelerators.indices { accelerators[index].device.index = UInt32(index) }
    }
}

extension String {
    /// The prefix followed by decimal digits and nothing else.
    func isNumbered(_ prefix: String) -> Bool {
        hasPrefix(prefix) && utf8.count > prefix.utf8.count
            && utf8.dropFirst(prefix.utf8.count).allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
