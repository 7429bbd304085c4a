import AtollModel
import AtollTopology

/// Reads what the host is. Some hundreds of small files, so not on the loop.
struct HostReader: Sendable {
    let host: HostID
    let address: String
    let root: String
    let labels: LabelRules
    let podLease: Duration?

    init(_ settings: AgentSettings) {
        host = settings.host
        address = settings.address
        root = settings.root
        labels = settings.labels
        podLease = settings.podLease
    }

    /// Blocks.
    func read() -> HostFacts {
        let topology = HostTopology.read(root: root)
        let report = LabelReport.evaluate(labels, root: root, topology: topology, host: host, now: .now)
        var facts = topology.facts(host: host, address: address, agentVersion: AtollVersion.current, labels: report)
        facts.podLease = podLease
        return facts
    }

    @concurrent func readElsewhere() async -> HostFacts { read() }
}
