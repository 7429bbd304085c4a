import AtollSim
import Testing

@Suite struct DeterminismTests {
    @Test(arguments: 1...UInt64(8))
    func `the same seed gives the same run`(seed: UInt64) {
        let options = SimOptions(faultPhase: .seconds(20))
        #expect(Simulation.run(seed: seed, options: options) == Simulation.run(seed: seed, options: options))
    }

    @Test func `another seed gives another run`() {
        let hashes = (1...UInt64(8)).map {
            Simulation.run(seed: $0, options: SimOptions(faultPhase: .seconds(5))).traceHash
        }
        #expect(Set(hashes).count == hashes.count)
    }
}
