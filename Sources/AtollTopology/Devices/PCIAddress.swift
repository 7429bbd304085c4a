/// Domain, bus, device and function of a PCI function, as sysfs names its folder: `0000:1b:00.0`.
public struct PCIAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// 16 bits by the standard; VMD and some clouds use more (`10000:00:04.0`).
    public var domain: UInt32
    public var bus: UInt8
    /// 0 to 31.
    public var device: UInt8
    /// 0 to 7.
    public var function: UInt8

    public init(domain: UInt32 = 0, bus: UInt8, device: UInt8, function: UInt8 = 0) {
        self.domain = domain
        self.bus = bus
        self.device = device
        self.function = function
    }

    /// Parses `^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$`, in upper case too (NVML prints `00000000:3B:00.0`);
    /// nil for anything else.
    public init?(_ text: some StringProtocol) {
        // The number parsers below would take a sign.
        guard text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, (4...8).contains(parts[0].utf8.count), parts[1].utf8.count == 2 else { return nil }
        let slot = parts[2].split(separator: ".", omittingEmptySubsequences: false)
        guard slot.count == 2, slot[0].utf8.count == 2, slot[1].utf8.count == 1,
            let domain = UInt32(parts[0], radix: 16), let bus = UInt8(parts[1], radix: 16),
            let device = UInt8(slot[0], radix: 16), let function = UInt8(slot[1]), device < 32, function < 8
        else { return nil }
        self.init(domain: domain, bus: bus, device: device, function: function)
    }

    /// The address of function 0 of the same device: what all functions and partitions of a device share.
    public var firstFunction: PCIAddress { PCIAddress(domain: domain, bus: bus, device: device) }

    public var description: String {
        "\(domain.hexadecimal(digits: 4)):\(bus.hexadecimal(digits: 2)):\(device.hexadecimal(digits: 2)).\(function)"
    }

    public static func < (left: PCIAddress, right: PCIAddress) -> Bool {
        (left.domain, left.bus, left.device, left.function) < (right.domain, right.bus, right.device, right.function)
    }
}

extension FixedWidthInteger {
    /// Lower case, without `0x`, padded with zeros to `digits`.
    func hexadecimal(digits: Int) -> String {
        let text = String(self, radix: 16)
        return String(repeating: "0", count: Swift.max(0, digits - text.utf8.count)) + text
    }
}
