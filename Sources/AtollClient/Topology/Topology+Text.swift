import AtollModel
import AtollYAML

extension Topology {
    /// The tree; siblings stand in columns.
    public func lines(showsDevices: Bool = false, isColored: Bool = false) -> [String] {
        var lines = [headline]
        let tree = TopologyTree(showsDevices: showsDevices, isColored: isColored)
        for level in levels { lines += [level.key] + tree.lines(level.branches) }
        if !looseHosts.isEmpty { lines += ["in no island"] + tree.lines(looseHosts.map(TopologyTree.Branch.host)) }
        return lines
    }

    /// `cluster: 3 islands, 6 hosts, 24 devices (4 free); 1 error`
    var headline: String {
        let devices = hosts.reduce(0) { $0 + $1.deviceCount }
        let ready = hosts.filter { $0.text("status", "state") == "Ready" }
        let free = ready.reduce(0) { $0 + ($1.number("status", "freeDevices") ?? 0) }
        let counts = [counted(islandCount, "island"), counted(hosts.count, "host"), counted(devices, "device")]
        let findings = hosts.reduce(FindingCounts()) { $0 + $1.findingCounts }
        return "cluster: \(counts.joined(separator: ", ")) (\(free) free)"
            + (findings.isEmpty ? "" : "; \(findings)")
    }
}

extension Topology.Level {
    fileprivate var branches: [TopologyTree.Branch] { islands.map { .island($0) } }
}

/// Draws branches with the signs of `tree`.
private struct TopologyTree {
    enum Branch {
        /// A heading for islands within an island.
        case level(Topology.Level)
        case island(Topology.Island)
        case host(Topology.Host)
        case device(YAMLNode)
    }

    let showsDevices: Bool
    let isColored: Bool

    func lines(_ branches: [Branch]) -> [String] {
        let titles = titles(of: branches)
        return zip(branches, titles).enumerated().flatMap { index, pair in
            let isLast = index == branches.count - 1
            let inner = lines(children(of: pair.0)).map { (isLast ? "   " : "│  ") + $0 }
            return [(isLast ? "└─ " : "├─ ") + pair.1] + inner
        }
    }

    private func titles(of branches: [Branch]) -> [String] {
        let rows = branches.compactMap { row(of: $0) }
        let width = rows.reduce(0) { max($0, $1.count) }
        var table = Table(Array(repeating: Table.Column(title: ""), count: width))
        for row in rows { table.append(row + Array(repeating: Cell.blank, count: width - row.count)) }
        var lines = table.lines(showsTitles: false, isColored: isColored).map { line in
            String(line.reversed().drop { $0 == " " }.reversed())
        }[...]
        return branches.map { branch in
            if case .level(let level) = branch { level.key } else { lines.removeFirst() }
        }
    }

    /// The columns of a branch; nil for a heading, which spans them.
    private func row(of branch: Branch) -> [Cell]? {
        switch branch {
        case .level: nil
        case .island(let island): row(of: island.object) + findings(island.findingCounts)
        case .host(let host):
            [
                Cell(host.object.objectName), .lowercased(host.object.text("status", "state")),
                Cell(host.object.accelerators), Cell(host.object.text("status", "address")),
            ] + (host.object.text("status", "opensAt").map { [Cell("opens \($0)")] } ?? [])
                + findings(host.object.findingCounts)
        case .device(let device):
            [
                Cell(device.text("status", "index")), .lowercased(device.text("status", "state")),
                Cell(device.text("status", "pci")), Cell(device.text("status", "pod") ?? ""),
            ].filter { $0.text != "-" }
        }
    }

    private func findings(_ counts: FindingCounts) -> [Cell] { counts.isEmpty ? [] : [.findings(counts)] }

    private func row(of island: YAMLNode) -> [Cell] {
        let state = island.text("status", "state")
        let claim = island.text("status", "claimedBy").map { "claimed by \($0)" }
        return [
            Cell(island.objectName), claim.map { Cell($0) } ?? .lowercased(state),
            Cell(island.share("readyHosts", of: "hosts").map { "\($0) hosts" }),
            Cell(counted(island.deviceCount, "device")),
        ]
    }

    private func children(of branch: Branch) -> [Branch] {
        switch branch {
        case .level(let level): level.branches
        case .island(let island): island.levels.map(Branch.level) + island.hosts.map(Branch.host)
        case .host(let host): showsDevices ? host.devices.map(Branch.device) : []
        case .device: []
        }
    }
}

extension Cell {
    fileprivate static let blank: Cell = {
        var cell = Cell(" ")
        cell.text = ""
        return cell
    }()

    fileprivate static func lowercased(_ state: String?) -> Cell {
        Cell(state.map(words), style: state.flatMap { Style(state: $0) })
    }

    /// `InUse` as `in use`.
    static func words(_ state: String) -> String {
        let words = state.map { $0.isUppercase ? " \($0.lowercased())" : String($0) }.joined()
        return String(words.drop { $0 == " " })
    }
}

extension YAMLNode {
    /// `4 x TPU v5e`, or that there are none.
    fileprivate var accelerators: String {
        guard deviceCount > 0 else { return "no devices" }
        return "\(deviceCount) x \(text("status", "accelerator") ?? "device")"
    }
}
