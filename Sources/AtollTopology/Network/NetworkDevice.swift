/// A network interface that jobs communicate by: RDMA devices (`Documentation/ABI/stable/sysfs-class-infiniband`),
/// Slingshot (`/sys/class/cxi`), and PCI Ethernet functions without either.
public struct NetworkDevice: Equatable, Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case infiniband, roce, slingshot
        /// Omni-Path.
        case opa
        /// AWS Elastic Fabric Adapter.
        case efa
        /// Without RDMA.
        case ethernet
    }

    /// `mlx5_0`, `cxi0`; of a PCI function without such a device its first interface, else its address.
    public var name: String
    public var kind: Kind
    /// Nil where the device has no PCI parent that sysfs shows.
    public var function: PCIFunction?
    /// Names of the network interfaces of the same function.
    public var interfaces: [String] = []
    /// As sysfs prints them; empty for missing and for all-zero ones.
    public var nodeGUID = ""
    /// Shared by all functions of one card.
    public var systemImageGUID = ""
    public var nodeType = ""
    public var firmware = ""
    public var boardID = ""
    public var hcaType = ""
    public var ports: [NetworkPort] = []
    /// Of its PCI function.
    public var health = DeviceHealth()
    /// Whether it is a device of `/sys/class/infiniband`.
    public var isRDMA = false
    /// True for a function by which the host manages its NVSwitches; never a NIC for jobs.
    public var isSwitchManagement = false

    /// Whether jobs can communicate by it as fast as the host can.
    public var isForJobs: Bool { kind != .ethernet && !isSwitchManagement }

    public init(name: String, kind: Kind, function: PCIFunction?) {
        self.name = name
        self.kind = kind
        self.function = function
    }
}

/// One port. Texts are as sysfs prints them.
public struct NetworkPort: Equatable, Sendable {
    public var number: UInt32
    /// `4: ACTIVE`; of an Ethernet interface its `operstate`.
    public var state = ""
    /// `5: LinkUp`.
    public var physicalState = ""
    /// `400 Gb/sec (4X NDR)`. Of a port that is down it says nothing.
    public var rate = ""
    /// `InfiniBand` or `Ethernet`.
    public var linkLayer = ""
    /// `0x12a`; of a Slingshot port its NID.
    public var lid = ""
    public var subnetManagerLID = ""
    public var firstGID = ""

    public init(number: UInt32) { self.number = number }

    /// Not `5: ACTIVE_DEFER`, in which a port waits for its link to come back.
    public var isActive: Bool { state.hasSuffix("ACTIVE") || state == "up" }
}
