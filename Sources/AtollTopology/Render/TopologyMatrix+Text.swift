import AtollModel

extension HostTopology {
    /// The square matrix of accelerators and NICs with their CPU and NUMA affinities, and a legend of what occurs in it.
    /// Wider than a terminal where there are many. Ends in a newline.
    public func matrixText() -> String {
        let matrix = TopologyMatrix(self)
        if matrix.entries.isEmpty { return "no accelerators and no NICs\n" }
        let nodesWithCPUs = numaNodes.filter { !$0.cpus.isEmpty }.count
        let text = MatrixText(matrix, isSingleNode: nodesWithCPUs == 1, hasNVSwitches: !nvswitches.isEmpty)
        return text.lines.map { $0 + "\n" }.joined()
    }
}

/// A matrix in columns, with its legend.
private struct MatrixText {
    private let matrix: TopologyMatrix
    /// Whether all CPUs are of one NUMA node, so that nothing can be further away than that.
    private let isSingleNode: Bool
    private let hasNVSwitches: Bool
    private let cells: [[TopologyMatrix.Cell]]

    init(_ matrix: TopologyMatrix, isSingleNode: Bool, hasNVSwitches: Bool) {
        self.matrix = matrix
        self.isSingleNode = isSingleNode
        self.hasNVSwitches = hasNVSwitches
        let positions = matrix.entries.indices
        cells = positions.map { row in positions.map { matrix.cell(row, $0) } }
    }

    var lines: [String] {
        let below = (legend + [""] + names).map { $0.isEmpty ? "" : "  " + $0 }
        return table + ["", "Legend:", ""] + below
    }

    private var table: [String] {
        let entries = matrix.entries
        let header = [""] + entries.map(\.name) + ["CPU Affinity", "NUMA Affinity"]
        let rows = zip(entries, cells).map { entry, row in
            [entry.name] + row.map(symbol) + [entry.cpus, entry.node]
        }
        let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
        return ([header] + rows).map { row in
            zip(row, widths).map { $0.padded(to: $1) }.joined(separator: "  ").withoutTrailingSpaces
        }
    }

    /// `nvidia-smi` has no word for what is not known, and people read its words: the furthest that it can be.
    private func symbol(_ cell: TopologyMatrix.Cell) -> String {
        switch cell {
        case .locality(.same): " X"
        case .locality(.unknown): isSingleNode ? PCILocality.node.rawValue : PCILocality.sys.rawValue
        case .locality(let locality): locality.rawValue
        case .xgmi(let hops): hops == 1 ? "XGMI" : "XGMI\(hops)"
        case .neuronLink: "NLINK"
        }
    }

    /// A line for each symbol that occurs, the nearest first.
    private var legend: [String] {
        let found = Set(cells.joined())
        var lines: [(String, String)] = []
        for case .xgmi(let hops) in found.sorted(by: { $0.hops < $1.hops }) {
            let distance = hops == 1 ? "" : ", over \(hops) hops"
            lines.append((symbol(.xgmi(hops: hops)), "a link of AMD Infinity Fabric\(distance)"))
        }
        if found.contains(.neuronLink) { lines.append((symbol(.neuronLink), "a NeuronLink between the two")) }
        let unknown = found.contains(.locality(.unknown)) ? (isSingleNode ? PCILocality.node : .sys) : nil
        for locality in PCILocality.allCases where locality != .unknown {
            guard found.contains(.locality(locality)) || locality == unknown else { continue }
            let doubt = locality == unknown ? Self.doubt(found.contains(.locality(locality)), locality) : nil
            lines.append((symbol(.locality(locality)).trimmed(), doubt ?? Self.meaning(locality)))
        }
        let width = lines.map(\.0.count).max() ?? 0
        return lines.map { "\($0.padded(to: width)) = \($1)" } + nvlinkNote
    }

    private static func meaning(_ locality: PCILocality) -> String {
        switch locality {
        case .same: "the device itself"
        case .pix: "below one PCI switch"
        case .pxb: "below one PCI bridge, with several bridges between"
        case .phb: "on one PCI root bus, with no bridge in common"
        case .node: "on other PCI root buses of one NUMA node"
        case .sys, .unknown: "on other NUMA nodes"
        }
    }

    /// - Parameter isAlsoMeant: whether some cells with the symbol are known to be what it says.
    private static func doubt(_ isAlsoMeant: Bool, _ locality: PCILocality) -> String {
        let doubt = "not known: the kernel does not say where both are"
        let limit = locality == .node ? " (there is one NUMA node with CPUs)" : ""
        return (isAlsoMeant ? "\(meaning(locality)), or \(doubt)" : doubt) + limit
    }

    private var nvlinkNote: [String] {
        if !hasNVSwitches { return [] }
        return ["", "NVLink is not shown: NVSwitches join the GPUs, and neither sysfs nor procfs says how."]
    }

    private var names: [String] {
        let width = matrix.entries.map(\.name.count).max() ?? 0
        return matrix.entries.map { "\("\($0.name):".padded(to: width + 1)) \($0.meaning)" }
    }
}

extension TopologyMatrix.Cell {
    fileprivate var hops: UInt32 { if case .xgmi(let hops) = self { hops } else { 0 } }
}

extension String {
    fileprivate var withoutTrailingSpaces: String {
        var text = self[...]
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
