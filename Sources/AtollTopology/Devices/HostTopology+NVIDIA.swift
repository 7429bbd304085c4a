import AtollModel

extension HostTopology {
    /// NVSwitches by their PCI ids and by their driver's list, and what sits among them without saying what it is.
    mutating func takeSwitches(_ tree: HostTree, _ pci: PCIScan) {
        let driver = "proc/driver/nvidia-nvswitch/devices"
        let listed = (tree.names(in: driver).value ?? []).map { PCIAddress($0)?.description ?? $0.printable(max: 64) }
        nvswitches = Set(pci.nvswitches.map(\.address.description) + listed).sorted()
        silentSwitches = pci.silent.filter { function in pci.nvswitches.contains { $0.isOnSameSwitch(as: function) } }
            .map(\.address.description)
    }

    /// Memory of a GPU that is a NUMA node has its size there.
    mutating func takeDeviceMemory() {
        for index in accelerators.indices {
            guard let number = accelerators[index].memoryNUMANode else { continue }
            let node = numaNodes.first { $0.number == number }
            accelerators[index].device.memoryBytes = node?.memoryBytes ?? 0
        }
    }
}

extension PCIFunction {
    /// Whether both hang from ports of one PCI switch.
    fileprivate func isOnSameSwitch(as other: PCIFunction) -> Bool {
        guard let path, let theirs = other.path, let common = path.commonBridges(with: theirs) else { return false }
        return common > 0 && max(path.bridges.count, theirs.bridges.count) - common <= 1
    }
}
