import AtollCore
import AtollModel
import Testing

@testable import AtollCoordinator

@Suite struct LogRelayTests {
    private let pod = PodID(job: JobID(rawValue: 1), index: 0, replacement: 0)
    private let next = PodID(job: JobID(rawValue: 2), index: 0, replacement: 0)

    private func relay(follow: Bool = false, lastLines: UInt32? = nil) -> LogRelay {
        let logs = AdminRequest.Logs(kind: .pods, name: ObjectName(name: "p"), follow: follow, lastLines: lastLines)
        var relay = LogRelay(ticket: AdminTicket(session: SessionID(1), request: 1), request: logs)
        relay.add(pod, name: "p")
        return relay
    }

    private func chunk(_ text: String, at offset: UInt64 = 0, atEnd: Bool = false) -> OutputChunk {
        OutputChunk(read: 1, pod: pod, offset: offset, data: Array(text.utf8), atEnd: atEnd)
    }

    @Test func `lines are passed on whole, and their rest with the next piece`() {
        var relay = relay(follow: true)
        #expect(relay.take(chunk("one\ntw"), reader: 0) == Array("one\n".utf8))
        #expect(relay.readers[0].start == .offset(6))
        #expect(relay.take(chunk("o\n", at: 6), reader: 0) == Array("two\n".utf8))
    }

    @Test func `a last line without an end comes with the end of the pod`() {
        var relay = relay(follow: true)
        #expect(relay.take(chunk("half"), reader: 0).isEmpty)
        #expect(!relay.readers[0].isDone)
        #expect(relay.take(chunk("", at: 4, atEnd: true), reader: 0) == Array("half".utf8))
        #expect(relay.readers[0].isDone)
    }

    @Test func `a line without end is passed on in pieces`() {
        var relay = relay(follow: true)
        let long = String(repeating: "x", count: LogRelay.lineBytesMax + 1)
        #expect(relay.take(chunk(long), reader: 0).count == long.utf8.count)
        #expect(relay.readers[0].partialLine.isEmpty)
    }

    @Test func `without following, an empty piece is the end`() {
        var relay = relay()
        _ = relay.take(chunk("one\n"), reader: 0)
        #expect(!relay.readers[0].isDone)
        _ = relay.take(chunk("", at: 4), reader: 0)
        #expect(relay.readers[0].isDone)
    }

    @Test func `the first pod of a name is cut to its last lines, its replacement is read whole`() {
        var relay = relay(follow: true, lastLines: 5)
        relay.add(next, name: "p")
        relay.add(next, name: "p")
        #expect(relay.readers.map(\.start) == [.lastLines(5), .offset(0)])
    }
}
