import AtollCore
import AtollModel
import Testing

@testable import AtollCoordinator

@Suite struct TopologyReadsTests {
    private let host = HostID("h0")
    private let agent = SessionID(7)

    /// Adds a read that there is room for.
    private func add(
        _ ticket: AdminTicket,
        _ agent: SessionID,
        to reads: inout TopologyReads
    ) throws -> TopologyReads.Read {
        let read = reads.add(ticket, host: host, agent: agent)
        return try #require(read)
    }

    private func ticket(_ request: UInt64, session: UInt64 = 1) -> AdminTicket {
        AdminTicket(session: SessionID(session), request: request)
    }

    @Test func `an answer goes to whom it was read for, once`() throws {
        var reads = TopologyReads()
        let first = try add(ticket(1), agent, to: &reads)
        let second = try add(ticket(2), agent, to: &reads)
        #expect(first.number != second.number)
        #expect(reads.take(second.number, from: agent) == second)
        #expect(reads.take(second.number, from: agent) == nil)
        #expect(reads.take(first.number, from: SessionID(8)) == nil)
        #expect(reads.take(first.number, from: agent) == first)
    }

    @Test func `reads end with their agent, with their reader, and when they are cancelled`() throws {
        var reads = TopologyReads()
        let lost = try add(ticket(1), agent, to: &reads)
        let other = try add(ticket(2), SessionID(8), to: &reads)
        #expect(reads.agentLeft(agent) == [lost])
        #expect(reads.agentLeft(agent).isEmpty)
        #expect(reads.remove(ticket(2)) && !reads.remove(ticket(2)))
        #expect(reads.take(other.number, from: SessionID(8)) == nil)
        let left = try add(ticket(3), agent, to: &reads)
        reads.remove(session: SessionID(1))
        #expect(reads.take(left.number, from: agent) == nil)
    }

    @Test func `there is a limit`() {
        var reads = TopologyReads()
        let added = (0..<TopologyReads.countMax + 1).map { request in
            reads.add(ticket(UInt64(request)), host: host, agent: agent)
        }
        #expect(added.dropLast().allSatisfy { $0 != nil } && added.last == .some(nil))
    }
}
