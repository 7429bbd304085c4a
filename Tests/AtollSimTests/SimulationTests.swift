import AtollCore
import AtollSim
import Glibc
import Testing

/// `ATOLL_SIM_SEED=17 swift test --filter SimulationTests` replays one seed and prints all that happened;
/// `ATOLL_SIM_FIRST=1000 ATOLL_SIM_COUNT=5000` looks at other seeds than the fixed ones.
@Suite struct SimulationTests {
    /// Fixed, so that a failure is the change's and not the day's.
    static let seeds: ClosedRange<UInt64> = {
        if let seed = number("ATOLL_SIM_SEED") { return seed...seed }
        let first = number("ATOLL_SIM_FIRST") ?? 1
        return first...(first + (number("ATOLL_SIM_COUNT") ?? 150) - 1)
    }()

    @Test(arguments: [Limits.tiny, .production])
    func `no promise is broken under faults, and everything comes to its end`(limits: Limits) {
        var steps = 0
        var pods = 0
        var finished = 0
        for seed in Self.seeds {
            let options = SimOptions(limits: limits, keepsTrace: number("ATOLL_SIM_SEED") != nil)
            let report = Simulation.run(seed: seed, options: options)
            for line in report.trace { print(line) }
            steps += report.steps
            pods += report.podsStarted
            finished += report.jobSetsFinished
            if let violation = report.violation { Issue.record("ATOLL_SIM_SEED=\(seed): \(violation)") }
        }
        print("\(Self.seeds.count) seeds, \(steps) steps, \(pods) pods, \(finished) finished JobSets")
        // A simulation in which nothing happens finds nothing.
        #expect(pods > Self.seeds.count && finished > Self.seeds.count / 2 && steps > 100 * Self.seeds.count)
    }
}

/// The number in an environment variable; nil when there is none.
func number(_ variable: String) -> UInt64? {
    // Tests run in one process that sets no variables.
    guard let text = getenv(variable) else { return nil }
    return UInt64(String(cString: text))
}
