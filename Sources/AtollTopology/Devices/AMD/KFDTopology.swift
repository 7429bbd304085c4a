/// AMD's own view of the host: its processors and GPUs as nodes, and the links between them (kernel source
/// `drivers/gpu/drm/amd/amdkfd/kfd_topology.c`).
public struct KFDTopology: Equatable, Sendable {
    /// Counts up with every node that comes or goes, and so with a change of partition modes; nil where it is not
    /// there.
    public var generation: UInt64?
    /// In the order of their numbers.
    public var nodes: [KFDNode] = []
    /// Of `io_links`: between neighbours. In the order of the nodes they start from.
    public var links: [KFDLink] = []
    /// Of `p2p_links`: between GPUs by way of a processor.
    public var indirectLinks: [KFDLink] = []

    public init() {}

    /// What the ROCm runtime counts as one GPU each: whole ones, or partitions of them (DPX, QPX, CPX).
    public var gpus: [KFDNode] { nodes.filter(\.isGPU) }
}

/// A processor or a GPU, or one partition of a GPU.
public struct KFDNode: Equatable, Sendable {
    public var number: UInt32
    /// An APU is both: it has cores, and is a GPU.
    public var isGPU: Bool
    public var coreCount: UInt32
    /// The address of function 0, which the partitions of a device have in common.
    public var address: PCIAddress
    /// Bus, device and function as the driver gives them, with the partition in the function or in the bits 31 to 28.
    public var location: UInt32
    public var vendor: UInt16
    public var device: UInt16
    /// Shared by the partitions of a device; 0 where the driver gives none.
    public var uniqueID: UInt64
    /// Nil for a GPU outside of any hive.
    public var hive: UInt64?
    /// The number of `/dev/dri/renderD<N>`; nil for processors.
    public var renderMinor: UInt32?
    /// Major, minor and stepping of the instruction set as decimal pairs: 90402 is gfx942.
    public var instructionSet: UInt32
    /// Compute dies of it; 0 on drivers that do not count them.
    public var computeDieCount: UInt32
    /// How many `io_links` the driver announces; nil where it does not.
    public var linkCount: UInt32?
    /// A number that the driver derives from the device; nil where it is not there.
    public var gpuID: UInt32?
    /// Of its own memory banks; nil where they are not there.
    public var memoryBytes: UInt64?
}

/// A link from one node to another, as the driver's tables have it: each direction is one.
public struct KFDLink: Equatable, Sendable {
    public var from: UInt32
    public var to: UInt32
    /// Of the kernel's `kfd_crat.h`: 1 HyperTransport, 2 PCI Express, 11 XGMI.
    public var type: UInt32
    /// 20 for PCI Express; 15 for each XGMI hop, 13 inside a partitioned device and 41 between such ones; a NUMA
    /// distance between processors.
    public var weight: UInt32
    /// Megabytes a second; 0 where the driver does not know.
    public var bandwidthMax: UInt32

    public static let pciExpress: UInt32 = 2
    public static let xgmi: UInt32 = 11
}
