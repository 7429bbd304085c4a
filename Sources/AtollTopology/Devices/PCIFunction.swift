public import AtollModel

/// What sysfs says about one PCI function, as far as telling accelerators apart needs it
/// (`Documentation/ABI/testing/sysfs-bus-pci`).
public struct PCIFunction: Equatable, Sendable {
    public var address: PCIAddress
    public var vendor: UInt16
    public var device: UInt16
    /// Base class, sub-class and programming interface in the low 24 bits: `0x030200`.
    public var classCode: UInt32
    /// Nil when the kernel does not know (`-1`).
    public var numaNode: UInt32?
    /// The bound driver; empty when none is.
    public var driver = ""
    /// Number of the IOMMU group, the name of `/dev/vfio/N`.
    public var iommuGroup: UInt32?
    /// The physical function this is a virtual one of.
    public var physicalFunction: PCIAddress?
    /// Nil where the real folder of the function cannot be found.
    public var path: PCIPath?
    /// The link to the port above, its best being what both ends can. Nil for a port, whose link is that of the device
    /// below it.
    public var link: PCILink?
    /// What the function itself says about a link.
    public var linkEnd = PCILinkEnd()
    /// `local_cpulist`, the CPUs nearest to it; all of them where the NUMA node is unknown.
    public var localCPUs = ""

    public var isVirtual: Bool { physicalFunction != nil }

    /// The bridge right above it.
    public var port: PCIAddress? { path?.bridges.last }

    /// Whether the link it speaks of is the one above it. From the root bus down, root ports and the lower ports of
    /// switches, which speak of the link below, take turns with the switches' upper ports.
    var linksUpwards: Bool { shortClass != 0x0604 || (path?.bridges.count ?? 0) % 2 == 1 }

    /// Base class and sub-class, as tables give it: `0x0302`.
    var shortClass: UInt16 { UInt16(truncatingIfNeeded: classCode >> 8) }

    /// The folder of a function, through the flat list of all of them.
    static func folder(_ address: PCIAddress) -> String { "\(devicesFolder)/\(address)" }

    static let devicesFolder = "sys/bus/pci/devices"
}
