import AtollCore
import AtollModel

/// A coordinator's core and the hosts connected to it, without any IO: its inputs are those that real agents cause.
///
/// Hosts are `host-0`, `host-1`, ...; host i is in island `island-<i / hostsPerIsland>` and speaks on session i + 1.
struct Fleet {
    var core: CoordinatorCore
    let hosts: Int
    let hostsPerIsland: Int
    private(set) var now = Instant(uptime: 0, wall: Timestamp(nanoseconds: 1_790_000_000 * 1_000_000_000))
    private var requests: UInt64 = 0

    /// The label key of the islands.
    static let islandKey = "atoll.dev/island"
    private static let devicesPerHost = 8

    /// All hosts are connected and in step with the core.
    init(hosts: Int, hostsPerIsland: Int) throws {
        core = try CoordinatorCore(seed: 1)
        self.hosts = hosts
        self.hostsPerIsland = hostsPerIsland
        connect()
    }

    /// A core that found `stored` in its store; nobody is connected.
    init(restoring stored: StoredState, hosts: Int, hostsPerIsland: Int) throws {
        core = try CoordinatorCore(restoring: stored, seed: 1)
        self.hosts = hosts
        self.hostsPerIsland = hostsPerIsland
    }

    static func session(_ host: Int) -> SessionID { SessionID(UInt64(host) + 1) }

    /// The inputs of one turn of the loop, and what the core makes of them.
    @discardableResult
    mutating func turn(_ inputs: some Sequence<Input>) -> Effects {
        now = now.advanced(by: .milliseconds(1))
        var effects = Effects()
        for input in inputs { core.handle(input, at: now, into: &effects) }
        core.handle(.settle, at: now, into: &effects)
        return effects
    }

    /// Inputs in several turns of the same size.
    @discardableResult
    mutating func turns(of size: Int, _ inputs: [Input]) -> Effects {
        var effects = Effects()
        for start in stride(from: 0, to: inputs.count, by: size) {
            effects.append(turn(inputs[start..<min(start + size, inputs.count)]))
        }
        return effects
    }

    mutating func apply(_ applications: [JobSetApplication]) -> Input {
        requests += 1
        return .admin(AdminTicket(session: SessionID(0), request: requests), .apply(applications, dryRun: false))
    }

    // MARK: Hosts

    /// Lets every host connect and report, without pods.
    @discardableResult
    mutating func connect() -> Effects { turn((0..<hosts).flatMap { arrival(of: $0, with: []) }) }

    /// Hello, facts and the first complete status of one host.
    func arrival(of host: Int, with pods: [PodReport]) -> [Input] {
        let session = Self.session(host)
        let facts = facts(of: host)
        let hello = AgentHello(
            host: facts.host,
            address: facts.address,
            bootID: facts.bootID,
            instance: ObjectUID("instance-\(host)"),
            highestEpoch: Epoch(0),
            answersTopologyReads: true,
            readsPeerLists: true
        )
        let status = StatusBatch(epoch: core.cluster.epoch, applied: Generation(0), complete: true, pods: pods)
        return [
            .session(session, .greeted(hello, peer: facts.address)), .session(session, .reported(facts)),
            .session(session, .observed(status)),
        ]
    }

    func facts(of host: Int) -> HostFacts {
        HostFacts(
            host: HostID("host-\(host)"),
            address: "10.\(host >> 16).\(host >> 8 & 255).\(host & 255)",
            bootID: "2f0c1a6e-5f0f-4c33-9a55-0000\(host + 10_000_000)",
            kernel: "6.1.0-42-amd64",
            agentVersion: "0.1.0",
            cpuCount: 224,
            memoryBytes: 2 << 40,
            model: "Example H100 server",
            numaNodeCount: 2,
            labels: [
                "kubernetes.io/hostname": "host-\(host)",
                Self.islandKey: "island-\(host / hostsPerIsland)",
                "topology.kubernetes.io/zone": "zone-\(host / hostsPerIsland / 256)",
            ],
            devices: (0..<Self.devicesPerHost).map { device(UInt32($0), of: host) }
        )
    }

    private func device(_ index: UInt32, of host: Int) -> Device {
        Device(
            index: index,
            vendor: .nvidia,
            model: "H100 SXM",
            pciAddress: "0000:\(String(0x1b + Int(index), radix: 16)):00.0",
            numaNode: index / 4,
            driver: "nvidia",
            uniqueID: "GPU-\(host)-\(index)"
        )
    }
}
