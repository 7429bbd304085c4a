import AtollModel

/// Brings PCI, KFD and the device classes together into one list of accelerators.
struct AcceleratorScan {
    let tree: HostTree
    let options: HostReadOptions
    let kfd: KFDTopology?
    private let deviceNodes: DeviceNodes
    var accelerators: [Accelerator] = []
    var warnings: Warnings
    /// By address, each asked once.
    var amdFunctions: [PCIAddress: AMDFunction] = [:]
    var neuronLinks: [DeviceLink] = []

    init(_ tree: HostTree, _ pci: PCIScan, _ options: HostReadOptions, warnings: Warnings) {
        self.tree = tree
        self.options = options
        self.warnings = warnings
        kfd = KFDTopology.read(tree, warnings: &self.warnings)
        deviceNodes = DeviceNodes(tree, &self.warnings)
        addKFDNodes(pci)
        addPCIFunctions(pci)
        addAccelClass(pci)
        addNeuronClass()
        addLinks()
        putInOrder()
    }

    private mutating func addPCIFunctions(_ pci: PCIScan) {
        let inKFD = Set(kfd?.gpus.map(\.address) ?? [])
        var chips: Set<PCIAddress> = []
        for (function, kind) in pci.accelerators {
            let chip = function.address.firstFunction
            // A TPU 7x shows each of its two cores as a function of one chip.
            if kind.vendor == .google && !chips.insert(chip).inserted { continue }
            if kind.vendor == .amd && (inKFD.contains(chip) || kind.needsKFDNode) { continue }
            add(function, kind, isBlocked: kind.vendor == .amd && kfd != nil)
        }
    }

    private mutating func add(_ function: PCIFunction, _ kind: AcceleratorKind, isBlocked: Bool = false) {
        let health = VendorHealth(tree, function, kind)
        let complaint = isBlocked ? "has no KFD node and cannot compute" : health.complaint
        let device = Device(
            index: 0,
            vendor: kind.vendor,
            model: kind.model,
            pciAddress: function.address.description,
            numaNode: function.numaNode,
            driver: function.driver,
            uniqueID: health.uniqueID,
            usable: kind.isKnown && health.isEnumerated && complaint.isEmpty
        )
        var entry = Accelerator(
            device: device,
            function: function,
            complaint: complaint,
            deviceNode: deviceNodes.path(of: function, kind.vendor),
            isKnown: kind.isKnown,
            isEnumerated: health.isEnumerated && !isBlocked
        )
        if let gpu = health.nvidia { entry.take(gpu) }
        takeVendorFiles(function, of: kind.vendor, &entry)
        accelerators.append(entry)
    }

    /// What the driver adds to the folder of the function.
    private mutating func takeVendorFiles(
        _ function: PCIFunction,
        of vendor: AcceleratorVendor,
        _ entry: inout Accelerator
    ) {
        switch vendor {
        case .amd:
            let amd = amdFunction(function.address)
            entry.take(amd)
            entry.device.memoryBytes = amd.memoryBytes
        case .habana: entry.takeGaudi(tree, function)
        case .intel: entry.takeTiles(tree, function)
        case .nvidia, .google, .aws, .other: break
        }
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

    /// Devices of `/sys/class/accel` that the PCI list did not give: of vendors without a table.
    private mutating func addAccelClass(_ pci: PCIScan) {
        let known = Set(accelerators.map(\.device.pciAddress))
        for address in deviceNodes.accel.keys.sorted() {
            guard !known.contains(address.description), !known.contains(address.firstFunction.description),
                let ids = PCIIdentity(tree, address, warnings: &warnings)
            else { continue }
            let model = ModelTable.placeholder(vendor: ids.vendor, device: ids.device)
            let function = pci.function(address, ids, &warnings)
            add(function, AcceleratorKind(vendor: .other, model: model, isKnown: false))
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
