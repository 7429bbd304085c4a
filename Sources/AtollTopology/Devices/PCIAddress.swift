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
        let bytes = Array(text.utf8)
        // `:1b:00.0` is what comes after the domain.
        let end = bytes.count - 8
        guard (4...8).contains(end), bytes[end] == UInt8(ascii: ":"), bytes[end + 3] == UInt8(ascii: ":"),
            bytes[end + 6] == UInt8(ascii: "."), let domain = UInt32(hexadecimal: bytes[..<end]),
            let bus = UInt8(hexadecimal: bytes[end + 1..<end + 3]),
            let device = UInt8(hexadecimal: bytes[end + 4..<end + 6]), device < 32,
            let function = UInt8(hexadecimal: bytes[end + 7..<end + 8]), function < 8
        else { return nil }
        self.init(domain: domain, bus: bus, device: device, function: function)
    }

    /// The address of function 0 of the same device: what all functions and partitions of a device share.
    public var firstFunction: PCIAddress { PCIAddress(domain: domain, bus: bus, device: device) }

    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        bytes.append(domain, digits: domain > 0xffff ? 8 - domain.leadingZeroBitCount / 4 : 4)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(UInt32(bus), digits: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(UInt32(device), digits: 2)
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt32(function), digits: 1)
        return String(decoding: bytes, as: UTF8.self)
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

// Addresses are read and written hundreds of times in a reading: by bytes, without texts in between.

extension FixedWidthInteger {
    /// Digits alone, in lower or upper case, as many as fit; nil for anything else.
    fileprivate init?(hexadecimal digits: some Collection<UInt8>) {
        var value: Self = 0
        for byte in digits {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | Self(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | Self(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | Self(byte - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        self = value
    }
}

extension [UInt8] {
    /// Lower case, with leading zeros.
    fileprivate mutating func append(_ number: UInt32, digits: Int) {
        for position in (0..<UInt32(digits)).reversed() {
            let digit = UInt8(truncatingIfNeeded: number >> (4 * position)) & 0xf
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
