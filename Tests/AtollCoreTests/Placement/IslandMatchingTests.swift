import AtollModel
import Testing

@testable import AtollCore

@Suite struct IslandMatchingTests {
    @Test func `a class moves on to an island that only it can use`() {
        var matching = IslandMatching(candidates: [[0, 1], [0]], needed: [1, 1])
        let isSolved = matching.solve()
        #expect(isSolved)
        #expect(matching.chosen == [[1], [0]])
    }

    @Test func `a class that no choice can satisfy gets as much as there is`() {
        var matching = IslandMatching(candidates: [[0, 1]], needed: [3])
        let isSolved = matching.solve()
        #expect(!isSolved)
        #expect(matching.chosen == [[0, 1]])
    }

    @Test func `a solution is found exactly when trying every choice finds one`() {
        var random = SplitMix64(seed: 7)
        for round in 0..<2_000 {
            let problem = Problem(&random)
            var matching = IslandMatching(candidates: problem.candidates, needed: problem.needed)
            let isSolved = matching.solve()
            #expect(isSolved == problem.isSolvable, "round \(round): \(problem)")
            guard isSolved else { continue }
            #expect(matching.chosen.map(\.count) == problem.needed, "round \(round): \(problem)")
            #expect(Set(matching.chosen.joined()).count == problem.needed.reduce(0, +), "round \(round): \(problem)")
            for (chosen, candidates) in zip(matching.chosen, problem.candidates) {
                #expect(chosen.allSatisfy(candidates.contains), "round \(round): \(problem)")
            }
        }
    }

    private struct Problem {
        let candidates: [[Int]]
        let needed: [Int]

        init(_ random: inout SplitMix64) {
            let islands = Int.random(in: 0...5, using: &random)
            let classes = Int.random(in: 1...4, using: &random)
            var candidates: [[Int]] = []
            for _ in 0..<classes {
                var usable: [Int] = []
                for island in 0..<islands where Bool.random(using: &random) { usable.append(island) }
                candidates.append(usable.shuffled(using: &random))
            }
            self.candidates = candidates
            needed = (0..<classes).map { _ in Int.random(in: 0...2, using: &random) }
        }

        /// One island after the other, given to each class that may have it, or to none.
        var isSolvable: Bool { canSolve(from: 0, needed) }

        private func canSolve(from island: Int, _ left: [Int]) -> Bool {
            if left.allSatisfy({ $0 == 0 }) { return true }
            guard island < 5 else { return false }
            if canSolve(from: island + 1, left) { return true }
            return left.indices.contains { job in
                guard left[job] > 0, candidates[job].contains(island) else { return false }
                var rest = left
                rest[job] -= 1
                return canSolve(from: island + 1, rest)
            }
        }
    }
}
