import AtollModel
import AtollYAML

extension HostTopology {
    /// `locality` has each pair of accelerators and of the network devices that jobs use; `nearestNic` has the nearest
    /// of those for each accelerator.
    var localityFields: [(String, YAMLNode?)] {
        let members = localityMembers
        let pairs = members.indices.flatMap { index in
            members[(index + 1)...].map { (members[index], $0, members[index].locality(to: $0)) }
        }
        let histogram = PCILocality.allCases.map { locality in (locality, pairs.count { $0.2 == locality }) }
        let nearest = devicesWithFunctions.map { function in
            (function.address.description, nearestDocument(function))
        }
        return [
            ("locality", .list(pairs.map { Self.document($0.0, $0.1, $0.2) })),
            ("localityHistogram", .map(histogram.map { ($0.rawValue, $1 == 0 ? nil : .int($1)) })),
            ("nearestNic", .map(nearest)),
        ]
    }

    /// One for each physical device, in the order of the devices.
    private var devicesWithFunctions: [PCIFunction] {
        var known: Set<PCIAddress> = []
        return accelerators.compactMap(\.function).filter { known.insert($0.address).inserted }
    }

    /// The accelerators, then the functions of the network devices that jobs use. Virtual functions are where their
    /// physical ones are, and there may be hundreds of them.
    private var localityMembers: [PCIFunction] {
        let devices = devicesWithFunctions
        let networks = networkDevices.filter(\.isForJobs).compactMap(\.function).filter { !$0.isVirtual }
        var known = Set(devices.map(\.address))
        return devices + networks.filter { known.insert($0.address).inserted }
    }

    private static func document(_ one: PCIFunction, _ other: PCIFunction, _ locality: PCILocality) -> YAMLNode {
        .map([
            ("a", .string(one.address.description)), ("b", .string(other.address.description)),
            ("class", .string(locality.rawValue)),
        ])
    }

    /// Nil where there is no network device to be near.
    private func nearestDocument(_ function: PCIFunction) -> YAMLNode? {
        let nearest = nearestNetworkDevices(to: function)
        guard let first = nearest.first?.function else { return nil }
        return .map([
            ("nearestNics", .list(nearest.map { .string($0.name) })),
            ("relation", .string(function.relation(to: first))),
            ("class", .string(function.locality(to: first).rawValue)),
        ])
    }
}

extension PCIFunction {
    /// What two functions have in common at most.
    fileprivate func relation(to other: PCIFunction) -> String {
        let common = path.flatMap { path in other.path.flatMap { path.commonBridges(with: $0) } }
        if let common { return common > 0 ? "SAME_SWITCH_TREE" : "SAME_ROOT_BUS" }
        return numaNode != nil && numaNode == other.numaNode ? "SAME_NUMA_NODE" : "SAME_HOST"
    }
}
