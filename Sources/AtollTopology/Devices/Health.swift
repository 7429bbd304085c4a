/// Counters that speak of a device's health. Nil where nothing readable has them, which is no sign of health.
public struct DeviceHealth: Equatable, Sendable {
    /// PCI Express errors since boot, by severity (`aer_dev_correctable` and so on).
    public var correctableLinkErrors: UInt64?
    public var fatalLinkErrors: UInt64?
    public var nonFatalLinkErrors: UInt64?
    /// Memory errors since the driver was loaded, over all blocks that are counted (amdgpu RAS, Neuron ECC).
    public var correctableMemoryErrors: UInt64?
    public var uncorrectableMemoryErrors: UInt64?
    /// Memory pages taken out of use.
    public var badPages: UInt64?
    /// The driver's own word, where it has one: `Operational`, `In reset`.
    public var status = ""

    public init() {}
}
