import AtollLoop
import Glibc
import Testing

struct ConnectorTests {
    @Test(arguments: [
        (SocketAddress.internet(host: "127.0.0.1", port: 1), LoopError.Code.system(ECONNREFUSED)),
        (.unix(path: "/tmp/atoll-nobody-listens-here"), .system(ENOENT)),
        (.internet(host: "nobody.example", port: 1), .invalidAddress),
    ])
    func `a connection that cannot be made is an error, later`(
        address: SocketAddress,
        expected: LoopError.Code
    ) throws {
        let fixture = try LoopFixture()
        var errors: [LoopError] = []
        let connector = Connector(on: fixture.loop, to: address) { result in
            if case .failure(let error) = result { errors.append(error) }
            fixture.loop.stop()
        }
        fixture.keep(connector)
        #expect(errors.isEmpty)
        fixture.run()
        #expect(errors.map(\.code) == [expected])
    }

    @Test func `a connection comes from the address asked for`() throws {
        let fixture = try LoopFixture()
        var peers: [String] = []
        let wanted = SocketAddress.internet(host: "127.0.0.1", port: 0)
        let listener = try Listener(
            on: fixture.loop,
            address: wanted,
            handlers: .init { stream in
                peers.append(stream.peer.description)
                fixture.loop.stop()
            }
        )
        let connector = Connector(on: fixture.loop, to: listener.address, from: "127.0.1.9") { _ in }
        fixture.keep(connector)
        fixture.run()
        #expect(peers.first?.hasPrefix("127.0.1.9:") == true)
    }

    @Test func `an attempt that nobody answers times out`() throws {
        let fixture = try LoopFixture()
        // Nobody accepts, and the kernel answers no more than fit its queue.
        var options = Listener.Options()
        options.backlog = 0
        let silent = try EventLoop()
        let wanted = SocketAddress.internet(host: "127.0.0.1", port: 0)
        let listener = try Listener(on: silent, address: wanted, options: options, handlers: .init { _ in })
        var codes: [LoopError.Code?] = []
        for _ in 0..<4 {
            let connector = Connector(on: fixture.loop, to: listener.address, timeout: .milliseconds(20)) { result in
                switch result {
                case .success(let stream):
                    fixture.keep(stream)
                    codes.append(nil)
                case .failure(let error): codes.append(error.code)
                }
                if codes.count == 4 { fixture.loop.stop() }
            }
            fixture.keep(connector)
        }
        fixture.run()
        #expect(codes.contains(.timedOut))
        #expect(codes.allSatisfy { $0 == nil || $0 == .timedOut })
    }

    @Test func `a cancelled attempt says nothing`() throws {
        let fixture = try LoopFixture()
        var said = 0
        let address = SocketAddress.internet(host: "127.0.0.1", port: 1)
        let cancelled = fixture.keep(Connector(on: fixture.loop, to: address) { _ in said += 1 })
        cancelled.cancel()
        var released: Connector? = Connector(on: fixture.loop, to: address) { _ in said += 1 }
        #expect(released != nil)
        released = nil
        let other = Connector(on: fixture.loop, to: address) { _ in fixture.loop.stop() }
        fixture.keep(other)
        fixture.run()
        #expect(said == 0)
    }
}
