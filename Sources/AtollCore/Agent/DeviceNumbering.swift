import AtollModel

/// Which number each of a host's devices has, from one boot to the next.
///
/// A reading numbers devices in the order in which their runtime counts them now, and that changes when one disappears.
/// Pods hold devices by their numbers, so those stay: a device that has gone keeps its number and is not usable, one
/// that comes gets the number of a gone one in the same place that nobody holds, or the next free one.
struct DeviceNumbering: Equatable, Sendable {
    fileprivate struct Entry: Equatable, Sendable {
        /// `index` is its number.
        var device: Device
        /// What the runtime calls it now; nil for a device that has gone.
        var position: UInt32?
    }

    /// In the order of the numbers.
    private var entries: [Entry] = []

    /// - Parameter numbered: as an earlier agent of the same boot has reported them; none at first.
    init(numbered: [Device] = []) {
        entries = numbered.sorted { $0.index < $1.index }.map { Entry(device: $0, position: $0.index) }
    }

    /// All that there are or were, in the order of their numbers.
    var devices: [Device] { entries.map(\.device) }

    /// Those that have gone.
    var gone: [Device] { entries.filter { $0.position == nil }.map(\.device) }

    /// What a pod with devices of these numbers has to ask its runtime for.
    func positions(of numbers: [UInt32]) -> [UInt32] {
        numbers.compactMap { number in entries.first { $0.device.index == number }?.position }
    }

    /// Takes over what is there now.
    ///
    /// - Parameters:
    ///   - read: `index` is what the runtime calls it.
    ///   - isHeld: whether a pod has the device of a number.
    mutating func read(_ read: [Device], isHeld: (UInt32) -> Bool) {
        var next = entries.map { Entry(device: $0.device, position: nil) }
        var found: [Int?] = []
        let known = DeviceIdentity.identities(of: next.map(\.device))
        for (device, identity) in zip(read, DeviceIdentity.identities(of: read)) {
            let index = known.firstIndex(of: identity)
            if let index { next[index].take(device) }
            found.append(index)
        }
        for (device, index) in zip(read, found) where index == nil {
            let successor = next.firstIndex { entry in
                entry.position == nil && entry.device.isInPlace(of: device)
                    && (entry.device.mayBe(device) || !isHeld(entry.device.index))
            }
            if successor == nil { next.append(Entry(number: next.last.map { $0.device.index + 1 } ?? 0, device)) }
            next[successor ?? next.count - 1].take(device)
        }
        for index in next.indices where next[index].position == nil { next[index].device.usable = false }
        entries = next
    }
}

/// What tells a device from others as far as its host shows.
private struct DeviceIdentity: Equatable {
    var vendor: AcceleratorVendor
    var address: String
    var uniqueID: String
    /// Among those that are equal in all else: partitions of one device.
    var ordinal: Int

    /// Of each device in turn.
    static func identities(of devices: [Device]) -> [DeviceIdentity] {
        var counts: [String: Int] = [:]
        return devices.map { device in
            let key = "\(device.vendor) \(device.pciAddress) \(device.uniqueID)"
            defer { counts[key, default: 0] += 1 }
            return DeviceIdentity(
                vendor: device.vendor,
                address: device.pciAddress,
                uniqueID: device.uniqueID,
                ordinal: counts[key, default: 0]
            )
        }
    }
}

extension DeviceNumbering.Entry {
    fileprivate init(number: UInt32, _ device: Device) {
        self.device = device
        self.device.index = number
    }

    /// The number stays.
    fileprivate mutating func take(_ read: Device) {
        position = read.index
        let number = device.index
        device = read
        device.index = number
    }
}

extension Device {
    fileprivate func isInPlace(of other: Device) -> Bool { vendor == other.vendor && pciAddress == other.pciAddress }

    /// Drivers publish a serial number or UUID late, or not at all.
    fileprivate func mayBe(_ other: Device) -> Bool {
        uniqueID.isEmpty || other.uniqueID.isEmpty || uniqueID == other.uniqueID
    }
}
