public import AtollYAML

/// The cluster as a tree: levels, their islands, smaller islands inside those, hosts and devices.
public struct Topology: Sendable {
    struct Level: Sendable {
        var key: String
        var islands: [Island]
    }

    struct Island: Sendable {
        var object: YAMLNode
        /// Islands of other levels that lie within.
        var levels: [Level] = []
        /// Hosts that are in none of those.
        var hosts: [Host] = []
    }

    struct Host: Sendable {
        var object: YAMLNode
        var devices: [YAMLNode]
    }

    /// Levels that no island of another level contains, in the order of the coordinator.
    let levels: [Level]
    /// Hosts in no island.
    let looseHosts: [Host]
    let islandCount: Int
    let hosts: [YAMLNode]

    public init(islands: [YAMLNode], hosts: [YAMLNode], devices: [YAMLNode]) {
        var builder = TopologyBuilder(islands: islands, hosts: hosts, devices: devices)
        levels = builder.levels(of: builder.roots)
        looseHosts = builder.looseHosts
        islandCount = islands.count
        self.hosts = hosts
    }
}

/// Finds out which island lies in which.
///
/// A host is in at most one island of each level, so the islands around an island are found through its first host:
/// the work is hosts times levels squared.
struct TopologyBuilder {
    private let islands: [YAMLNode]
    private let members: [Set<String>]
    private var children: [[Int]]
    private var hostsByName: [String: Topology.Host] = [:]
    private(set) var roots: [Int] = []
    private(set) var looseHosts: [Topology.Host] = []

    init(islands: [YAMLNode], hosts: [YAMLNode], devices: [YAMLNode]) {
        self.islands = islands
        members = islands.map { Set($0.texts("status", "hostNames")) }
        children = islands.map { _ in [] }
        let devicesByHost = Dictionary(grouping: devices) { $0.text("status", "host") ?? "" }
        var around: [String: [Int]] = [:]
        for (index, names) in members.enumerated() {
            for name in names { around[name, default: []].append(index) }
        }
        for host in hosts {
            let name = host.objectName
            let value = Topology.Host(object: host, devices: devicesByHost[name] ?? [])
            hostsByName[name] = value
            if around[name] == nil { looseHosts.append(value) }
        }
        for index in islands.indices {
            if let parent = parent(of: index, around) { children[parent].append(index) } else { roots.append(index) }
        }
    }

    /// The smallest island of another level that has all hosts of this one. Of two with equal hosts, the first in the
    /// list contains the second.
    private func parent(of index: Int, _ around: [String: [Int]]) -> Int? {
        guard let host = members[index].first else { return nil }
        let wider = (around[host] ?? []).filter { other in
            islands[other].text("status", "topologyKey") != islands[index].text("status", "topologyKey")
                && (members[other].count, -other) > (members[index].count, -index)
                && members[index].isSubset(of: members[other])
        }
        return wider.min { (members[$0].count, -$0) < (members[$1].count, -$1) }
    }

    /// The islands grouped by level, in their order.
    mutating func levels(of indices: [Int]) -> [Topology.Level] {
        var levels: [Topology.Level] = []
        for index in indices {
            let key = islands[index].text("status", "topologyKey") ?? ""
            let island = island(index)
            if let level = levels.firstIndex(where: { $0.key == key }) {
                levels[level].islands.append(island)
            } else {
                levels.append(Topology.Level(key: key, islands: [island]))
            }
        }
        return levels
    }

    /// Recursive as deep as there are levels.
    private mutating func island(_ index: Int) -> Topology.Island {
        let inner = children[index].reduce(into: Set<String>()) { $0.formUnion(members[$1]) }
        let own = islands[index].texts("status", "hostNames").filter { !inner.contains($0) }
        return Topology.Island(
            object: islands[index],
            levels: levels(of: children[index]),
            hosts: own.compactMap { hostsByName[$0] }
        )
    }
}
