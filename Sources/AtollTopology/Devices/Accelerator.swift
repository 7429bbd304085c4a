public import AtollModel

/// One accelerator with what is known about where it sits. `device` is what the rest of Atoll sees of it.
public struct Accelerator: Equatable, Sendable {
    public var device: Device
    /// The PCI function; nil where sysfs shows none (Neuron class devices, KFD nodes without their function).
    public var function: PCIFunction?
    /// The KFD node; nil for others than AMD.
    public var kfd: KFDNode?
    /// Of the board, as its driver prints it; empty where it publishes none.
    public var serialNumber = ""
    /// As the driver or the device has it, where that is more than the PCI ids; empty where it publishes none.
    public var productName = ""
    public var health = DeviceHealth()
    /// Why the device must not be used although it is there, as the end of a sentence; empty when nothing speaks
    /// against it.
    public var complaint = ""
    /// AMD's compute and memory partition modes, `CPX` and `NPS4`; empty for others.
    public var computePartition = ""
    public var memoryPartition = ""
    /// The hive of an AMD GPU; nil where it has none.
    public var hive: UInt64?
    /// NVIDIA's multi-instance GPU: what the GPU is divided into; empty where it is whole.
    public var instances: [GPUInstance] = []
    /// The NUMA node that is the device's own memory (POWER9, GH200, GB200); nil where it is no node.
    public var memoryNUMANode: UInt32?
    /// Position on the baseboard (Gaudi's `module_id`).
    public var moduleID: UInt32?
    /// Cores that the driver counts (Neuron); nil for others.
    public var coreCount: UInt32?
    /// Dies of one function (Intel's Xe and Max); nil for others.
    public var tileCount: UInt32?
    /// The device node that a process opens: `/dev/nvidia0`, `/dev/vfio/17`, `/dev/accel/accel0`; empty where unknown.
    public var deviceNode = ""
    /// False for a function of the processing-accelerator class that is unknown here; such a one is reported and
    /// never given to pods.
    public var isKnown: Bool
    /// Whether the vendor's runtime counts the device. Devices it does not count come last in their vendor's order, so
    /// that the indexes of the others are those which the runtime gives them.
    var isEnumerated: Bool

    /// The number of its KFD node; nil for others than AMD.
    public var kfdNode: UInt32? { kfd?.number }

    /// What `DeviceLink` and `Hive` call it: its PCI address, or the name of its node in `/dev` where it has none.
    public var linkName: String {
        if !device.pciAddress.isEmpty { return device.pciAddress }
        return deviceNode.split(separator: "/").last.map(String.init) ?? ""
    }
}

/// How many accelerators there are, in the two senses that differ under partitioning.
public struct AcceleratorCounts: Equatable, Sendable {
    /// Distinct boards or dies: AMD partitions folded by PCI address; each GCD of an MI250X is one.
    public var physical: Int
    /// Devices that pods can be given: partitions, or boards where there are none.
    public var schedulable: Int
    /// Those of the schedulable ones that work now.
    public var usable: Int

    init(_ accelerators: [Accelerator]) {
        let known = accelerators.filter(\.isKnown)
        let addresses = known.map(\.device.pciAddress)
        physical = Set(addresses.filter { !$0.isEmpty }).count + addresses.filter(\.isEmpty).count
        schedulable = known.count
        usable = known.filter(\.device.usable).count
    }
}

/// One instance of a multi-instance GPU, as `/proc/driver/nvidia/capabilities` shows it; its size is not there.
public struct GPUInstance: Equatable, Sendable {
    public var number: UInt32
    /// Numbers of the compute instances in it.
    public var computeInstances: [UInt32]

    public init(number: UInt32, computeInstances: [UInt32]) {
        self.number = number
        self.computeInstances = computeInstances
    }
}
