import AtollSim
import Testing

/// Shows that the checkers see what they are there for: each mistake, made on purpose, is found within some seeds.
@Suite struct PlantedBugTests {
    private static let seedsMax: UInt64 = 200
    /// Where to begin with those that show only when much comes together.
    private static let firstSeeds: [PlantedBug: UInt64] = [.ignoreEpoch: 1_000, .leaseWithoutMargin: 700]

    @Test(arguments: PlantedBug.allCases)
    func `a planted bug is found`(bug: PlantedBug) {
        let first = Self.firstSeeds[bug] ?? 1
        for seed in first..<first + Self.seedsMax {
            let report = Simulation.run(seed: seed, options: SimOptions(endPhase: .seconds(600), plantedBug: bug))
            guard let violation = report.violation else { continue }
            print("\(bug.rawValue): seed \(seed): \(violation.promise.rawValue)")
            return
        }
        Issue.record("\(bug.rawValue) is not found within \(Self.seedsMax) seeds from \(first)")
    }
}
