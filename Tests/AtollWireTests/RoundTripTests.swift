import AtollModel
import Testing

@testable import AtollWire

@Suite struct RoundTripTests {
    @Test(arguments: 0..<200 as Range<UInt64>)
    func `every message comes back as it was sent`(seed: UInt64) throws {
        var arbitrary = Arbitrary(seed: seed)
        for message in arbitrary.messages() {
            let frame = message.encodedFrame()
            #expect(try Message(decoding: Array(frame.dropFirst(4))) == message, "seed \(seed)")
            #expect(frame.prefix(4).reduce(0) { $0 << 8 | Int($1) } == frame.count - 4, "seed \(seed)")
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `plans and records of pods come back as they were written`(seed: UInt64) throws {
        var arbitrary = Arbitrary(seed: seed)
        let plan = arbitrary.podPlan()
        #expect(try PodPlan(decoding: plan.encoded()) == plan, "seed \(seed)")
        let record = arbitrary.podRecord()
        #expect(try PodRecord(decoding: record.encoded()) == record, "seed \(seed)")
        let attempts = arbitrary.attempts()
        #expect(try InPlaceAttempts(decoding: attempts.encoded()) == attempts, "seed \(seed)")
    }

    @Test func `the short way of a heartbeat gives the bytes of the long one`() {
        #expect(Array(Message.heartbeat().encodedFrame().dropFirst(4)) == Message.heartbeat().packed())
    }

    @Test func `an optional zero and an optional empty text stay present`() throws {
        let assignment = Message.assignment(Assignment(epoch: Epoch(0), generation: Generation(0), base: Generation(0)))
        #expect(try reencoded(assignment) == assignment)
        let list = Message.request(AdminRequest(id: 0, call: .list(.init(kind: .pods, namespace: ""))))
        #expect(try reencoded(list) == list)
        let read = OutputRead(read: 0, pod: .zero, start: .lastLines(0), bytesMax: 0, follow: false)
        #expect(try reencoded(.outputRead(read)) == .outputRead(read))
    }

    @Test func `a NUL in a text is replaced and nothing behind it is lost`() throws {
        #expect(try reencoded(.goodbye(reason: "a\0b\r\nc")) == .goodbye(reason: "a\u{FFFD}b\r\nc"))
    }

    @Test func `a message larger than an arena's blocks comes back`() throws {
        let data = [UInt8](repeating: 7, count: 1 << 20)
        let chunk = Message.outputChunk(OutputChunk(read: 1, pod: .zero, offset: 2, data: data, atEnd: true))
        #expect(try reencoded(chunk) == chunk)
        let reports = (0..<50_000).map { index in
            PodReport(pod: PodID(job: JobID(rawValue: 1), index: index, replacement: 0), observation: .stopping)
        }
        let batch = Message.status(StatusBatch(epoch: Epoch(1), applied: Generation(1), complete: true, pods: reports))
        #expect(try reencoded(batch) == batch)
    }

    private func reencoded(_ message: Message) throws -> Message {
        try Message(decoding: Array(message.encodedFrame().dropFirst(4)))
    }
}

extension PodID {
    static let zero = PodID(job: JobID(rawValue: 0), index: 0, replacement: 0)
}
