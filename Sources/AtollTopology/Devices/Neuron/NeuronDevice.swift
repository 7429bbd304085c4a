/// A device of the class `neuron_device` (aws-neuron-driver). The driver numbers devices by their place in the fabric, and
/// sysfs does not say which PCI function is which, so that none is assumed.
struct NeuronDevice: Equatable {
    var number: UInt32
    /// The PCI function, where a driver gives the device a parent.
    var parent: PCIAddress?
    /// `Trainium2`.
    var name: String
    var serialNumber: String
    var coreCount: UInt32?
    /// Numbers of the devices that it has links to.
    var peers: [UInt32]
    var uncorrectableErrors: UInt64?

    static let folder = "sys/class/neuron_device"

    /// In the order of their numbers.
    static func readAll(_ tree: HostTree, _ warnings: inout Warnings) -> [NeuronDevice] {
        let names = tree.names(in: folder)
        warnings.add(names, of: folder)
        return (names.value ?? []).filter { $0.isNumbered("neuron") }.compactMap { UInt32($0.dropFirst(6)) }.sorted()
            .map { NeuronDevice($0, tree, &warnings) }
    }

    private init(_ number: UInt32, _ tree: HostTree, _ warnings: inout Warnings) {
        let folder = "\(Self.folder)/neuron\(number)"
        self.number = number
        parent = tree.linkName("\(folder)/device").value.flatMap { PCIAddress($0) }
        name = tree.text("\(folder)/info/architecture/device_name").value?.printable(max: 64) ?? ""
        serialNumber = tree.text("\(folder)/info/serial_number").value?.printable(max: 64) ?? ""
        coreCount = Self.coreCount(tree, folder)
        let connected = tree.text("\(folder)/connected_devices")
        warnings.add(connected, of: "\(folder)/connected_devices")
        peers = connected.value.flatMap { IDList.parse($0) } ?? []
        uncorrectableErrors = Self.errors(tree, "\(folder)/stats/hardware")
    }

    /// `core_count` is for root only; the folders of the cores are for everybody.
    private static func coreCount(_ tree: HostTree, _ folder: String) -> UInt32? {
        if let count = tree.text("\(folder)/core_count").value.flatMap({ UInt32($0) }) { return count }
        let cores = tree.names(in: folder).value?.filter { $0.isNumbered("neuron_core") }.count ?? 0
        return cores > 0 ? UInt32(cores) : nil
    }

    /// Nil where there is no counter. Errors that a repair at the next reset removes have lost data too.
    private static func errors(_ tree: HostTree, _ folder: String) -> UInt64? {
        let files = ["sram_ecc_uncorrected", "mem_ecc_uncorrected", "mem_ecc_repairable_uncorrected"]
        let counts = files.compactMap { tree.text("\(folder)/\($0)").value.flatMap { UInt64($0) } }
        return counts.isEmpty ? nil : counts.reduce(0) { $0.addingReportingOverflow($1).partialValue }
    }
}
