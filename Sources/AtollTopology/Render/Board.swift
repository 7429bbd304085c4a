import AtollModel

/// One physical accelerator as the views show it: a device, or all the partitions of one.
struct Board: Equatable {
    /// At least one, in the order of their indexes.
    var partitions: [Accelerator]

    var first: Accelerator { partitions[0] }
    var device: Device { first.device }
    var function: PCIFunction? { first.function }
    var isPartitioned: Bool { partitions.count > 1 }
    var isUsable: Bool { partitions.allSatisfy(\.device.usable) }
    var link: PCILink? { device.link ?? function?.link }
    var memoryBytes: UInt64 {
        partitions.reduce(0) { $0.addingReportingOverflow($1.device.memoryBytes).partialValue }
    }

    /// `[3]`, or `[8-15]` for the partitions of one device.
    var indexes: String { Self.indexes([self]) }

    static func indexes(_ boards: [Board]) -> String {
        "[\(IDList.text(boards.flatMap(\.partitions).map(\.device.index)))]"
    }

    /// What `DeviceLink` and `Hive` call it.
    var linkName: String { first.linkName }

    /// What is said of few vendors: the slot on the baseboard, cores, tiles.
    var extras: [String] {
        [
            first.moduleID.map { "slot \($0)" }, first.coreCount.map { "\($0) cores" },
            first.tileCount.map { "\($0) tiles" },
        ]
        .compactMap(\.self)
    }

    /// What a device of its vendor is called in short.
    var className: String {
        switch device.vendor {
        case .nvidia, .amd, .intel: "GPU"
        case .google: "TPU"
        case .habana: "HPU"
        case .aws: "ND"
        case .other: "ACC"
        }
    }

    /// `x16 32 GT/s`, and `x8 of x16 32 GT/s` where lanes are missing; nil where the kernel says nothing.
    var linkText: String? { link?.text }

    /// `8 partitions [0-7], CPX, NPS4`; nil for a whole device.
    var partitionText: String? {
        if !isPartitioned { return nil }
        let modes = [first.computePartition, first.memoryPartition].filter { !$0.isEmpty }
        return (["\(partitions.count) partitions \(indexes)"] + modes).joined(separator: ", ")
    }

    /// `MIG instances 1, 2, 5`; nil where there are none.
    var instanceText: String? {
        let numbers = first.instances.map { "\($0.number)" }
        if numbers.isEmpty { return nil }
        return "MIG instance\(numbers.count == 1 ? "" : "s") \(numbers.joined(separator: ", "))"
    }
}

extension HostTopology {
    /// The accelerators with the partitions of each device brought together, in the order of their first indexes.
    var boards: [Board] {
        var boards: [Board] = []
        var positions: [String: Int] = [:]
        for entry in accelerators {
            let address = entry.device.pciAddress
            if !address.isEmpty, let position = positions[address] {
                boards[position].partitions.append(entry)
            } else {
                positions[address] = boards.count
                boards.append(Board(partitions: [entry]))
            }
        }
        return boards
    }
}

extension PCILink {
    /// The speed is the best that both ends can do: what it is now depends on the load.
    fileprivate var text: String? {
        if width == 0 && widthMax == 0 { return nil }
        let lanes = isNarrowed ? "x\(width) of x\(widthMax)" : "x\(max(width, widthMax))"
        let best = speedMax > 0 ? speedMax : speed
        return best == 0 ? lanes : "\(lanes) \(best.thousandths) GT/s"
    }
}

extension UInt32 {
    /// 32,000 as `32`, 2,500 as `2.5`.
    fileprivate var thousandths: String {
        self % 1000 == 0 ? "\(self / 1000)" : "\(self / 1000).\(self % 1000 / 100)"
    }
}

extension UInt64 {
    /// Bytes in a unit that fits: `80 GiB`, `512 MiB`; nil for none.
    var memoryText: String? {
        switch self {
        case 0: nil
        case ..<(1 << 30): "\(self >> 20) MiB"
        default: "\((self + (1 << 29)) >> 30) GiB"
        }
    }
}
