import AtollModel
import AtollYAML

extension KFDTopology {
    /// Nodes and links as they are counted, and which devices reach which over XGMI.
    var document: YAMLNode {
        let numbers = { (nodes: [KFDNode]) in YAMLNode.list(nodes.map { .int($0.number) }) }
        let places = Dictionary(gpus.map { ($0.number, $0.address) }, uniquingKeysWith: { first, _ in first })
        let xgmi = links.filter { $0.type == KFDLink.xgmi && places[$0.from] != nil && places[$0.to] != nil }
        return .map([
            ("generationId", generation.map { .int($0) }),
            ("nodes", .int(nodes.count)),
            ("cpuNodes", numbers(nodes.filter { !$0.isGPU })),
            ("gpuNodes", numbers(gpus)),
            ("ioLinksTotal", .int(links.count)),
            ("ioLinksByType", Self.counts(links) { "\($0.type)" }),
            ("ioLinksByTypeWeight", Self.counts(links) { "\($0.type)/\($0.weight)" }),
            ("gpuGpuLinksIntraDevice", .int(xgmi.count { places[$0.from] == places[$0.to] })),
            ("gpuGpuLinksInterDevice", .int(xgmi.count { places[$0.from] != places[$0.to] })),
            ("p2pLinksTotal", .int(indirectLinks.count)),
            ("p2pLinksByType", Self.counts(indirectLinks) { "\($0.type)" }),
            ("ioLinksCountMismatch", .list(nodesWithOtherLinkCounts.map { .int($0) })),
            ("xgmiPeers", peers),
        ])
    }

    private static func counts(_ links: [KFDLink], _ key: (KFDLink) -> String) -> YAMLNode {
        var counts: [String: Int] = [:]
        for link in links { counts[key(link), default: 0] += 1 }
        return .map(counts.sorted { NaturalOrder.precedes($0.key, $1.key) }.map { ($0.key, .int($0.value)) })
    }

    private var peers: YAMLNode {
        var peers: [String: [String]] = [:]
        for link in deviceLinks() {
            peers[link.from, default: []].append(link.to)
            peers[link.to, default: []].append(link.from)
        }
        return .map(peers.sorted { $0.key < $1.key }.map { ($0.key, .list($0.value.sorted().map { .string($0) })) })
    }
}
