import AtollModel

extension HostTopology {
    /// The host as a tree for people, much as lstopo draws one: NUMA nodes, in them the bridges that accelerators and
    /// NICs share; then links, labels with the rules that gave them, findings and warnings.
    /// At most 80 columns wide, ends in a newline.
    public func text(labels report: LabelReport) -> String {
        let children =
            [TextTree(text: summary)] + placeTrees + fabricTrees + [Self.labelTree(report)]
            + Self.section("Findings", findings.map(\.text)) + Self.section("Warnings", warnings + report.warnings)
        return TextTree(text: title, children: children).lines(columns: 80).map { $0 + "\n" }.joined()
    }

    var title: String {
        (hostname.isEmpty ? "(no host name)" : hostname) + (model.isEmpty ? "" : "  \(model)")
    }

    /// What the host has, in one line.
    var summary: String {
        let nics = networkDevices.filter { !$0.isSwitchManagement }.count
        let facts = [
            inventory, nics == 0 ? nil : "\(nics) NIC\(nics == 1 ? "" : "s")", cpuCount == 0 ? nil : "\(cpuCount) CPUs",
            memoryBytes.memoryText, kernel.isEmpty ? nil : "Linux \(kernel)",
        ]
        return facts.compactMap(\.self).joined(separator: ", ")
    }

    /// `8 x H100 SXM`, or physical and schedulable counts where partitions make them differ.
    private var inventory: String {
        let counts = counts
        if counts.schedulable == 0 { return "no accelerators" }
        let models = Set(accelerators.filter(\.isKnown).map(\.device.model)).sorted().joined(separator: ", ")
        let boards = "\(counts.physical) x \(models)"
        let partitioned =
            counts.physical == counts.schedulable ? boards : "\(boards) in \(counts.schedulable) partitions"
        return counts.usable == counts.schedulable ? partitioned : "\(partitioned) (\(counts.usable) usable)"
    }

    private var placeTrees: [TextTree] {
        let lines = PartLines(self)
        let layout = HostLayout(self)
        return layout.places.map { TextTree(text: $0.title, children: $0.parts.map(lines.tree)) }
            + (layout.memoryText.map { [TextTree(text: $0)] } ?? [])
    }

    private var fabricTrees: [TextTree] {
        let switches = nvswitches.isEmpty ? [] : [TextTree(text: nvswitchText)]
        let links = linkViews.map { view in
            TextTree(text: "\(view.title)  \(view.summary)", children: view.neighbours.map { TextTree(text: $0) })
        }
        return switches + links
    }

    /// `4 NVSwitches  0000:07:00.0, ...`; for hosts that have some.
    var nvswitchText: String {
        "\(nvswitches.count) NVSwitch\(nvswitches.count == 1 ? "" : "es")  \(nvswitches.joined(separator: ", "))"
    }

    private static func labelTree(_ report: LabelReport) -> TextTree {
        let lines = report.labels.map { key, value in
            let winner = report.outcomes.first { $0.key == key && $0.device.isEmpty }?.winner
            return TextTree(text: "\(key) = \(value)" + (winner.map { "  (\($0.name))" } ?? ""))
        }
        let devices = report.deviceLabels.map { address, labels in
            TextTree(text: address, children: labels.map { TextTree(text: "\($0) = \($1)") })
        }
        let missing = report.outcomes.filter { $0.value == nil && $0.device.isEmpty }.map { outcome in
            let reasons = outcome.attempts.map { "\($0.name) \($0.result)" }.joined(separator: "; ")
            return TextTree(text: "\(outcome.key) is not set: \(reasons)")
        }
        return TextTree(text: "Labels", children: lines + devices + missing)
    }

    private static func section(_ title: String, _ lines: [String]) -> [TextTree] {
        lines.isEmpty ? [] : [TextTree(text: title, children: lines.map { TextTree(text: $0) })]
    }
}

extension Finding {
    /// `warning  LinkNarrowed  0000:1b:00.0: x8 of x16`.
    var text: String {
        "\(severity.rawValue)  \(code.rawValue)  " + (subject.isEmpty ? message : "\(subject): \(message)")
    }
}
