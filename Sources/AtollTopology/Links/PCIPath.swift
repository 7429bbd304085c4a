/// Where a PCI function hangs: the root bus and the bridges between that and the function, outermost first.
///
/// Source: the real path of its folder, of which the last `pciDDDD:BB` is the root bus; what comes before is the
/// platform's (VMBus, an Arm SoC) and says nothing.
public struct PCIPath: Equatable, Sendable {
    /// `pci0000:00`.
    public var root: String
    public var bridges: [PCIAddress]

    public init(root: String, bridges: [PCIAddress]) {
        self.root = root
        self.bridges = bridges
    }

    /// How many bridges two functions have in common, from the root bus; nil when even that differs.
    public func commonBridges(with other: PCIPath) -> Int? {
        guard root == other.root else { return nil }
        return zip(bridges, other.bridges).prefix { $0 == $1 }.count
    }
}

/// How far apart two PCI functions are, in the terms of `nvidia-smi topo -m`.
public enum PCILocality: String, CaseIterable, Sendable {
    /// The same device.
    case same = "X"
    /// A common bridge, and at most one more on each side: one switch.
    case pix = "PIX"
    /// A common bridge, and several below it.
    case pxb = "PXB"
    /// The same root bus, and no common bridge.
    case phb = "PHB"
    /// Another root bus of the same NUMA node.
    case node = "NODE"
    /// Another NUMA node.
    case sys = "SYS"
    /// Another root bus, and the kernel does not know the NUMA node of one.
    case unknown = "UNKNOWN"
}
