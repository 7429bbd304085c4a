/// How a PCI Express function is connected, now and at best. Zeros are what the kernel does not say.
///
/// Source: `Documentation/ABI/testing/sysfs-bus-pci` (`current_link_speed` and the like).
public struct PCILink: Equatable, Sendable, Codable {
    /// Megatransfers a second in each lane: 32,000 is PCIe 5.0. Idle GPUs lower it to save power.
    public var speed: UInt32
    /// Lanes.
    public var width: UInt32
    public var speedMax: UInt32
    public var widthMax: UInt32

    public init(speed: UInt32 = 0, width: UInt32 = 0, speedMax: UInt32 = 0, widthMax: UInt32 = 0) {
        self.speed = speed
        self.width = width
        self.speedMax = speedMax
        self.widthMax = widthMax
    }

    /// True when it works with fewer lanes than both ends have. The speed says nothing: it changes with the load.
    public var isNarrowed: Bool { width > 0 && width < widthMax }
}
