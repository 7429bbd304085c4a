import AtollModel
import DequeModule

/// Agents that have said hello, in the order they did: so many at a time are welcomed, report and are told what to hold.
///
/// After a restart of the coordinator every agent calls within seconds. Serving all of them side by side would hold
/// thousands of whole assignments in memory and finish none before its agent gives up; in turn each is done quickly,
/// and the first to call is the first to be done. One that does not report holds its turn for `patience` only.
struct JoinQueue: Equatable, Sendable {
    static let patience = Duration.seconds(2)

    private struct Turn: Equatable, Sendable {
        let session: SessionID
        let until: Instant
    }

    private let limit: Int
    private var waiting: Deque<SessionID> = []
    private var members: Set<SessionID> = []
    /// Those whose turn it is, by its end.
    private var turns: Deque<Turn> = []

    init(limit: Int) { self.limit = limit }

    mutating func add(_ session: SessionID) {
        waiting.append(session)
        members.insert(session)
    }

    /// True while its hello has no answer.
    func isWaiting(_ session: SessionID) -> Bool { members.contains(session) }

    /// It has reported, or is gone.
    mutating func remove(_ session: SessionID) {
        members.remove(session)
        if let index = turns.firstIndex(where: { $0.session == session }) { turns.remove(at: index) }
    }

    /// Gives turns to as many as there is room for, and returns them, the longest waiting first.
    mutating func admit(at now: Instant) -> [SessionID] {
        while let first = turns.first, first.until <= now { turns.removeFirst() }
        var admitted: [SessionID] = []
        while turns.count < limit, let session = waiting.popFirst() {
            // Gone while it waited.
            guard members.remove(session) != nil else { continue }
            turns.append(Turn(session: session, until: now.advanced(by: Self.patience)))
            admitted.append(session)
        }
        return admitted
    }

    /// When room is made for somebody who waits, whatever those do whose turn it is; nil when nobody waits.
    var nextTurn: Instant? { members.isEmpty ? nil : turns.first?.until }
}
