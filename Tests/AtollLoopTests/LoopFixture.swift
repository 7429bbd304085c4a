import AtollLoop
import Glibc
import Testing

/// A loop on the test's own thread, and what has to stay alive while it runs.
final class LoopFixture {
    let loop: EventLoop
    private var kept: [AnyObject] = []

    init() throws { loop = try EventLoop() }

    @discardableResult
    func keep<Kept: AnyObject>(_ object: Kept) -> Kept {
        kept.append(object)
        return object
    }

    /// Until a handler calls `loop.stop()`. The minute only keeps a broken test from hanging for ever.
    func run() {
        let patience = LoopTimer(on: loop) { [loop] in
            Issue.record("nothing happened for a minute")
            loop.stop()
        }
        patience.arm(after: .seconds(60))
        loop.run()
    }

    /// Calls `body` with both ends of a connection, accepted and connecting.
    func connect(
        over address: String = "127.0.0.1:0",
        limits: Stream.Limits = .init(),
        _ body: @escaping (_ accepted: Stream, _ connecting: Stream) -> Void
    ) throws {
        var ends: [Stream?] = [nil, nil]
        let arrived = { (end: Stream, index: Int) in
            ends[index] = self.keep(end)
            if let accepted = ends[0], let connecting = ends[1] { body(accepted, connecting) }
        }
        var options = Listener.Options()
        options.limits = limits
        let listener = try Listener(
            on: loop,
            address: SocketAddress(address),
            options: options,
            handlers: .init { arrived($0, 0) }
        )
        keep(listener)
        let connector = Connector(on: loop, to: listener.address, limits: limits) { result in
            switch result {
            case .success(let stream): arrived(stream, 1)
            case .failure(let error): Issue.record(error)
            }
        }
        keep(connector)
    }
}

/// A path for a socket in the folder for temporary files, removed with this value.
struct TemporaryPath: ~Copyable {
    let path: String

    init(_ name: String) {
        path = "/tmp/atoll-\(name)-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    }

    deinit { unlink(path) }
}
