import AtollModel

/// What placement asks about a host, in a few bytes: thousands are looked at for one job, and a `HostState` is large.
///
/// Follows from the host's state and the claims; `Inventory` keeps it up with every change of either.
struct HostRoom: Equatable, Sendable {
    /// Usable devices that no placement holds.
    var free: DeviceCounts
    var seatCount: Int
    /// True when its agent is there, nothing strays on it, and nobody has cordoned it.
    let isSchedulable: Bool
    /// True for a host of a claimed island.
    let isClaimed: Bool
    /// True when it may run pods that no placement knows of.
    let isHaunted: Bool

    init(_ host: HostState, isClaimed: Bool) {
        free = host.freeCounts
        seatCount = host.seatCount
        isSchedulable = host.isSchedulable
        self.isClaimed = isClaimed
        isHaunted = host.isUnverified || !host.strays.isEmpty
    }

    /// True when pods may be placed here beside those of others.
    var isOpen: Bool { isSchedulable && !isClaimed }

    /// True when nothing here keeps its island from being taken whole (I1).
    var isUntouched: Bool { seatCount == 0 && !isClaimed && !isHaunted }
}
