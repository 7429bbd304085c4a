import AtollCore
import AtollModel

/// The hosts of one run: some islands, all of one size.
struct ClusterShape {
    let islands: Int
    let hostsPerIsland: Int
    let devicesPerHost: Int
    static let topologyKey = "cloud.google.com/gke-nodepool"

    init(_ size: SimSize, _ chance: inout Chance) {
        islands = chance.int(size.islands)
        hostsPerIsland = chance.int(1...3)
        devicesPerHost = chance.one(of: [0, 2, 4])
    }

    var hostCount: Int { islands * hostsPerIsland }

    /// Twins have the names of their originals.
    func name(ofHost number: Int) -> HostID { HostID("host-\(number % hostCount)") }

    func facts(ofHost number: Int) -> HostFacts {
        let island = island(ofHost: number)
        return HostFacts(
            host: name(ofHost: number),
            address: "10.0.\(island).\(number + 1)",
            agentVersion: AtollVersion.current,
            labels: [Self.topologyKey: "pool-\(island)"],
            devices: (0..<devicesPerHost).map { index in
                Device(index: UInt32(index), vendor: .google, model: "v5e", pciAddress: "0000:00:0\(index + 4).0")
            }
        )
    }

    func island(ofHost number: Int) -> Int { number % hostCount / hostsPerIsland }
}
