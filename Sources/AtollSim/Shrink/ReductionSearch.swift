/// A greedy search for a large reduction under which something still holds: halves of the kinds of faults are left out,
/// then halves of these, and bounds are bisected, again and again until nothing more can be left out.
///
/// It is as good as "the more is left out, the less often it holds" is true, which for simulated runs it mostly is.
struct ReductionSearch {
    /// The largest found so far; what holds for it was tried.
    private(set) var best: Reduction
    private(set) var trialsLeft: Int
    private let holds: (Reduction) -> Bool

    /// - Parameter holds: true for `start`, which is not tried.
    init(from start: Reduction, trialsMax: Int, holds: @escaping (Reduction) -> Bool) {
        best = start
        trialsLeft = trialsMax
        self.holds = holds
    }

    /// - Parameters:
    ///   - faultsEndMs: when it first held; what comes later should make no difference.
    ///   - acts: those of operators until then.
    mutating func run(kinds: [FaultKind], faultsEndMs: Int, acts: Int) {
        // Else a run with fewer faults could be a longer one.
        _ = accepts {
            $0.faultsEndMs = faultsEndMs
            $0.actsMax = acts
        }
        var before: Reduction
        repeat {
            before = best
            silence(kinds)
            lower(\.faultsEndMs, from: faultsEndMs)
            lower(\.actsMax, from: acts)
        } while best != before && trialsLeft > 0
    }

    private mutating func silence(_ kinds: [FaultKind]) {
        let kinds = kinds.filter { !best.without.contains($0) }
        guard !kinds.isEmpty else { return }
        if accepts({ $0.without.formUnion(kinds) }) || kinds.count == 1 { return }
        silence(Array(kinds.prefix(kinds.count / 2)))
        silence(Array(kinds.dropFirst(kinds.count / 2)))
    }

    private mutating func lower(_ bound: WritableKeyPath<Reduction, Int?>, from most: Int) {
        var low = 0
        var high = min(most, best[keyPath: bound] ?? most)
        while low < high && trialsLeft > 0 {
            let middle = low + (high - low) / 2
            if accepts({ $0[keyPath: bound] = middle }) { high = middle } else { low = middle + 1 }
        }
    }

    private mutating func accepts(_ change: (inout Reduction) -> Void) -> Bool {
        guard trialsLeft > 0 else { return false }
        trialsLeft -= 1
        var candidate = best
        change(&candidate)
        guard holds(candidate) else { return false }
        best = candidate
        return true
    }
}
