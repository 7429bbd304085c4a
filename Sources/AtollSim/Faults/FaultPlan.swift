import AtollModel

/// What can strike at a moment of its own.
public enum FaultKind: String, CaseIterable, Sendable {
    case agentCrash, hostReboot, coordinatorCrash, connectionReset, partition, takeover, deviceFlap, clockStep
}

/// Which faults one seed sees, and how often: swarm testing, where some runs have one fault alone and others all.
struct FaultPlan {
    /// Mean pause between two faults of a kind, in milliseconds; nil when it never strikes.
    private(set) var periods: [FaultKind: Int] = [:]
    /// Of a hundred pods, so many end with a code.
    private(set) var podFailureShare: Int
    /// Of a hundred pods, so many ignore SIGTERM until they are killed.
    private(set) var deafPodShare: Int
    /// Of a hundred hosts, so many join late.
    let lateHostShare: Int
    /// Of a hundred commits, so many are followed by a crash before all is sent.
    let crashAfterCommitShare: Int
    /// Of a hundred sets of effects, so many are cut short by a crash of the agent.
    let agentCrashMidwayShare: Int
    let commitMilliseconds: ClosedRange<Int>
    let delayMilliseconds: ClosedRange<Int>
    /// Mean pause between two acts of operators, in milliseconds.
    let operatorPeriod: Int

    init(_ chance: inout Chance) {
        for kind in FaultKind.allCases {
            // Drawn whether used or not, so that one kind more shifts nothing for the others.
            let isOn = chance.percent(kind == .takeover ? 30 : 50)
            let period = 1_000 << chance.int(0...5)
            if isOn { periods[kind] = period }
        }
        podFailureShare = chance.one(of: [0, 0, 5, 20, 60])
        deafPodShare = chance.one(of: [0, 20, 100])
        lateHostShare = chance.one(of: [0, 0, 30, 70])
        crashAfterCommitShare = chance.one(of: [0, 0, 0, 2, 10])
        agentCrashMidwayShare = chance.one(of: [0, 0, 0, 2, 10])
        commitMilliseconds = chance.one(of: [0...0, 1...5, 5...200, 100...2_000])
        delayMilliseconds = chance.one(of: [0...1, 1...20, 1...500])
        operatorPeriod = chance.one(of: [500, 2_000, 5_000])
    }

    /// Takes kinds of faults away and leaves all others as they are.
    mutating func silence(_ kinds: Set<FaultKind>) {
        for kind in kinds { periods[kind] = nil }
    }

    func period(of kind: FaultKind) -> Int? { periods[kind] }

    /// For pods that start when faults have stopped: each does its work.
    var withoutPodFailures: FaultPlan {
        var plan = self
        plan.podFailureShare = 0
        plan.deafPodShare = 0
        return plan
    }
}
