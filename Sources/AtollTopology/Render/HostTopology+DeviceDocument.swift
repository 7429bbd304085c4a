import AtollModel
import AtollYAML

/// What vendors' own files say of a host's devices, under the names that captures' descriptions use.
extension HostTopology {
    /// Entries of the whole document.
    var fabricFields: [(String, YAMLNode?)] {
        [
            ("hives", .map(hives.map { (String($0.id), .list($0.devices.map { .string($0) })) })),
            ("deviceLinks", .list(links.map(\.document))),
            ("kfd", kfd.map(\.document)),
            ("drm", .map(cards.map { ($0.name, $0.document) })),
        ]
    }

    /// Entries of `accelerators`. Boards of several devices, as MI250X are, have one serial number.
    var packageFields: [(String, YAMLNode?)] {
        var packages: [(serial: String, devices: [String])] = []
        for entry in accelerators where entry.device.vendor == .amd && !entry.serialNumber.isEmpty {
            let index = packages.firstIndex { $0.serial == entry.serialNumber } ?? packages.count
            if index == packages.count { packages.append((entry.serialNumber, [])) }
            if packages[index].devices.last != entry.linkName { packages[index].devices.append(entry.linkName) }
        }
        guard packages.contains(where: { $0.devices.count > 1 }) else { return [] }
        return [
            ("packages", .int(packages.count)),
            (
                "packagesBySerialNumber",
                .map(packages.map { ($0.serial, .list($0.devices.map { .string($0) })) })
            ),
        ]
    }
}

extension Accelerator {
    /// Entries of one device.
    ///
    /// - Parameter partitions: all entries of the same physical device, this one first.
    func vendorFields(partitions: [Accelerator], of host: HostTopology) -> [(String, YAMLNode?)] {
        identityFields + memoryFields(partitions) + healthFields + kfdFields(partitions.compactMap(\.kfd), of: host)
    }

    private var identityFields: [(String, YAMLNode?)] {
        [
            ("productName", productName.node),
            ("hiveId", hive.map { .string(String($0)) }),
            ("hiveIdHex", hive.map { .string(String($0, radix: 16)) }),
            ("moduleId", moduleID.map { .int($0) }),
            ("coreCount", coreCount.map { .int($0) }),
            ("tileCount", tileCount.map { .int($0) }),
        ]
    }

    private func memoryFields(_ partitions: [Accelerator]) -> [(String, YAMLNode?)] {
        let memory: UInt64 = partitions.reduce(0) { $0.addingReportingOverflow($1.device.memoryBytes).partialValue }
        return [
            ("vramBytes", memory == 0 ? .null : .int(memory)),
            ("computePartition", computePartition.node),
            ("memoryPartition", memoryPartition.node),
        ]
    }

    private var healthFields: [(String, YAMLNode?)] {
        [
            ("status", health.status.node),
            ("correctableMemoryErrors", health.correctableMemoryErrors.map { .int($0) }),
            ("uncorrectableMemoryErrors", health.uncorrectableMemoryErrors.map { .int($0) }),
            ("badPages", health.badPages.map { .int($0) }),
        ]
    }

    private func kfdFields(_ nodes: [KFDNode], of host: HostTopology) -> [(String, YAMLNode?)] {
        guard let first = nodes.first else { return [] }
        let ids = nodes.map(\.uniqueID).filter { $0 != 0 }
        return [
            ("drmRenderMinors", .list(nodes.compactMap(\.renderMinor).map { .int($0) })),
            ("locationIds", .list(nodes.map { .int($0.location) })),
            ("uniqueIds", .list(Set(ids).sorted().map { .string(String($0)) })),
            ("gfxTargetVersion", .int(first.instructionSet)),
            ("cpuKfdNodes", .list((host.kfd?.processors(of: first.address) ?? []).map { .int($0) })),
            ("gpuIds", .list(nodes.compactMap(\.gpuID).map { .int($0) })),
            ("computeDies", .int(nodes.reduce(0) { $0 + UInt64($1.computeDieCount) })),
        ]
    }
}

extension KFDNode {
    /// What it is, for a device whose PCI function is not there.
    var identityFields: [(String, YAMLNode?)] {
        [
            ("vendor", .string("0x" + vendor.hexadecimal(digits: 4))),
            ("device", .string("0x" + device.hexadecimal(digits: 4))),
        ]
    }
}

extension DeviceLink {
    fileprivate var document: YAMLNode {
        .map([
            ("kind", .string(kind.rawValue)), ("from", .string(from)), ("to", .string(to)),
            ("weight", weight == 0 ? nil : .int(weight)),
            ("maxBandwidth", bandwidthMax == 0 ? nil : .int(bandwidthMax)),
            ("count", count == 0 ? nil : .int(count)),
        ])
    }
}

extension DRMCard {
    fileprivate var document: YAMLNode {
        .map([
            ("driver", .string(driver)),
            ("vendor", .string("0x" + vendor.hexadecimal(digits: 4))),
            ("device", .string("0x" + device.hexadecimal(digits: 4))),
            ("uniqueId", uniqueID.isEmpty ? nil : .string(uniqueID)),
            ("class", .string("0x" + classCode.hexadecimal(digits: 6))),
        ])
    }
}
