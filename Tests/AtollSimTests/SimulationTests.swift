import AtollSim
import Glibc
import Testing

/// `scripts/simulate` runs the same by the million, and replays one seed with a trace.
@Suite struct SimulationTests {
    /// The same at every run, so that a failure is the change's and not the day's.
    @Test(arguments: [SimLimits.tiny, .production])
    func `no promise is broken under faults, and everything comes to its end`(limits: SimLimits) {
        check(1...150, SimOptions(limits: limits))
    }

    @Test func `nor is one in large clusters`() { check(1...10, SimOptions(limits: .drawn, size: .large)) }

    /// `ATOLL_SIM_FRESH=N ATOLL_SIM_FIRST=S`: N seeds from S on, which `scripts/test` takes from the date.
    @Test(.enabled(if: freshCount > 0, "ATOLL_SIM_FRESH is not set"))
    func `nor is one in runs that nobody has seen before`() {
        let first = number("ATOLL_SIM_FIRST") ?? 1
        check(first...first + freshCount - 1, SimOptions(limits: .drawn))
    }

    private func check(_ seeds: ClosedRange<UInt64>, _ options: SimOptions) {
        var steps = 0
        var pods = 0
        var finished = 0
        for seed in seeds {
            let report = Simulation.run(seed: seed, options: options)
            steps += report.steps
            pods += report.podsStarted
            finished += report.jobSetsFinished
            if let violation = report.violation {
                Issue.record("\(violation)\nreplay: \(Replay(seed: seed, options: options))")
            }
        }
        print("seeds \(seeds): \(steps) steps, \(pods) pods, \(finished) finished JobSets")
        // A simulation in which nothing happens finds nothing.
        #expect(pods > seeds.count && finished > seeds.count / 2 && steps > 100 * seeds.count)
    }
}

private let freshCount = number("ATOLL_SIM_FRESH") ?? 0

/// The number in an environment variable; nil when there is none.
private func number(_ variable: String) -> UInt64? {
    // Tests run in one process that sets no variables.
    guard let text = getenv(variable) else { return nil }
    return UInt64(String(cString: text))
}
