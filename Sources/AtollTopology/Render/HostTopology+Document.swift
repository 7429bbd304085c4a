import AtollModel
public import AtollYAML

extension HostTopology {
    /// Grows when a field changes its meaning or goes away; new fields do not change it.
    public static let schemaVersion = 1

    /// The host as a document, to be written as JSON or YAML. `accelerators.devices` has one entry for each physical
    /// device, with its partitions in it.
    public func document(labels report: LabelReport) -> YAMLNode {
        .map(
            hostFields + deviceFields + networkFields + linkFields + localityFields + fabricFields
                + judgementFields(report)
        )
    }

    private var deviceFields: [(String, YAMLNode?)] {
        [("accelerators", acceleratorsDocument), ("nvswitch", nvswitchDocument)]
    }

    private func judgementFields(_ report: LabelReport) -> [(String, YAMLNode?)] {
        [
            ("labels", .map(report.labels.map { ($0, .string($1)) })),
            ("deviceLabels", .map(report.deviceLabels.map { ($0, .map($1.map { ($0, .string($1)) })) })),
            ("labelRules", .list(report.outcomes.map(\.document))),
            ("findings", .list(findings(with: report).map(\.document))),
            ("warnings", .list((warnings + report.warnings).map { .string($0) })),
        ]
    }

    private var hostFields: [(String, YAMLNode?)] {
        [
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
        ]
    }

    private var numaDocument: YAMLNode {
        let memories = accelerators.compactMap(\.memoryNUMANode)
        return .map([
            ("all", .list(numaNodes.map { .int($0.number) })),
            ("withCpus", .list(numaNodes.filter { !$0.cpus.isEmpty }.map { .int($0.number) })),
            ("deviceMemory", memories.isEmpty ? nil : .list(memories.map { .int($0) })),
            ("nodes", .list(numaNodes.map(\.document))),
        ])
    }
}

extension NUMANode {
    fileprivate var document: YAMLNode {
        .map([
            ("node", .int(number)),
            ("cpus", .string(cpuList)),
            ("memoryBytes", memoryBytes == 0 ? nil : .int(memoryBytes)),
            ("distances", distances.isEmpty ? nil : .list(distances.map { .int($0) })),
        ])
    }
}

extension Finding {
    fileprivate var document: YAMLNode {
        .map([
            ("severity", .string(severity.rawValue)),
            ("code", .string(code.rawValue)),
            ("subject", subject.isEmpty ? nil : .string(subject)),
            ("message", .string(message)),
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

extension String {
    /// `board_asset_tag` as `boardAssetTag`.
    var camelCase: String {
        let words = split(separator: "_")
        return words.prefix(1).joined() + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    /// Nil for an empty text, which is a missing value.
    var node: YAMLNode? { isEmpty ? nil : .string(self) }
}
