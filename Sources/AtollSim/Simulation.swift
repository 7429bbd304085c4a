import AtollCore

/// A whole cluster on a simulated clock: one `CoordinatorCore`, an `AgentCore` for each host, and between them a
/// network, a store and process tables that fail as real ones do. One seed decides everything that happens.
///
/// A run has two phases. In the first, faults strike and operators act at random, and after every step the checkers
/// compare the simulated process tables with what people were promised (`Checks/`). In the second the faults stop, and
/// every JobSet must reach the end it should within a bound of simulated time.
public enum Simulation {
    /// Runs one seed; the same seed and options always give an equal report.
    public static func run(seed: UInt64, options: SimOptions = SimOptions()) -> SimReport {
        var world = SimWorld(seed: seed, options: options)
        world.runWithFaults()
        world.runToTheEnd()
        return world.report
    }
}

public struct SimOptions: Equatable, Sendable {
    public var limits: SimLimits
    public var size: SimSize
    /// How long faults strike, in simulated time.
    public var faultPhase: Duration
    /// How long everything may take to end after that.
    public var endPhase: Duration
    /// A mistake to make on purpose, to see that it is found.
    public var plantedBug: PlantedBug?
    /// What to leave out, to see a failure with less around it.
    public var reduction: Reduction
    /// True to keep a line for each thing that happens. Costs much more time than the run itself.
    public var keepsTrace: Bool

    public init(
        limits: SimLimits = .tiny,
        size: SimSize = .small,
        faultPhase: Duration = .seconds(30),
        endPhase: Duration = .seconds(1_800),
        plantedBug: PlantedBug? = nil,
        reduction: Reduction = Reduction(),
        keepsTrace: Bool = false
    ) {
        self.limits = limits
        self.size = size
        self.faultPhase = faultPhase
        self.endPhase = endPhase
        self.plantedBug = plantedBug
        self.reduction = reduction
        self.keepsTrace = keepsTrace
    }
}

/// What the cores of one run may hold and do.
public enum SimLimits: String, CaseIterable, Sendable {
    case tiny, production
    /// One of the two, by the seed; of large runs always the second, for tiny limits would refuse most of their hosts.
    case drawn

    func limits(ofSeed seed: UInt64, _ size: SimSize) -> Limits {
        switch self {
        case .tiny: .tiny
        case .production: .production
        case .drawn: size == .small && seed.isMultiple(of: 2) ? .tiny : .production
        }
    }
}

/// What became of one seed.
public struct SimReport: Equatable, Sendable {
    public let seed: UInt64
    /// Events that were handled.
    public let steps: Int
    /// Faults that struck, of all kinds.
    public let faults: Int
    /// Acts of operators while faults struck.
    public let acts: Int
    /// Pods whose processes were started.
    public let podsStarted: Int
    /// JobSets that reached a terminal state.
    public let jobSetsFinished: Int
    /// The first promise that was broken; the run ends there.
    public let violation: Violation?
    /// Over everything that happened: equal for equal runs.
    public let traceHash: UInt64
    /// Empty unless asked for.
    public let trace: [String]
}

/// A promise that was broken.
public struct Violation: Equatable, Sendable, CustomStringConvertible {
    /// What is promised, in the words of the architecture's invariants.
    public enum Promise: String, Sendable {
        case exclusive, gang, fenced, unreachableIsNotFree, ordered, nothingLost, undisturbed, together
        case capacity, cordoned, dataKept, epochsGrow, startedOnce, restoresEqual, liveness
    }

    public let promise: Promise
    /// Since the start of the simulation.
    public let at: Duration
    /// What was seen, with names.
    public let evidence: String

    public var description: String { "\(promise.rawValue) is broken at \(at): \(evidence)" }
}
