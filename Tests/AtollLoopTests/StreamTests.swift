import AtollLoop
import Glibc
import Testing

struct StreamTests {
    @Test(arguments: ["127.0.0.1:0", "[::1]:0", "unix:/tmp/atoll-echo-\(getpid())"])
    func `what is written comes back`(address: String) async throws {
        let loop = try EventLoop()
        let shell = EchoShell(on: loop)
        try loop.runOnNewThread()
        let message = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let echoed = try await shell.echo(message, over: SocketAddress(address))
        #expect(echoed == message)
        loop.stop()
    }

    @Test func `a slow reader stops the writer, and gets everything`() throws {
        let fixture = try LoopFixture()
        let total = 20 << 20
        // A prime period, so that a slice lost or doubled cannot go unnoticed.
        let period = 65_521
        let pattern = (0..<2 * period).map { UInt8(truncatingIfNeeded: $0 % period * 167 >> 3) }
        var limits = Stream.Limits()
        limits.writeLow = 64 << 10
        limits.writeHigh = 256 << 10
        var (sent, received, intact, most, pauses, resumes) = (0, 0, true, 0, 0, 0)
        try fixture.connect(limits: limits) { writer, reader in
            let resume = fixture.keep(LoopTimer(on: fixture.loop) { [unowned reader] in reader.resumeReading() })
            func fill() {
                while sent < total, writer.isWritable {
                    writer.write(Array(pattern[sent % period..<sent % period + 10_240]))
                    sent += 10_240
                    most = max(most, writer.bufferedWriteBytes)
                }
                if sent < total { pauses += 1 } else { writer.close(flushing: true) }
            }
            reader.start(
                .init(
                    onBytes: { bytes in
                        // memcmp, because the collection algorithms are slow without optimization.
                        let expected = Array(pattern[(received % period)...].prefix(bytes.count))
                        let isExpected = bytes.baseAddress.map { memcmp(expected, $0, bytes.count) == 0 }
                        intact = intact && isExpected == true
                        received += bytes.count
                        reader.pauseReading()
                        resume.arm(after: .zero)
                    },
                    onClosed: { reason in
                        #expect(reason == .endOfFile)
                        fixture.loop.stop()
                    }
                )
            )
            writer.start(
                .init(
                    onBytes: { _ in },
                    onWritable: {
                        resumes += 1
                        #expect(writer.bufferedWriteBytes <= limits.writeLow)
                        fill()
                    },
                    onClosed: { _ in }
                )
            )
            fill()
        }
        fixture.run()
        #expect(received == total && intact)
        #expect(most <= limits.writeHigh + 10_240)
        #expect(pauses > 0 && resumes == pauses)
    }

    @Test func `a stream whose peer does not read is closed at its limit`() throws {
        let fixture = try LoopFixture()
        var limits = Stream.Limits()
        limits.writeMax = 1 << 20
        var (most, reasons): (Int, [Stream.CloseReason]) = (0, [])
        try fixture.connect(limits: limits) { writer, _ in
            let more = fixture.keep(LoopTimer(on: fixture.loop) { [unowned fixture] in fixture.loop.stop() })
            writer.start(
                .init(
                    onBytes: { _ in },
                    onClosed: { reason in
                        reasons.append(reason)
                        more.arm(after: .zero)
                    }
                )
            )
            while writer.isOpen {
                writer.write([UInt8](repeating: 1, count: 100_000))
                most = max(most, writer.bufferedWriteBytes)
            }
            #expect(reasons.isEmpty, "no handler runs within write")
        }
        fixture.run()
        #expect(reasons == [.writeBufferFull])
        #expect(most <= limits.writeMax)
    }

    @Test func `a stream may close itself while it reads, and reads no more`() throws {
        let fixture = try LoopFixture()
        var (slices, reasons): (Int, [Stream.CloseReason]) = (0, [])
        try fixture.connect { accepted, connecting in
            accepted.start(
                .init(
                    onBytes: { _ in
                        slices += 1
                        accepted.close(flushing: false)
                        accepted.close(flushing: true)
                        accepted.write([1])
                    },
                    onClosed: { reasons.append($0) }
                )
            )
            connecting.start(.init(onBytes: { _ in }, onClosed: { _ in fixture.loop.stop() }))
            connecting.write([UInt8](repeating: 2, count: 200_000))
        }
        fixture.run()
        #expect(slices == 1)
        #expect(reasons == [.local])
    }

    @Test func `the last words reach a peer whose own words nobody reads`() throws {
        let fixture = try LoopFixture()
        var heard: [UInt8] = []
        var reasons: [Stream.CloseReason] = []
        try fixture.connect { accepted, connecting in
            func ended(_ reason: Stream.CloseReason) {
                reasons.append(reason)
                if reasons.count == 2 { fixture.loop.stop() }
            }
            accepted.start(
                .init(
                    onBytes: { _ in
                        accepted.write(Array("refused".utf8))
                        accepted.close(flushing: true)
                        accepted.close(flushing: true)
                    },
                    onClosed: ended
                )
            )
            connecting.start(.init(onBytes: { heard += $0 }, onClosed: ended))
            connecting.write([UInt8](repeating: 3, count: 500_000))
        }
        fixture.run()
        #expect(String(decoding: heard, as: UTF8.self) == "refused")
        #expect(reasons == [.endOfFile, .local])
    }

    @Test func `a flushing close does not wait for ever`() throws {
        let fixture = try LoopFixture()
        var limits = Stream.Limits()
        limits.lingerTime = .milliseconds(5)
        var reasons: [Stream.CloseReason] = []
        try fixture.connect(limits: limits) { accepted, _ in
            accepted.start(
                .init(
                    onBytes: { _ in },
                    onClosed: { reason in
                        reasons.append(reason)
                        fixture.loop.stop()
                    }
                )
            )
            accepted.close(flushing: true)
        }
        fixture.run()
        #expect(reasons == [.timedOut])
    }

    @Test func `streams know their peers`() throws {
        let fixture = try LoopFixture()
        let socket = TemporaryPath("peers")
        var peers: [Stream] = []
        for address in ["127.0.0.1:0", "unix:" + socket.path] {
            try fixture.connect(over: address) { accepted, connecting in
                peers += [accepted, connecting]
                if peers.count == 4 { fixture.loop.stop() }
            }
        }
        fixture.run()
        for stream in peers {
            if let credentials = stream.peerCredentials {
                #expect(stream.peer.description == "unix")
                #expect(credentials.processID == getpid() && credentials.userID == getuid())
            } else {
                #expect(stream.peer.description.hasPrefix("127.0.0.1:"))
            }
        }
        #expect(peers.count { $0.peerCredentials != nil } == 2)
    }
}
