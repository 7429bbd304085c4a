import AtollModel

/// JobSets that want a placement, oldest first.
///
/// The discipline is Kueue's `BestEffortFIFO`: an older JobSet that does not fit holds up no younger one that does.
struct WaitingQueue: Equatable, Sendable {
    private var members: SortedMap<UInt64, Bool> = [:]

    /// Sequence numbers in order.
    var sequences: [UInt64] { members.keys }

    mutating func set(_ sequence: UInt64, isWaiting: Bool) {
        if (members[sequence] != nil) != isWaiting { members[sequence] = isWaiting ? true : nil }
    }
}
