extension KFDTopology {
    /// The XGMI links between physical devices, sorted by their ends: the links of their partitions folded, those
    /// inside one device left out. The lightest of several weights counts, and the highest bandwidth.
    func deviceLinks() -> [DeviceLink] {
        let places = Dictionary(gpus.map { ($0.number, $0.address) }, uniquingKeysWith: { first, _ in first })
        var folded: [Pair: KFDLink] = [:]
        for link in links where link.type == KFDLink.xgmi {
            guard let from = places[link.from], let to = places[link.to], from != to else { continue }
            let pair = Pair(first: min(from, to), second: max(from, to))
            guard let known = folded[pair] else {
                folded[pair] = link
                continue
            }
            folded[pair]?.weight = min(known.weight, link.weight)
            folded[pair]?.bandwidthMax = max(known.bandwidthMax, link.bandwidthMax)
        }
        return folded.sorted { $0.key < $1.key }.map { pair, link in
            DeviceLink(
                .xgmi,
                from: pair.first.description,
                to: pair.second.description,
                weight: link.weight,
                bandwidthMax: link.bandwidthMax
            )
        }
    }

    /// The processors that a physical device has links to, which are numbered as the NUMA nodes are ordered.
    func processors(of address: PCIAddress) -> [UInt32] {
        let partitions = Set(gpus.filter { $0.address == address }.map(\.number))
        let processors = Set(nodes.filter { !$0.isGPU }.map(\.number))
        let ends = links.filter { partitions.contains($0.from) && processors.contains($0.to) }
        return Set(ends.map(\.to)).sorted()
    }

    /// Nodes that have another number of links than their driver announces.
    var nodesWithOtherLinkCounts: [UInt32] {
        let counts = Dictionary(grouping: links, by: \.from).mapValues { UInt32(clamping: $0.count) }
        return nodes.filter { node in node.linkCount.map { $0 != counts[node.number] ?? 0 } ?? false }.map(\.number)
    }

    private struct Pair: Hashable, Comparable {
        var first: PCIAddress
        var second: PCIAddress

        static func < (left: Pair, right: Pair) -> Bool {
            left.first != right.first ? left.first < right.first : left.second < right.second
        }
    }
}
