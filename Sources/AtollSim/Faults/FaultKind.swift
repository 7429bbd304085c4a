import AtollModel

/// What can go wrong, each by a name of its own. A kind has draws of its own too, so that a run without it keeps those
/// of all others.
public enum FaultKind: String, CaseIterable, Sendable {
    // MARK: Strike at moments of their own

    case agentCrash
    /// Power fails for a moment.
    case hostReboot
    /// Power fails for long, so that people may come to fence the host.
    case hostLoss
    /// An agent does nothing for some seconds, and then all that came meanwhile.
    case hostStall
    /// A second machine starts under the name of a host, with an installation of its own.
    case twinHost
    /// The same, from a copy of the host's disk: even the installation is called the same.
    case clonedHost
    case coordinatorCrash
    /// A second coordinator starts while the first, thought dead, lives on.
    case takeover
    /// The coordinator's disk is full: commits are refused, and the coordinator ends.
    case diskFull
    case connectionReset
    case partition
    /// Packets pass in one direction only.
    case oneWayPartition
    /// A device fails, or works again; pods that have it go on.
    case deviceFlap
    /// A device disappears, or all that have are back; a pod that has it cannot go on.
    case deviceLoss
    /// Everybody's wall clock is set, or that of one host.
    case clockStep, hostClockStep

    // MARK: Befall a share of what happens anyway

    /// Packets that vanish, come twice, or are overtaken, while their connection lives on. TCP does none of this within
    /// a connection: no promise may rest on it.
    case messageLoss, messageDuplication, messageReordering
    case slowNetwork, slowDisk
    /// The coordinator dies between a commit and what is sent after it.
    case crashAfterCommit
    /// The agent dies, or its host loses power, in the middle of doing what was decided.
    case agentCrashMidway, powerCutMidway
    /// Power fails between a supervisor's last word and the moment it is on disk.
    case lostRecord
    /// Hosts that join when the others have long been at work.
    case lateHost
    case podFailure
    /// Pods that ignore SIGTERM.
    case deafPod
    case slowPod

    /// In percent, how often it befalls, to choose from; nil for a kind that strikes at moments of its own.
    var shares: [Int]? {
        switch self {
        case .agentCrash, .hostReboot, .hostLoss, .hostStall, .twinHost, .clonedHost, .coordinatorCrash, .takeover,
            .diskFull, .connectionReset, .partition, .oneWayPartition, .deviceFlap, .deviceLoss, .clockStep,
            .hostClockStep:
            nil
        case .messageLoss, .messageDuplication, .messageReordering: [1, 5, 25]
        case .slowNetwork, .slowDisk: [100]
        case .crashAfterCommit, .agentCrashMidway, .powerCutMidway: [2, 10]
        case .lostRecord: [20, 100]
        case .lateHost: [30, 70]
        case .podFailure: [5, 20, 60]
        case .deafPod, .slowPod: [20, 100]
        }
    }

    /// Its own draws of one run; another kind more or less changes none of them.
    func chance(seed: UInt64) -> Chance {
        // FNV-1a.
        let name = rawValue.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var mixed = SplitMix64(seed: seed ^ name)
        return Chance(mixed.split())
    }
}
