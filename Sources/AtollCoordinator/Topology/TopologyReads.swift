import AtollCore
import AtollModel

/// Looks at hosts that agents were asked for and have not answered.
struct TopologyReads {
    struct Read: Equatable {
        let number: UInt64
        let ticket: AdminTicket
        let host: HostID
        /// The connection of its agent.
        let agent: SessionID
    }

    /// An agent that never answers holds its reads until it is gone.
    static let countMax = 64

    private var reads: [Read] = []
    private var lastNumber: UInt64 = 0

    /// Nil when there are too many.
    mutating func add(_ ticket: AdminTicket, host: HostID, agent: SessionID) -> Read? {
        guard reads.count < Self.countMax else { return nil }
        lastNumber += 1
        let read = Read(number: lastNumber, ticket: ticket, host: host, agent: agent)
        reads.append(read)
        return read
    }

    /// Takes the read that an agent answers; nil when nobody waits for it any more, or another was asked.
    mutating func take(_ number: UInt64, from agent: SessionID) -> Read? {
        guard let index = reads.firstIndex(where: { $0.number == number && $0.agent == agent }) else { return nil }
        return reads.remove(at: index)
    }

    /// Takes those that an agent will not answer any more.
    mutating func agentLeft(_ agent: SessionID) -> [Read] {
        defer { reads.removeAll { $0.agent == agent } }
        return reads.filter { $0.agent == agent }
    }

    /// Returns whether there was one.
    mutating func remove(_ ticket: AdminTicket) -> Bool {
        let count = reads.count
        reads.removeAll { $0.ticket == ticket }
        return reads.count < count
    }

    mutating func remove(session: SessionID) { reads.removeAll { $0.ticket.session == session } }
}
