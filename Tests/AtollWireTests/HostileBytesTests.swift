import AtollModel
import Testing

@testable import AtollWire

/// Bytes that no honest peer sends. Where a test expects nothing, what it checks is that nothing traps.
@Suite struct HostileBytesTests {
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `a message cut anywhere is an error or another message`(seed: UInt64) {
        var arbitrary = Arbitrary(seed: seed)
        var errors = 0
        for message in arbitrary.messages() {
            let envelope = message.packed()
            for count in envelope.indices { errors += decodes(Array(envelope[..<count])) ? 0 : 1 }
        }
        #expect(errors > 0, "seed \(seed)")
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `a plan or record cut anywhere is an error or another one`(seed: UInt64) {
        var arbitrary = Arbitrary(seed: seed)
        let plan = arbitrary.podPlan().encoded()
        let record = arbitrary.podRecord().encoded()
        for count in plan.indices { _ = Result { try PodPlan(decoding: Array(plan[..<count])) } }
        for count in record.indices { _ = Result { try PodRecord(decoding: Array(record[..<count])) } }
        #expect(throws: WireError.self, "seed \(seed)") { try PodPlan(decoding: []) }
        #expect(throws: WireError.self, "seed \(seed)") { try PodRecord(decoding: []) }
    }

    @Test(arguments: 0..<100 as Range<UInt64>)
    func `a message with changed bytes is an error or another message`(seed: UInt64) {
        var arbitrary = Arbitrary(seed: seed)
        for message in arbitrary.messages() where message != .heartbeat() {
            let envelope = message.packed()
            for _ in 0..<20 {
                var changed = envelope
                for _ in 0..<Int.random(in: 1...4, using: &arbitrary) {
                    changed[Int.random(in: changed.indices, using: &arbitrary)] = arbitrary.number()
                }
                _ = decodes(changed)
            }
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `a message sent twice in one envelope does no harm`(seed: UInt64) {
        var arbitrary = Arbitrary(seed: seed)
        let (first, second) = (arbitrary.messages(), arbitrary.messages())
        for left in first {
            for right in second { _ = decodes(left.packed() + right.packed()) }
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `fields of a later release are ignored`(seed: UInt64) throws {
        var arbitrary = Arbitrary(seed: seed)
        // Field 1000, a varint; field 1001, four bytes of data.
        let unknown: [UInt8] = [0xC0, 0x3E, 0x05, 0xCA, 0x3E, 0x04, 1, 2, 3, 4]
        for message in arbitrary.messages() {
            #expect(try Message(decoding: message.packed() + unknown) == message, "seed \(seed)")
        }
        let goodbye = Message.goodbye(reason: "x").packed()
        let longer = [goodbye[0], goodbye[1] + UInt8(unknown.count)] + goodbye[2...] + unknown
        #expect(try Message(decoding: Array(longer)) == .goodbye(reason: "x"))
    }

    @Test func `what is missing, unknown or no text is named`() {
        expect(.missing, "Envelope.body is missing or of a kind unknown to this release.", from: [])
        // heartbeat { pod_lease_ns: 1 }
        expect(
            .invalidValue,
            "Heartbeat.pod_lease_ns is neither 0 nor within 10.0 seconds...86400.0 seconds.",
            from: [0x0A, 2, 0x10, 1]
        )
        // hello_reply { refused { code: 9 } }
        expect(.invalidValue, "Refusal.code has the unknown value 9.", from: [0x52, 4, 0x12, 2, 0x08, 9])
        // hello_reply { refused { message: "x" } }
        expect(.missing, "Refusal.code is missing.", from: [0x52, 5, 0x12, 3, 0x12, 1, 0x78])
        // goodbye { reason: 0xFF }
        expect(.invalidText, "Goodbye.reason is not UTF-8.", from: [0x5A, 3, 0x0A, 1, 0xFF])
        // status_batch { pods { pod {} } }
        expect(.missing, "PodReport.observation is missing.", from: [0x12, 4, 0x22, 2, 0x0A, 0])
        // assignment { launches { job_set {} containers { post_start {} } } }
        let hook: [UInt8] = [0x9A, 1, 2, 0x62, 0]
        expect(.missing, "ContainerAction.action is missing.", from: [0x1A, 9, 0x22, 7, 0x12, 0] + hook)
        // ... containers { readiness_probe { action { tcp_socket { port: 65536 } } } }
        let socket: [UInt8] = [0x9A, 1, 10, 0x52, 8, 0x0A, 6, 0x12, 4, 0x10, 0x80, 0x80, 4]
        let large = [0x1A, 17, 0x22, 15, 0x12, 0] + socket
        expect(.invalidValue, "TcpSocketAction.port is above 65535.", from: large)
        // hello_reply { accepted { lease_ns: -1 } }
        let negative: [UInt8] = [UInt8](repeating: 0xFF, count: 9) + [1]
        expect(.invalidValue, "Welcome.lease_ns is negative.", from: [0x52, 13, 0x0A, 11, 0x28] + negative)
    }

    @Test func `a frame that would take far more memory than its length is refused`() {
        // host_facts { labels {} labels {} ... }: two bytes each.
        var labels: [UInt8] = [0x52, 0]
        while labels.count < 8 << 20 { labels += labels }
        let length: [UInt8] = [0x80, 0x80, 0x80, 0x04]
        expect(.malformed, "Message: 8388613 bytes that are not such a message.", from: [0x42] + length + labels)
    }

    @Test func `texts that would take far more memory than their length are refused`() throws {
        let count = 300_000
        let rests = [UInt8](repeating: 0, count: count)
        let texts = try #require(AlikeTexts(shared: [UInt8](repeating: 255, count: count), rests: rests))
        let peers = PeerList(
            jobSetUID: ObjectUID("u"),
            subdomain: "",
            names: texts,
            podCounts: [],
            addresses: AlikeTexts(),
            wholeJobs: []
        )
        let assignment = Assignment(epoch: Epoch(1), generation: Generation(1), base: nil, peerLists: [peers])
        expect(.malformed, "AlikeTexts would take 76500000 bytes.", from: Message.assignment(assignment).packed())
    }

    @Test func `labels in any order and number are sorted in time`() throws {
        let keys = (0..<100_000).map { String(2_000_000 - $0) }
        let arena = WireArena()
        let (count, labels) = arena.messages(keys.map { Label(key: $0, value: "") } + [Label(key: keys[0], value: "x")])
        let read = try FieldReader("Test").labels(labels, count)
        #expect(read.keys == keys.reversed())
        #expect(read[keys[0]] == "x")
    }

    private func decodes(_ bytes: [UInt8]) -> Bool {
        do throws(WireError) {
            _ = try Message(decoding: bytes)
            return true
        } catch {
            return false
        }
    }

    private func expect(
        _ code: WireError.Code,
        _ message: String,
        from bytes: [UInt8],
        at location: SourceLocation = #_sourceLocation
    ) {
        let error = #expect(throws: WireError.self, sourceLocation: location) { try Message(decoding: bytes) }
        #expect(error == WireError(code, message), sourceLocation: location)
    }
}
