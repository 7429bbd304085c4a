import AtollModel

/// Folders of claims that this host is told to delete, one at a time.
///
/// A removal: wanted -> running (a process deletes the folder) -> gone, or back to wanted after a pause when it failed.
/// Nothing of it is on disk: after a restart the coordinator tells it again, and what is gone is found gone.
struct ClaimRemovals: Equatable, Sendable {
    /// Between a failure and the next attempt.
    static let pause = Duration.seconds(10)

    private var wanted: SortedMap<ObjectUID, VolumeClaimID> = [:]
    private var running: ObjectUID?
    private(set) var gone: Set<ObjectUID> = []
    /// Claims that could not be removed, and when to try again.
    private var failed: SortedMap<ObjectUID, Instant> = [:]

    /// Those that are wanted, and of which nothing is left, in order.
    var reports: [ObjectUID] { wanted.keys.filter(gone.contains) }

    /// When there is something to do again; nil when nothing waits for its time.
    var deadline: Instant? { running == nil ? failed.values.min() : nil }

    /// Takes over what is wanted now.
    mutating func want(_ claims: [VolumeClaimID]) {
        wanted = SortedMap(claims.sorted { $0.uid < $1.uid }.map { ($0.uid, $0) })
        gone = gone.filter { wanted[$0] != nil }
        for uid in failed.keys where wanted[uid] == nil { failed[uid] = nil }
    }

    /// The claim to be removed next, from now on running; nil while one is, or none is due.
    mutating func next(at now: Instant) -> VolumeClaimID? {
        guard running == nil else { return nil }
        let due = wanted.first { uid, _ in !gone.contains(uid) && (failed[uid].map { $0 <= now } ?? true) }
        guard let (uid, claim) = due else { return nil }
        failed[uid] = nil
        running = uid
        return claim
    }

    /// The attempt to remove a claim is over. Returns whether it is news that nothing of it is left.
    mutating func ended(_ uid: ObjectUID, isGone: Bool, at now: Instant) -> Bool {
        guard running == uid else { return false }
        running = nil
        guard wanted[uid] != nil else { return false }
        if isGone { return gone.insert(uid).inserted }
        failed[uid] = now.advanced(by: Self.pause)
        return false
    }
}
