import AtollModel

extension HostTopology {
    /// The host as a tree for people: NUMA nodes with their devices, labels with the rules that gave them, warnings.
    /// At most 80 columns wide, ends in a newline.
    public func text(labels report: LabelReport) -> String {
        let tree = TextTree(
            text: title,
            children: [summary] + numaTrees + switchTree + Self.labelTree(report)
                + Self.warningTree(warnings + report.warnings)
        )
        return tree.lines(columns: 80).map { $0 + "\n" }.joined()
    }

    private var title: String {
        (hostname.isEmpty ? "(no host name)" : hostname) + (model.isEmpty ? "" : "  \(model)")
    }

    private var summary: TextTree {
        let facts = [
            inventory, cpuCount == 0 ? "" : "\(cpuCount) CPUs", memoryBytes == 0 ? "" : "\(memoryBytes >> 30) GiB",
            kernel.isEmpty ? "" : "Linux \(kernel)",
        ]
        return TextTree(text: facts.filter { !$0.isEmpty }.joined(separator: ", "))
    }

    /// `8 x H100 SXM`, or physical and schedulable counts where partitions make them differ.
    private var inventory: String {
        let counts = counts
        if counts.schedulable == 0 { return "no accelerators" }
        let models = Set(accelerators.filter(\.isKnown).map(\.device.model)).sorted().joined(separator: ", ")
        return counts.physical == counts.schedulable
            ? "\(counts.physical) x \(models)" : "\(counts.physical) x \(models) in \(counts.schedulable) partitions"
    }

    private var numaTrees: [TextTree] {
        let listed = Set(numaNodes.map(\.number))
        let homeless = accelerators.filter { entry in !(entry.device.numaNode.map(listed.contains) ?? false) }
        let nodes = numaNodes.map { node in
            TextTree(
                text: "NUMA node \(node.number)  " + (node.cpus.isEmpty ? "memory only" : "CPUs \(node.cpuList)"),
                children: accelerators.filter { $0.device.numaNode == node.number }.map(deviceTree)
            )
        }
        if homeless.isEmpty { return nodes }
        return nodes + [TextTree(text: "NUMA node unknown", children: homeless.map(deviceTree))]
    }

    private func deviceTree(_ entry: Accelerator) -> TextTree {
        let device = entry.device
        let width = accelerators.map(\.device.model.count).max() ?? 0
        let index = "[\(device.index)]".padded(to: "[\(accelerators.count - 1)]".count)
        var text = "\(index) \(device.pciAddress.padded(to: 12))  \(device.model.padded(to: width))  "
        text += device.driver.isEmpty ? "no driver" : device.driver
        if let node = entry.kfdNode { text += "  KFD node \(node)" }
        return TextTree(text: device.usable ? text : text + "  NOT USABLE")
    }

    private var switchTree: [TextTree] {
        nvswitches.isEmpty ? [] : [TextTree(text: "NVSwitches", children: nvswitches.map { TextTree(text: $0) })]
    }

    private static func labelTree(_ report: LabelReport) -> [TextTree] {
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
        return [TextTree(text: "Labels", children: lines + devices + missing)]
    }

    private static func warningTree(_ warnings: [String]) -> [TextTree] {
        warnings.isEmpty ? [] : [TextTree(text: "Warnings", children: warnings.map { TextTree(text: $0) })]
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }
}
