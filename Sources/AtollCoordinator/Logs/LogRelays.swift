import AtollCore
import AtollModel

/// All `logs` requests in progress, and which reader waits for which answer.
struct LogRelays {
    private(set) var relays: [LogRelay] = []
    private var lastRead: UInt64 = 0

    var isEmpty: Bool { relays.isEmpty }

    mutating func add(_ relay: LogRelay) { relays.append(relay) }

    mutating func update(_ index: Int, _ change: (inout LogRelay) -> Void) { change(&relays[index]) }

    /// Returns whether there was one.
    mutating func remove(_ ticket: AdminTicket) -> Bool {
        let count = relays.count
        relays.removeAll { $0.ticket == ticket }
        return relays.count < count
    }

    mutating func remove(session: SessionID) { relays.removeAll { $0.ticket.session == session } }

    /// Answers that were expected from an agent will not come: they are asked for again when it is back.
    mutating func agentLeft(_ session: SessionID) {
        for relay in relays.indices {
            for reader in relays[relay].readers.indices where relays[relay].readers[reader].read?.session == session {
                relays[relay].readers[reader].read = nil
            }
        }
    }

    /// Numbers a read that is about to be sent.
    mutating func nextRead() -> UInt64 {
        lastRead += 1
        return lastRead
    }

    /// Which reader an answer is for; nil when the request has ended.
    func find(_ read: UInt64) -> (relay: Int, reader: Int)? {
        for (relay, candidate) in relays.enumerated() {
            if let reader = candidate.readers.firstIndex(where: { $0.read?.number == read }) { return (relay, reader) }
        }
        return nil
    }
}
