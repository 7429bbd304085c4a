import AtollSim
import Testing

/// Shows that the checkers see what they are there for: each mistake, made on purpose, is found within some seeds.
@Suite struct PlantedBugTests {
    private static let seedsMax: UInt64 = 200

    @Test(arguments: PlantedBug.allCases)
    func `a planted bug is found`(bug: PlantedBug) {
        for seed in 1...Self.seedsMax {
            let report = Simulation.run(seed: seed, options: SimOptions(endPhase: .seconds(600), plantedBug: bug))
            guard let violation = report.violation else { continue }
            print("\(bug.rawValue): seed \(seed): \(violation.promise.rawValue)")
            return
        }
        Issue.record("\(bug.rawValue) is not found within \(Self.seedsMax) seeds")
    }
}
