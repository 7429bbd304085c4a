import AtollModel
import AtollYAML

extension HostTopology {
    var acceleratorsDocument: YAMLNode {
        let devices = partitions.compactMap { group in group.first.map { $0.document(partitions: group, of: self) } }
        let fields: [(String, YAMLNode?)] = [
            ("physicalCount", .int(counts.physical)),
            ("schedulableCount", .int(counts.schedulable)),
            ("usableCount", .int(counts.usable)),
            ("devices", .list(devices)),
        ]
        return .map(fields + packageFields)
    }

    /// The entries of each physical device together, in the order of the devices.
    private var partitions: [[Accelerator]] {
        var groups: [[Accelerator]] = []
        for entry in accelerators {
            let address = entry.device.pciAddress
            if !address.isEmpty, groups.last?.first?.device.pciAddress == address {
                groups[groups.count - 1].append(entry)
            } else {
                groups.append([entry])
            }
        }
        return groups
    }

    var nvswitchDocument: YAMLNode {
        .map([
            ("countByPciId", .int(nvswitches.count)),
            ("pci", .list(nvswitches.map { .string($0) })),
            ("objectsInSource", .int(nvswitches.count + silentSwitches.count)),
            ("unreadable", .list(silentSwitches.map { .string($0) })),
        ])
    }
}

extension Accelerator {
    /// A slug of maker and model, `nvidia-h100-sxm`; `unknown-accelerator` for a device that no table knows.
    public var kind: String {
        guard isKnown else { return "unknown-accelerator" }
        let maker =
            switch device.vendor {
            case .habana: "intel"
            case .other: "nec"
            case .nvidia, .amd, .google, .intel, .aws: device.vendor.rawValue
            }
        let model = device.model.lowercased().map { $0 == " " || $0 == "/" || $0 == ":" ? "-" : $0 }
        return "\(maker)-\(String(model))"
    }

    /// - Parameter partitions: all entries of the same physical device, this one first.
    fileprivate func document(partitions: [Accelerator], of host: HostTopology) -> YAMLNode {
        let identity = function?.identityFields ?? kfd?.identityFields ?? []
        let place = function?.placeFields ?? []
        return .map(
            [("indexes", .list(partitions.map { .int($0.device.index) })), ("pci", device.pciAddress.node)] as Fields
                + identity + deviceFields + partitionFields(partitions)
                + vendorFields(partitions: partitions, of: host) + place
        )
    }

    private typealias Fields = [(String, YAMLNode?)]

    private var deviceFields: Fields {
        [
            ("kind", .string(kind)),
            ("model", .string(device.model)),
            ("driver", .string(device.driver)),
            ("uniqueId", device.uniqueID.node),
            ("serialNumber", serialNumber.node),
            ("deviceNode", deviceNode.node),
            ("complaint", complaint.node),
            ("memoryBytes", device.memoryBytes == 0 ? nil : .int(device.memoryBytes)),
            ("memoryNumaNode", memoryNUMANode.map { .int($0) }),
            ("mig", instances.isEmpty ? nil : .list(instances.map(\.document))),
        ]
    }

    private func partitionFields(_ partitions: [Accelerator]) -> Fields {
        let nodes = partitions.compactMap(\.kfdNode)
        return [
            ("usable", .bool(partitions.allSatisfy(\.device.usable))),
            ("partitions", nodes.isEmpty ? nil : .int(partitions.count)),
            ("kfdNodes", nodes.isEmpty ? nil : .list(nodes.map { .int($0) })),
        ]
    }
}

extension GPUInstance {
    fileprivate var document: YAMLNode {
        .map([("gpuInstance", .int(number)), ("computeInstances", .list(computeInstances.map { .int($0) }))])
    }
}

extension PCIFunction {
    /// What it is.
    var identityFields: [(String, YAMLNode?)] {
        let hexadecimal = { (number: UInt16) in YAMLNode.string("0x" + number.hexadecimal(digits: 4)) }
        return [
            ("class", .string("0x" + classCode.hexadecimal(digits: 6))),
            ("vendor", hexadecimal(vendor)),
            ("device", hexadecimal(device)),
        ]
    }

    /// Where it is, and how it is connected.
    var placeFields: [(String, YAMLNode?)] {
        [
            ("numaNode", numaNode.map { .int($0) } ?? .int(-1)),
            ("localCpus", localCPUs.node),
            ("physicalFunction", physicalFunction.map { .string($0.description) }),
            ("iommuGroup", iommuGroup.map { .int($0) }),
            ("rootBus", path.map { .string($0.root) }),
            ("bridges", path.map { .list($0.bridges.map { .string($0.description) }) }),
            ("currentLinkSpeed", linkEnd.currentSpeed.node),
            ("currentLinkWidth", UInt32(linkEnd.currentWidth).map { .int($0) }),
            ("maxLinkSpeed", linkEnd.maxSpeed.node),
            ("maxLinkWidth", UInt32(linkEnd.maxWidth).map { .int($0) }),
        ]
    }
}
