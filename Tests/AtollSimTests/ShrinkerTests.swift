import AtollSim
import Testing

@Suite struct ShrinkerTests {
    @Test(arguments: [PlantedBug.sendBeforeCommit, .reportEndAtStop])
    func `a failing run shrinks to one that breaks the same promise`(bug: PlantedBug) throws {
        let options = SimOptions(endPhase: .seconds(600), plantedBug: bug)
        let report = try #require(firstFailure(options))
        let smaller = try #require(Shrinker.shrink(report, options: options, runsMax: 40))

        #expect(smaller.runs <= 40)
        #expect(smaller.report.violation?.promise == report.violation?.promise)
        #expect(smaller.options.reduction != Reduction())
        #expect(smaller.report.acts <= report.acts)
        #expect(smaller.report.faults <= report.faults)
        #expect(Simulation.run(seed: report.seed, options: smaller.options) == smaller.report)
    }

    @Test func `a run that breaks nothing has nothing to shrink`() {
        let options = SimOptions(faultPhase: .seconds(1))
        #expect(Shrinker.shrink(Simulation.run(seed: 1, options: options), options: options) == nil)
    }

    @Test func `without faults and acts nothing happens but work`() {
        let reduction = Reduction(without: Set(FaultKind.allCases), faultsEndMs: 5_000, actsMax: 0)
        for seed in 1...UInt64(8) {
            let report = Simulation.run(seed: seed, options: SimOptions(reduction: reduction))
            #expect(report.acts == 0 && report.podsStarted == 0 && report.violation == nil)
        }
    }

    @Test func `a replay names all that makes the run what it is`() {
        let reduction = Reduction(without: [.partition, .agentCrash], faultsEndMs: 1_200, actsMax: 3)
        let options = SimOptions(limits: .tiny, plantedBug: .dropCommit, reduction: reduction)
        #expect(
            Replay(seed: 17, options: options).description
                == "scripts/simulate --seed 17 --limits tiny --bug dropCommit --end-faults-ms 1200 "
                + "--without agentCrash,partition --acts 3 --trace"
        )
        #expect(
            Replay(seed: 18, options: SimOptions(limits: .drawn)).description == "scripts/simulate --seed 18 --trace"
        )
    }

    private func firstFailure(_ options: SimOptions) -> SimReport? {
        (1...UInt64(200)).lazy.map { Simulation.run(seed: $0, options: options) }.first { $0.violation != nil }
    }
}
