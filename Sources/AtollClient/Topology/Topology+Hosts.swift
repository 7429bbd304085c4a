import AtollModel
import AtollYAML

extension Topology.Island {
    /// Findings about its hosts, those in islands within it included.
    var findingCounts: FindingCounts {
        let own = hosts.reduce(FindingCounts()) { $0 + $1.object.findingCounts }
        return levels.flatMap(\.islands).reduce(own) { $0 + $1.findingCounts }
    }
}
