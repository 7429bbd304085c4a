import AtollModel
public import AtollYAML

extension Topology {
    /// The tree for machines: the objects' own names and states, nested.
    public var node: YAMLNode {
        .map([
            ("apiVersion", .string("atoll.dev/v1alpha1")), ("kind", .string("Topology")),
            ("levels", .list(levels.map(\.node))),
            ("hosts", looseHosts.isEmpty ? nil : .list(looseHosts.map(\.node))),
        ])
    }
}

extension Topology.Level {
    fileprivate var node: YAMLNode {
        .map([("topologyKey", .string(key)), ("islands", .list(islands.map(\.node)))])
    }
}

extension Topology.Island {
    fileprivate var node: YAMLNode {
        let status = object["status"]
        return .map([
            ("name", .string(object.objectName)), ("state", status?["state"]), ("claimedBy", status?["claimedBy"]),
            ("devices", status?["devices"]), ("freeDevices", status?["freeDevices"]),
            ("levels", levels.isEmpty ? nil : .list(levels.map(\.node))),
            ("hosts", hosts.isEmpty ? nil : .list(hosts.map(\.node))),
        ])
    }
}

extension Topology.Host {
    fileprivate var node: YAMLNode {
        let status = object["status"]
        return .map([
            ("name", .string(object.objectName)), ("state", status?["state"]), ("address", status?["address"]),
            ("accelerator", status?["accelerator"]), ("claimedBy", status?["claimedBy"]),
            ("freeDevices", status?["freeDevices"]), ("findings", status?["findings"]),
            ("devices", devices.isEmpty ? nil : .list(devices.compactMap { $0["status"] })),
        ])
    }
}
