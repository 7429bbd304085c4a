/// A direct link between two accelerators of one host.
public struct DeviceLink: Equatable, Sendable {
    public enum Kind: String, Sendable {
        /// AMD Infinity Fabric between devices (KFD link type 11, amdgpu `xgmi_num_links`).
        case xgmi
        /// Between Neuron devices (`connected_devices`).
        case neuron
    }

    public var kind: Kind
    /// PCI addresses, or `neuronN` for devices without one; `from` sorts before `to`, each pair comes once.
    public var from: String
    public var to: String
    /// As the driver gives it: 15 for each XGMI hop, 41 between partitioned devices; 0 where it gives none.
    public var weight: UInt32
    /// Megabytes a second at most; 0 where the driver gives none.
    public var bandwidthMax: UInt32
    /// How many physical links it is made of; 0 where the driver does not say.
    public var count: UInt32 = 0

    public init(_ kind: Kind, from: String, to: String, weight: UInt32 = 0, bandwidthMax: UInt32 = 0) {
        self.kind = kind
        self.from = from
        self.to = to
        self.weight = weight
        self.bandwidthMax = bandwidthMax
    }
}

/// AMD GPUs that reach each other over Infinity Fabric.
public struct Hive: Equatable, Sendable {
    /// As drivers print it, in decimal.
    public var id: UInt64
    /// PCI addresses, in the order of the devices.
    public var devices: [String]

    public init(id: UInt64, devices: [String]) {
        self.id = id
        self.devices = devices
    }
}
