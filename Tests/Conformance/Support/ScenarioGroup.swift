/// One group of scenarios, numbered from 1.
struct ScenarioGroup {
    var name: String
    /// What it is about, in a few words.
    var title: String
    var count: Int
    /// How many of them, the last ones, were derived from the original's code; their ids end in `d`.
    var derived = 0
    /// Those that cannot be observed from outside, depend on the platform, or are behind a gate there. All derived ones
    /// are such, too.
    var internals: Set<Int> = []
    var verdicts: Verdicts

    var ids: [String] {
        (1...count).map { number in
            let suffix = number > count - derived ? "d" : ""
            return "\(name)-\(number < 10 ? "0" : "")\(number)\(suffix)"
        }
    }

    /// Ids of the core set: those by which a system counts as JobSet with its default gates.
    var coreIDs: [String] {
        ids.enumerated().filter { !internals.contains($0.offset + 1) && !$0.element.hasSuffix("d") }.map(\.element)
    }

    func verdict(_ id: String) -> Verdict { verdicts[id] ?? .passes }

    /// All 238.
    static let all: [ScenarioGroup] = [
        ScenarioGroup(
            name: "DEFAULT",
            title: "defaults at admission",
            count: 14,
            internals: [10],
            verdicts: DefaultScenarios.verdicts
        ),
        ScenarioGroup(
            name: "ADMIT",
            title: "validation of a new JobSet",
            count: 38,
            derived: 3,
            internals: [18, 19, 20, 21],
            verdicts: AdmitScenarios.verdicts
        ),
        ScenarioGroup(
            name: "UPDATE",
            title: "what may change",
            count: 14,
            derived: 1,
            internals: [13],
            verdicts: UpdateScenarios.verdicts
        ),
        ScenarioGroup(
            name: "CREATE",
            title: "child jobs and their labels",
            count: 11,
            derived: 1,
            internals: [2, 10],
            verdicts: CreateScenarios.verdicts
        ),
        ScenarioGroup(
            name: "NET",
            title: "names of pods",
            count: 10,
            internals: [4, 5, 10],
            verdicts: NetScenarios.verdicts
        ),
        ScenarioGroup(
            name: "STATUS",
            title: "counts and conditions",
            count: 14,
            internals: [10, 11, 12, 13],
            verdicts: StatusScenarios.verdicts
        ),
        ScenarioGroup(
            name: "SUCCESS",
            title: "success policy",
            count: 10,
            derived: 1,
            internals: [8],
            verdicts: SuccessScenarios.verdicts
        ),
        ScenarioGroup(
            name: "FAIL",
            title: "failure policy",
            count: 29,
            derived: 2,
            internals: [22, 26],
            verdicts: FailScenarios.verdicts
        ),
        ScenarioGroup(
            name: "RESTART",
            title: "restart strategies",
            count: 11,
            derived: 2,
            internals: [4, 5, 6, 7, 8, 9],
            verdicts: RestartScenarios.verdicts
        ),
        ScenarioGroup(
            name: "STARTUP",
            title: "startup order",
            count: 9,
            internals: [8, 9],
            verdicts: StartupScenarios.verdicts
        ),
        ScenarioGroup(
            name: "DEPENDS",
            title: "dependencies",
            count: 11,
            derived: 1,
            internals: [6, 7, 8],
            verdicts: DependsScenarios.verdicts
        ),
        ScenarioGroup(
            name: "SUSPEND",
            title: "suspending and resuming",
            count: 7,
            derived: 2,
            verdicts: SuspendScenarios.verdicts
        ),
        ScenarioGroup(
            name: "TTL",
            title: "time to live and deletion",
            count: 6,
            internals: [3, 4],
            verdicts: TimeToLiveScenarios.verdicts
        ),
        ScenarioGroup(
            name: "MANAGED",
            title: "JobSets of other controllers",
            count: 2,
            verdicts: ManagedScenarios.verdicts
        ),
        ScenarioGroup(
            name: "VOLUME",
            title: "volume claims",
            count: 6,
            internals: [4],
            verdicts: VolumeScenarios.verdicts
        ),
        ScenarioGroup(
            name: "ELASTIC",
            title: "resizing running jobs",
            count: 7,
            internals: Set(1...7),
            verdicts: ElasticScenarios.verdicts
        ),
        ScenarioGroup(
            name: "INPLACE",
            title: "restart in place, the coordinator's side",
            count: 13,
            derived: 1,
            internals: Set(1...13),
            verdicts: InPlaceScenarios.verdicts
        ),
        ScenarioGroup(
            name: "AGENT",
            title: "restart in place, the pod's side",
            count: 9,
            internals: Set(1...9),
            verdicts: AgentScenarios.verdicts
        ),
        ScenarioGroup(
            name: "PLACE",
            title: "exclusive placement",
            count: 12,
            internals: Set(1...12),
            verdicts: PlaceScenarios.verdicts
        ),
        ScenarioGroup(
            name: "GANG",
            title: "all pods or none",
            count: 3,
            internals: Set(1...3),
            verdicts: GangScenarios.verdicts
        ),
        ScenarioGroup(
            name: "METRIC",
            title: "metrics",
            count: 2,
            internals: Set(1...2),
            verdicts: MetricScenarios.verdicts
        ),
    ]
}
