import AtollModel

/// How many devices of each vendor, in 16 bytes and without an allocation.
struct DeviceCounts: Equatable, Sendable {
    /// More than 65,535 devices of a vendor count as so many.
    private var lanes = SIMD8<UInt16>()

    subscript(vendor: AcceleratorVendor) -> Int {
        get { Int(lanes[vendor.lane]) }
        set { lanes[vendor.lane] = UInt16(clamping: newValue) }
    }
}

extension AcceleratorVendor {
    /// A number for each, from 0.
    var lane: Int {
        switch self {
        case .nvidia: 0
        case .amd: 1
        case .google: 2
        case .habana: 3
        case .intel: 4
        case .aws: 5
        case .other: 6
        }
    }
}
