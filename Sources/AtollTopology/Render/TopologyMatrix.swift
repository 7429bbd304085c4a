import AtollModel

/// How far every accelerator and NIC of a host is from every other, as `nvidia-smi topo -m` shows it. Partitions are
/// folded into their devices, which is where they sit.
struct TopologyMatrix {
    /// One row and column.
    struct Entry: Equatable {
        /// `GPU0`, `NIC1`: the class, and the position among those of the class.
        var name: String
        /// What the name stands for: `[0-7] 0000:05:00.0 MI300X`, `mlx5_0`.
        var meaning: String
        var function: PCIFunction?
        /// What direct links call it; empty for NICs.
        var linkName = ""
        var cpus: String
        var node: String
    }

    enum Cell: Hashable {
        case locality(PCILocality)
        /// Infinity Fabric, over so many hops.
        case xgmi(hops: UInt32)
        case neuronLink
    }

    let entries: [Entry]
    private let links: [Pair: DeviceLink]

    private struct Pair: Hashable {
        var from: String
        var to: String
    }

    init(_ host: HostTopology) {
        let nodes = Dictionary(host.numaNodes.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        var counts: [String: Int] = [:]
        func entry(_ className: String, _ meaning: String, _ function: PCIFunction?, _ node: UInt32?) -> Entry {
            defer { counts[className, default: 0] += 1 }
            let cpus = node.flatMap { nodes[$0]?.cpuList } ?? function?.localCPUs ?? ""
            return Entry(
                name: "\(className)\(counts[className] ?? 0)",
                meaning: meaning,
                function: function,
                cpus: cpus.isEmpty ? "N/A" : cpus,
                node: node.map { "\($0)" } ?? "N/A"
            )
        }
        let boards = host.boards.map { board in
            var row = entry(board.className, board.matrixMeaning, board.function, board.device.numaNode)
            row.linkName = board.linkName
            return row
        }
        let nics = host.matrixNetworkDevices.map { entry("NIC", $0.name, $0.function, $0.function?.numaNode) }
        entries = boards + nics
        links = Dictionary(
            host.links.map { (Pair(from: $0.from, to: $0.to), $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// A direct link says more than how the PCI functions lie.
    func cell(_ row: Int, _ column: Int) -> Cell {
        if row == column { return .locality(.same) }
        let (one, other) = (entries[row], entries[column])
        if let link = link(one.linkName, other.linkName) {
            return link.kind == .neuron ? .neuronLink : .xgmi(hops: link.xgmiHops)
        }
        guard let function = one.function, let theirs = other.function else { return .locality(.unknown) }
        return .locality(function.locality(to: theirs))
    }

    private func link(_ one: String, _ other: String) -> DeviceLink? {
        if one.isEmpty || other.isEmpty { return nil }
        return links[Pair(from: one, to: other)] ?? links[Pair(from: other, to: one)]
    }
}

extension HostTopology {
    /// The NICs that jobs communicate by: those with RDMA, or all where none has it.
    fileprivate var matrixNetworkDevices: [NetworkDevice] {
        let all = networkDevices.filter { !$0.isSwitchManagement }
        let capable = all.filter { $0.kind != .ethernet }
        return capable.isEmpty ? all : capable
    }
}

extension Board {
    fileprivate var matrixMeaning: String {
        [indexes, device.pciAddress, device.model].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension DeviceLink {
    /// KFD gives 15 for each hop, and 26 more between devices that are partitioned (`kfd_crat.c`).
    fileprivate var xgmiHops: UInt32 {
        let hops = weight % 15 == 0 ? weight / 15 : (max(weight, 26) - 26) / 15
        return max(1, hops)
    }
}
