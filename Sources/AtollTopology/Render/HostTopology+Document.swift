import AtollModel
public import AtollYAML

extension HostTopology {
    /// Grows when a field changes its meaning or goes away; new fields do not change it.
    public static let schemaVersion = 1

    /// The host as a document, to be written as JSON or YAML. `accelerators.devices` has one entry for each physical
    /// device, with its partitions in it.
    public func document(labels report: LabelReport) -> YAMLNode {
        .map([
            ("schemaVersion", .int(Self.schemaVersion)),
            ("hostname", .string(hostname)),
            ("machineId", .string(machineID)),
            ("bootId", .string(bootID)),
            ("kernel", .string(kernel)),
            ("model", .string(model)),
            ("cpuCount", .int(cpuCount)),
            ("memoryBytes", .int(memoryBytes)),
            ("dmi", .map(dmi.map { ($0.camelCase, .string($1)) })),
            ("numa", numaDocument),
            ("accelerators", acceleratorsDocument),
            (
                "nvswitch",
                .map([("countByPciId", .int(nvswitches.count)), ("pci", .list(nvswitches.map { .string($0) }))])
            ),
            ("labels", .map(report.labels.map { ($0, .string($1)) })),
            (
                "deviceLabels",
                .map(report.deviceLabels.map { ($0, .map($1.map { ($0, .string($1)) })) })
            ),
            ("labelRules", .list(report.outcomes.map(\.document))),
            ("labelFindings", .list(report.findings.map(\.document))),
            ("warnings", .list((warnings + report.warnings).map { .string($0) })),
        ])
    }

    private var numaDocument: YAMLNode {
        .map([
            ("all", .list(numaNodes.map { .int($0.number) })),
            ("withCpus", .list(numaNodes.filter { !$0.cpus.isEmpty }.map { .int($0.number) })),
        ])
    }

    private var acceleratorsDocument: YAMLNode {
        var groups: [[Accelerator]] = []
        for entry in accelerators {
            let address = entry.device.pciAddress
            if !address.isEmpty, groups.last?.first?.device.pciAddress == address {
                groups[groups.count - 1].append(entry)
            } else {
                groups.append([entry])
            }
        }
        return .map([
            ("physicalCount", .int(counts.physical)),
            ("schedulableCount", .int(counts.schedulable)),
            ("usableCount", .int(counts.usable)),
            ("devices", .list(groups.compactMap { group in group.first.map { $0.document(partitions: group) } })),
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
    fileprivate func document(partitions: [Accelerator]) -> YAMLNode {
        let hexadecimal = { (number: UInt16) in YAMLNode.string("0x" + number.hexadecimal(digits: 4)) }
        let nodes = partitions.compactMap(\.kfdNode)
        return .map([
            ("indexes", .list(partitions.map { .int($0.device.index) })),
            ("pci", device.pciAddress.isEmpty ? nil : .string(device.pciAddress)),
            ("class", function.map { .string("0x" + $0.classCode.hexadecimal(digits: 6)) }),
            ("vendor", function.map { hexadecimal($0.vendor) }),
            ("device", function.map { hexadecimal($0.device) }),
            ("kind", .string(kind)),
            ("model", .string(device.model)),
            ("numaNode", function.map { function in function.numaNode.map { .int($0) } ?? .int(-1) }),
            ("driver", .string(device.driver)),
            ("uniqueId", device.uniqueID.isEmpty ? nil : .string(device.uniqueID)),
            ("usable", .bool(partitions.allSatisfy(\.device.usable))),
            ("partitions", nodes.isEmpty ? nil : .int(partitions.count)),
            ("kfdNodes", nodes.isEmpty ? nil : .list(nodes.map { .int($0) })),
        ])
    }
}

extension LabelOutcome {
    fileprivate var document: YAMLNode {
        .map([
            ("key", .string(key)),
            ("device", device.isEmpty ? nil : .string(device)),
            ("value", value.map { .string($0) }),
            ("rawValue", rawValue.isEmpty || rawValue == value ? nil : .string(rawValue)),
            (
                "rules",
                .list(
                    attempts.map { attempt in
                        .map([
                            ("preset", attempt.preset.isEmpty ? nil : .string(attempt.preset)),
                            ("rule", .int(attempt.rule)), ("line", .int(attempt.line)),
                            ("result", .string(attempt.result.description)),
                        ])
                    }
                )
            ),
        ])
    }
}

extension Finding {
    fileprivate var document: YAMLNode {
        .map([
            ("severity", .string(severity.rawValue)), ("code", .string(code.rawValue)), ("subject", .string(subject)),
            ("message", .string(message)),
        ])
    }
}

extension String {
    /// `board_asset_tag` as `boardAssetTag`.
    fileprivate var camelCase: String {
        let words = split(separator: "_")
        return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
