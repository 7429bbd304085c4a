/// What is left out of a run, so that what matters stands out. All that is left is drawn as before, as far as the one does
/// not follow from the other.
public struct Reduction: Equatable, Sendable {
    /// Kinds of faults that never strike.
    public var without: Set<FaultKind>
    /// When faults and operators stop, in milliseconds since the start; nil for the end of the fault phase.
    public var faultsEndMs: Int?
    /// How often operators act before that; nil for as often as they like.
    public var actsMax: Int?

    public init(without: Set<FaultKind> = [], faultsEndMs: Int? = nil, actsMax: Int? = nil) {
        self.without = without
        self.faultsEndMs = faultsEndMs
        self.actsMax = actsMax
    }

    var faultPhase: Duration? { faultsEndMs.map { .milliseconds($0) } }
}
