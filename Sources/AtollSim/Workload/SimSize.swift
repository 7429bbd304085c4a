/// How much there is of everything in one run.
public enum SimSize: String, CaseIterable, Sendable {
    case small
    /// Tens of hosts and JobSets of up to 160 pods, for what goes wrong in numbers only. A seed takes three times as long.
    case large

    var islands: ClosedRange<Int> { isSmall ? 1...4 : 6...16 }
    /// Of one JobSet.
    var replicatedJobs: ClosedRange<Int> { isSmall ? 1...3 : 1...4 }
    var replicas: ClosedRange<Int> { isSmall ? 1...3 : 1...10 }
    var podsPerJob: ClosedRange<Int> { isSmall ? 1...3 : 1...4 }

    private var isSmall: Bool { self == .small }
}
