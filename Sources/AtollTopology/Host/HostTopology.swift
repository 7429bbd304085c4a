public import AtollModel

/// What one host's files say about it: the result of reading a `HostTree`, complete enough that nothing later reads
/// again. Fields that could not be read are empty or zero, and `warnings` says so where something failed.
public struct HostTopology: Equatable, Sendable {
    /// From `/proc/sys/kernel/hostname`, else `/etc/hostname`.
    public var hostname = ""
    /// `/etc/machine-id`.
    public var machineID = ""
    /// `/proc/sys/kernel/random/boot_id`.
    public var bootID = ""
    /// `/proc/sys/kernel/osrelease`.
    public var kernel = ""
    /// Online CPUs.
    public var cpuCount: UInt32 = 0
    /// `MemTotal` of `/proc/meminfo`.
    public var memoryBytes: UInt64 = 0
    /// Fields of `/sys/class/dmi/id` by their file names, as they are: many firmwares leave placeholders in them.
    public var dmi = Labels()
    /// Online nodes in the order of their numbers, which may have gaps.
    public var numaNodes: [NUMANode] = []
    /// In the order of their devices' indexes.
    public var accelerators: [Accelerator] = []
    /// PCI addresses of NVSwitches that sysfs or their driver shows, ascending.
    public var nvswitches: [String] = []
    /// PCI addresses of functions beside NVSwitches that do not say what they are: their ids read as zeros.
    public var silentSwitches: [String] = []
    /// The bridges above other functions, in address order.
    public var bridges: [PCIFunction] = []
    /// In the order of their names, numbers by their value.
    public var networkDevices: [NetworkDevice] = []
    /// Direct links between accelerators, sorted by their ends.
    public var links: [DeviceLink] = []
    /// In the order of their first devices.
    public var hives: [Hive] = []
    /// AMD's own view of the host; nil where it has none.
    public var kfd: KFDTopology?
    /// The graphics cards that the kernel lists, for display as much as for computing.
    public var cards: [DRMCard] = []
    /// What is wrong with the hardware, the most severe first.
    public var findings: [Finding] = []
    /// What could not be read, one sentence each, bounded in number and length.
    public var warnings: [String] = []

    /// An empty host; `read(root:)` gives a real one.
    public init() {}

    public var devices: [Device] { accelerators.map(\.device) }

    public var counts: AcceleratorCounts { AcceleratorCounts(accelerators) }

    /// DMI `sys_vendor` and `product_name`, joined by a space; empty where the host has no DMI.
    public var model: String {
        [dmi["sys_vendor"], dmi["product_name"]].compactMap(\.self).filter { !LabelValue.isPlaceholder($0) }
            .joined(separator: " ")
    }

    /// What is wrong with the hardware and with the labels, the most severe first, the hardware's before the labels'.
    public func findings(with report: LabelReport) -> [Finding] {
        // The sort is stable.
        (findings + report.findings).sorted { $0.severity > $1.severity }
    }

    /// What an agent reports. Devices of a kind that is unknown here are left out: no pod can be given one. So is the
    /// speed that a link has just now, which follows the load.
    public func facts(host: HostID, address: String, agentVersion: String, labels report: LabelReport) -> HostFacts {
        HostFacts(
            host: host,
            address: address,
            bootID: bootID,
            kernel: kernel,
            agentVersion: agentVersion,
            cpuCount: cpuCount,
            memoryBytes: memoryBytes,
            model: model,
            numaNodeCount: UInt32(clamping: numaNodes.filter { !$0.cpus.isEmpty }.count),
            labels: report.labels,
            devices: accelerators.filter(\.isKnown).map(\.device.reported),
            warnings: warnings + report.warnings,
            findings: findings(with: report)
        )
    }
}

extension Device {
    fileprivate var reported: Device {
        var device = self
        device.link?.speed = 0
        return device
    }
}

/// One NUMA node of `/sys/devices/system/node`. One without CPUs is memory only, such as that of a GPU.
public struct NUMANode: Equatable, Sendable {
    public var number: UInt32
    public var cpus: [UInt32]
    /// The kernel's own form of `cpus`: `0-55,112-167`.
    public var cpuList: String
    /// To each node, itself included, in the order of the nodes; 10 is the node itself (ACPI SLIT). Empty where the
    /// kernel gives none.
    public var distances: [UInt32] = []
    /// `MemTotal` of its `meminfo`; 0 where that is not there.
    public var memoryBytes: UInt64 = 0
}
