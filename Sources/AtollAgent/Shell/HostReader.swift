import AtollModel
import AtollTopology

/// Reads what the host is. Some hundreds of small files the first time, so not on the loop.
///
/// A value that learns: the one that `readElsewhere` returns reads less the next time.
struct HostReader: Sendable {
    let host: HostID
    let address: String
    let labels: LabelRules
    let podLease: Duration?
    private let root: String
    private var topology: TopologyReader

    init(_ settings: AgentSettings) {
        host = settings.host
        address = settings.address
        labels = settings.labels
        podLease = settings.podLease
        root = settings.root
        topology = TopologyReader(root: settings.root)
    }

    /// Makes the next reading look at everything.
    mutating func forget() { topology.forget() }

    /// Blocks.
    mutating func read() -> HostFacts {
        let (found, report) = look()
        var facts = found.facts(host: host, address: address, agentVersion: AtollVersion.current, labels: report)
        facts.podLease = podLease
        return facts
    }

    /// Blocks.
    mutating func look() -> (topology: HostTopology, labels: LabelReport) {
        let found = topology.read()
        return (found, LabelReport.evaluate(labels, root: root, topology: found, host: host, now: .now))
    }

    @concurrent consuming func readElsewhere() async -> (facts: HostFacts, reader: HostReader) {
        var reader = self
        return (reader.read(), reader)
    }
}
