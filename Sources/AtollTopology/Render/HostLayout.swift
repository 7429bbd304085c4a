import AtollModel

/// A host's parts by where they sit, as all views show them: NUMA nodes, in them the bridges that several parts share,
/// in those the parts.
struct HostLayout: Equatable {
    struct Place: Equatable {
        /// Nil for what the kernel gives no node, or one that is not online.
        var node: NUMANode?
        var parts: [Part]

        fileprivate var isMemoryOnly: Bool { parts.isEmpty && node?.cpus.isEmpty == true }
    }

    indirect enum Part: Equatable {
        case board(Board)
        case network(NetworkDevice)
        /// A bridge below which at least two parts hang.
        case bridge(PCIAddress, [Part])
        /// A root bus, `pci0000:00`, with at least two parts that share no bridge.
        case root(String, [Part])
    }

    /// NUMA nodes with CPUs or parts in their order, then the unknown one if there is something in it.
    var places: [Place]
    /// Numbers of the nodes that hold memory alone: that of GPUs, on Grace and POWER9, which have dozens.
    var memoryNodes: [UInt32]

    init(_ host: HostTopology) {
        let listed = Set(host.numaNodes.map(\.number))
        var parts: [UInt32?: [Located]] = [:]
        func add(_ part: Part, _ function: PCIFunction?, on node: UInt32?) {
            let place = node.flatMap { listed.contains($0) ? $0 : nil }
            parts[place, default: []].append(Located(part: part, path: function?.path))
        }
        for board in host.boards { add(.board(board), board.function, on: board.device.numaNode) }
        for device in host.networkDevices { add(.network(device), device.function, on: device.function?.numaNode) }
        let nodes = host.numaNodes.map { Place(node: $0, parts: Self.grouped(parts[$0.number] ?? [])) }
        places = nodes.filter { !$0.isMemoryOnly }
        memoryNodes = nodes.filter(\.isMemoryOnly).compactMap { $0.node?.number }
        if let homeless = parts[nil] { places.append(Place(node: nil, parts: Self.grouped(homeless))) }
    }

    private struct Located {
        var part: Part
        var path: PCIPath?
    }

    /// By root bus, then by bridges. A root bus says something only beside others.
    private static func grouped(_ parts: [Located]) -> [Part] {
        let roots = runs(parts) { $0.path?.root }
        return roots.flatMap { root, members -> [Part] in
            let below = grouped(members, depth: 0)
            guard let root, roots.count > 1, below.count > 1 else { return below }
            return [.root(root, below)]
        }
    }

    /// - Parameter depth: how many bridges all the parts have in common.
    private static func grouped(_ parts: [Located], depth: Int) -> [Part] {
        let bridges = runs(parts) { part in
            part.path.flatMap { $0.bridges.count > depth ? $0.bridges[depth] : nil }
        }
        return bridges.flatMap { bridge, members -> [Part] in
            guard let bridge, members.count > 1 else { return members.map(\.part) }
            let below = grouped(members, depth: depth + 1)
            // A bridge with one thing below it is a link of a chain.
            return below.count == 1 ? below : [.bridge(bridge, below)]
        }
    }

    /// Parts with equal keys together, in the order of the first of each.
    private static func runs<Key: Hashable>(
        _ parts: [Located],
        by key: (Located) -> Key
    ) -> [(key: Key, members: [Located])] {
        var runs: [(key: Key, members: [Located])] = []
        var positions: [Key: Int] = [:]
        for part in parts {
            let key = key(part)
            if let position = positions[key] {
                runs[position].members.append(part)
            } else {
                positions[key] = runs.count
                runs.append((key, [part]))
            }
        }
        return runs
    }
}

extension HostLayout {
    /// `NUMA nodes 2-33  memory only`; nil where there are none.
    var memoryText: String? {
        if memoryNodes.isEmpty { return nil }
        return "NUMA node\(memoryNodes.count == 1 ? "" : "s") \(IDList.text(memoryNodes))  memory only"
    }
}

extension HostLayout.Place {
    /// `NUMA node 0  CPUs 0-55,112-167  1024 GiB`.
    var title: String {
        guard let node else { return "NUMA node unknown" }
        let facts = [
            "NUMA node \(node.number)", node.cpus.isEmpty ? "memory only" : "CPUs \(node.cpuList)",
            node.memoryBytes.memoryText,
        ]
        return facts.compactMap(\.self).joined(separator: "  ")
    }
}
