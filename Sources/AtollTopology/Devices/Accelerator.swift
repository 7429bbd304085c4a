public import AtollModel

/// One accelerator with what is known about where it sits. `device` is what the rest of Atoll sees of it.
public struct Accelerator: Equatable, Sendable {
    public var device: Device
    /// The PCI function; nil where sysfs shows none (Neuron class devices, KFD nodes without their function).
    public var function: PCIFunction?
    /// The KFD node; nil for others than AMD.
    public var kfdNode: UInt32?
    /// False for a function of the processing-accelerator class that is unknown here; such a one is reported and
    /// never given to pods.
    public var isKnown: Bool
    /// Whether the vendor's runtime counts the device. Devices it does not count come last in their vendor's order, so
    /// that the indexes of the others are those which the runtime gives them.
    var isEnumerated: Bool
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
