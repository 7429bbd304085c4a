/// The rules of a host: those of its own configuration, then those of presets.
///
/// A *level* of the topology is nothing but a label key, and a host says no more than which labels it has. Which keys
/// are levels, and which of them is wider, is a matter of the cluster: the coordinator's policy names them
/// (`atoll-coordinator --topology-key`) and each JobSet names the one whose islands it wants. Were it in the agents'
/// files too, two hosts could contradict each other.
///
/// A host that no rule of a key matches has no such label and is in no island of that level.
public struct LabelRules: Equatable, Sendable {
    public enum Presets: Equatable, Sendable {
        /// All that apply to what the host has, in the order of `LabelPreset.allCases`.
        case found
        /// These, in this order, whatever the host has.
        case named([LabelPreset])
    }

    public var own: [LabelRule]
    public var presets: Presets

    /// By default what a host without any configuration has.
    public init(own: [LabelRule] = [], presets: Presets = .found) {
        self.own = own
        self.presets = presets
    }

    func all(for host: LabelHost) -> [LabelRule] {
        let chosen =
            switch presets {
            case .found: LabelPreset.allCases.filter { $0.applies(to: host) }
            case .named(let names): names
            }
        return own + chosen.flatMap(\.rules)
    }
}
