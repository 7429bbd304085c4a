extension PCIPath {
    /// Nil where the list of all functions has no link for this one.
    init?(_ tree: HostTree, _ function: PCIAddress) {
        guard let target = tree.linkTarget(PCIFunction.folder(function)).value else { return nil }
        self.init(target: target, function: function)
    }

    /// Where the entry of a function in the flat list of all of them leads:
    /// `../../../devices/pci0000:17/0000:17:00.0/0000:18:00.0`.
    ///
    /// - Returns: nil when there is no root bus on the way, or something else than bridges after it.
    init?(target: String, function: PCIAddress) {
        let parts = target.parts(UInt8(ascii: "/"))
        guard let root = parts.lastIndex(where: Self.isRootBus), let last = parts.last, PCIAddress(last) == function
        else { return nil }
        let between = parts[root...].dropFirst().dropLast()
        let bridges = between.compactMap { PCIAddress($0) }
        guard bridges.count == between.count else { return nil }
        self.init(root: parts[root].printable(max: 16), bridges: bridges)
    }

    private static func isRootBus(_ name: Substring) -> Bool {
        name.hasPrefix("pci") && PCIAddress(name.dropFirst(3) + ":00.0") != nil
    }
}

extension HostTree {
    /// The PCI function of a class device: by its own link to it, else by the way that the class has to the device. Nil
    /// for a device of something else.
    func pciParent(of device: String) -> PCIAddress? {
        if let address = linkName("\(device)/device").value.flatMap({ PCIAddress($0) }) { return address }
        let way = linkTarget(device).value?.split(separator: "/") ?? []
        return way.reversed().lazy.compactMap { PCIAddress($0) }.first
    }
}
