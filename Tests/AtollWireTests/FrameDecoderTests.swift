import AtollModel
import AtollWire
import Testing

@Suite struct FrameDecoderTests {
    @Test(arguments: 0..<50 as Range<UInt64>)
    func `messages come out in order however the stream is cut`(seed: UInt64) throws {
        var arbitrary = Arbitrary(seed: seed)
        let sent = (0..<5).flatMap { _ in arbitrary.messages() }
        var stream = sent.flatMap { $0.encodedFrame() }[...]
        var decoder = FrameDecoder(frameBytesMax: WireLimits.frameBytesMax)
        var received: [Message] = []
        while !stream.isEmpty {
            let piece = stream.prefix(Int.random(in: 1...arbitrary.one(of: [3, 100, 70_000]), using: &arbitrary))
            stream = stream.dropFirst(piece.count)
            decoder.append(piece)
            while let message = try decoder.next() { received.append(message) }
        }
        #expect(received == sent, "seed \(seed)")
    }

    @Test func `many messages may be appended before the first is taken`() throws {
        var decoder = FrameDecoder()
        for _ in 0..<10_000 { decoder.append(Message.heartbeat().encodedFrame()[...]) }
        for _ in 0..<10_000 { #expect(try decoder.next() == .heartbeat()) }
        #expect(try decoder.next() == nil)
    }

    @Test func `a frame of zero bytes is an error, and stays one`() throws {
        var decoder = FrameDecoder()
        decoder.append([0, 0, 0, 0])
        let first = #expect(throws: WireError.self) { try decoder.next() }
        #expect(first?.code == .frameLength)
        decoder.append(Message.heartbeat().encodedFrame()[...])
        let second = #expect(throws: WireError.self) { try decoder.next() }
        #expect(second == first)
    }

    @Test func `a length above the limit is refused before its frame arrives`() {
        var decoder = FrameDecoder(frameBytesMax: WireLimits.frameBytesMax)
        decoder.append([0x01, 0, 0, 1])
        let error = #expect(throws: WireError.self) { try decoder.next() }
        #expect(error?.message == "A frame of 16777217 bytes; at most 16777216 are accepted.")
        var other = FrameDecoder(frameBytesMax: WireLimits.frameBytesMax)
        other.append([0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: WireError.self) { try other.next() }
    }

    @Test func `a stranger is granted less until the hello has been accepted`() throws {
        let large = Message.goodbye(reason: String(repeating: "x", count: WireLimits.helloFrameBytesMax))
        var stranger = FrameDecoder()
        stranger.append(large.encodedFrame()[...])
        #expect(throws: WireError.self) { try stranger.next() }

        let hello = Message.hello(Hello(software: "0.1.0", role: .admin))
        var decoder = FrameDecoder()
        decoder.append((hello.encodedFrame() + large.encodedFrame())[...])
        #expect(try decoder.next() == hello)
        decoder.frameBytesMax = WireLimits.frameBytesMax
        #expect(try decoder.next() == large)
    }

    @Test func `a frame at the limit is accepted`() throws {
        let overhead = Message.outputChunk(chunk(bytes: 1 << 20)).encodedFrame().count - 4 - (1 << 20)
        let largest = Message.outputChunk(chunk(bytes: WireLimits.frameBytesMax - overhead - 2))
        #expect(largest.encodedFrame().count <= 4 + WireLimits.frameBytesMax)
        var decoder = FrameDecoder(frameBytesMax: WireLimits.frameBytesMax)
        decoder.append(largest.encodedFrame()[...])
        #expect(try decoder.next() == largest)
    }

    @Test func `an envelope that cannot be decoded fails the decoder for good`() {
        var decoder = FrameDecoder()
        decoder.append([0, 0, 0, 1, 0xFF])
        decoder.append(Message.heartbeat().encodedFrame()[...])
        #expect(throws: WireError.self) { try decoder.next() }
        #expect(throws: WireError.self) { try decoder.next() }
    }

    @Test func `ten thousand frames of random bytes do no harm`() {
        let seed: UInt64 = 0xA7011
        var arbitrary = Arbitrary(seed: seed)
        var failures = 0
        for _ in 0..<10_000 {
            var frame = arbitrary.bytes()
            if arbitrary.bool() { frame = [0, 0, UInt8(frame.count >> 8), UInt8(frame.count & 0xFF)] + frame }
            var decoder = FrameDecoder()
            decoder.append(frame[...])
            do throws(WireError) {
                while try decoder.next() != nil {}
            } catch {
                failures += 1
            }
        }
        #expect(failures > 9000, "seed \(seed)")
    }

    private func chunk(bytes: Int) -> OutputChunk {
        let pod = PodID(job: JobID(rawValue: 1), index: 2, replacement: 3)
        return OutputChunk(read: 1, pod: pod, offset: 0, data: [UInt8](repeating: 1, count: bytes), atEnd: false)
    }
}
