import AtollModel

/// Which faults one seed sees, and how often: swarm testing, where some runs have few faults and others most.
struct FaultPlan {
    /// Mean pause between two strikes of a kind, in milliseconds; nil when it never strikes.
    private var periods: [FaultKind: Int] = [:]
    /// Of a hundred that could be befallen, so many are; nil when none is.
    private var shares: [FaultKind: Int] = [:]
    private let calmDelays, slowDelays, calmCommits, slowCommits: ClosedRange<Int>
    private(set) var delayMilliseconds: ClosedRange<Int>
    private(set) var commitMilliseconds: ClosedRange<Int>
    /// True when packets are tampered with.
    private(set) var isNetworkHostile = false
    /// Mean pause between two acts of operators, in milliseconds.
    let operatorPeriod: Int

    init(seed: UInt64) {
        var chance = Chance(SplitMix64(seed: seed))
        let density = chance.one(of: [10, 30, 60])
        operatorPeriod = chance.one(of: [500, 2_000, 5_000])
        calmDelays = chance.one(of: [0...1, 1...20])
        slowDelays = chance.one(of: [1...200, 1...500])
        calmCommits = chance.one(of: [0...0, 1...5])
        slowCommits = chance.one(of: [5...200, 100...2_000])
        delayMilliseconds = calmDelays
        commitMilliseconds = calmCommits
        for kind in FaultKind.allCases {
            var own = kind.chance(seed: seed)
            guard own.percent(density) else { continue }
            if let choices = kind.shares {
                shares[kind] = own.one(of: choices)
            } else {
                periods[kind] = 1_000 << own.int(0...5)
            }
        }
        silence([])
    }

    /// Takes kinds of faults away and leaves all others as they are.
    mutating func silence(_ kinds: Set<FaultKind>) {
        for kind in kinds {
            periods[kind] = nil
            shares[kind] = nil
        }
        delayMilliseconds = shares[.slowNetwork] == nil ? calmDelays : slowDelays
        commitMilliseconds = shares[.slowDisk] == nil ? calmCommits : slowCommits
        isNetworkHostile = FaultKind.tampering.contains { shares[$0] != nil }
    }

    func period(of kind: FaultKind) -> Int? { periods[kind] }

    func share(of kind: FaultKind) -> Int { shares[kind] ?? 0 }
}

extension FaultKind {
    fileprivate static let tampering: [FaultKind] = [.messageLoss, .messageDuplication, .messageReordering]
}

/// The draws of all kinds of faults, each from a generator of its own.
struct FaultDice {
    private let seed: UInt64
    private var chances: [FaultKind: Chance] = [:]

    init(seed: UInt64) { self.seed = seed }

    subscript(kind: FaultKind) -> Chance {
        get { chances[kind] ?? kind.chance(seed: seed) }
        _modify {
            var chance = self[kind]
            defer { chances[kind] = chance }
            yield &chance
        }
    }
}
