import Testing

@testable import AtollSim

@Suite struct ReductionSearchTests {
    @Test func `what is not needed is left out, and bounds are lowered to the least`() {
        let search = search { reduction in
            reduction.without.isDisjoint(with: [.partition, .takeover])
                && reduction.faultsEndMs.map { $0 >= 1_234 } ?? true && reduction.actsMax.map { $0 >= 3 } ?? true
        }
        #expect(
            search.best
                == Reduction(
                    without: Set(FaultKind.allCases).subtracting([.partition, .takeover]),
                    faultsEndMs: 1_234,
                    actsMax: 3
                )
        )
    }

    @Test func `what only holds with everything stays as it is`() {
        #expect(search { $0 == Reduction() }.best == Reduction())
    }

    @Test func `what was left out at the start stays out`() {
        let start = Reduction(without: [.clockStep], faultsEndMs: 500)
        let found = search(from: start) { !$0.without.contains(.agentCrash) }.best
        #expect(found.without.isSuperset(of: start.without) && !found.without.contains(.agentCrash))
        #expect(found.faultsEndMs == 0 && found.actsMax == 0)
    }

    /// One bound goes down only once another kind is gone, so one round is not enough.
    @Test func `what becomes possible later is found`() {
        let found = search { reduction in
            reduction.without.contains(.clockStep) ? reduction.actsMax == 0 || reduction.actsMax == nil : true
        }
        #expect(found.best.actsMax == 0 && found.best.without.contains(.clockStep))
    }

    @Test(arguments: [0, 1, 7])
    func `no more is tried than allowed`(trialsMax: Int) {
        let trials = Counter()
        var search = ReductionSearch(from: Reduction(), trialsMax: trialsMax) { _ in
            trials.count += 1
            return trials.count.isMultiple(of: 2)
        }
        search.run(kinds: FaultKind.allCases, faultsEndMs: 30_000, acts: 40)
        #expect(trials.count == trialsMax && search.trialsLeft == 0)
    }

    private func search(from start: Reduction = Reduction(), holds: @escaping (Reduction) -> Bool) -> ReductionSearch {
        var search = ReductionSearch(from: start, trialsMax: 200, holds: holds)
        search.run(kinds: FaultKind.allCases, faultsEndMs: 30_000, acts: 40)
        return search
    }

    private final class Counter {
        var count = 0
    }
}
