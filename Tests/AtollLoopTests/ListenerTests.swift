import AtollLoop
import Glibc
import Testing

struct ListenerTests {
    @Test func `port 0 is answered with the port that the kernel chose`() throws {
        let loop = try EventLoop()
        let wanted = SocketAddress.internet(host: "127.0.0.1", port: 0)
        let listener = try Listener(on: loop, address: wanted, handlers: .init { _ in })
        guard case .internet(let host, let port) = listener.address else { Issue.record("not TCP"); return }
        #expect(host == "127.0.0.1" && port > 0)
        let error = #expect(throws: LoopError.self) {
            try Listener(on: loop, address: listener.address, handlers: .init { _ in })
        }
        #expect(error?.code == .system(EADDRINUSE))
    }

    @Test func `a Unix socket has the mode asked for, and goes with its listener`() throws {
        let loop = try EventLoop()
        let socket = TemporaryPath("mode")
        var options = Listener.Options()
        options.socketMode = 0o620
        let address = SocketAddress.unix(path: socket.path)
        let listener = try Listener(on: loop, address: address, options: options, handlers: .init { _ in })
        var status = stat()
        #expect(lstat(socket.path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o620)
        listener.close()
        #expect(lstat(socket.path, &status) == -1 && errno == ENOENT)
    }

    @Test func `a Unix socket on which somebody listens is left alone`() throws {
        let loop = try EventLoop()
        let socket = TemporaryPath("taken")
        let address = SocketAddress.unix(path: socket.path)
        let first = try Listener(on: loop, address: address, handlers: .init { _ in })
        let error = #expect(throws: LoopError.self) {
            try Listener(on: loop, address: address, handlers: .init { _ in })
        }
        #expect(error?.code == .addressInUse)
        #expect(access(socket.path, F_OK) == 0)
        first.close()
    }

    @Test func `the socket of a process that is gone is replaced`() throws {
        let loop = try EventLoop()
        let socket = TemporaryPath("stale")
        // Bound and closed, but not unlinked: what a killed process leaves.
        let stale = Glibc.socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.path.utf8) }
        let bound = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(stale, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        close(stale)
        let listener = try Listener(on: loop, address: .unix(path: socket.path), handlers: .init { _ in })
        listener.close()
    }

    @Test func `a file that is no socket is never removed`() throws {
        let loop = try EventLoop()
        let file = TemporaryPath("file")
        close(open(file.path, O_CREAT | O_WRONLY, 0o600))
        let error = #expect(throws: LoopError.self) {
            try Listener(on: loop, address: .unix(path: file.path), handlers: .init { _ in })
        }
        #expect(error?.code == .system(EEXIST))
        #expect(access(file.path, F_OK) == 0)
    }

    @Test func `a listener that is closed in its handler hands nothing over any more`() throws {
        let fixture = try LoopFixture()
        var accepted = 0
        var listener: Listener?
        let wanted = SocketAddress.internet(host: "127.0.0.1", port: 0)
        listener = try Listener(
            on: fixture.loop,
            address: wanted,
            handlers: .init { _ in
                accepted += 1
                listener?.close()
            }
        )
        let target = try #require(listener?.address)
        var results = 0
        for _ in 0..<3 {
            let connector = Connector(on: fixture.loop, to: target) { _ in
                results += 1
                if results == 3 { fixture.loop.stop() }
            }
            fixture.keep(connector)
        }
        fixture.run()
        #expect(accepted == 1)
    }
}

/// In a process of their own, which they starve of descriptors.
struct ListenerExhaustionTests {
    @Test func `accepting pauses without descriptors, says so once, and goes on when there are some`() async {
        await #expect(processExitsWith: .success) {
            let fixture = try LoopFixture()
            let hoard = DescriptorHoard()
            var pauses = 0
            let release = LoopTimer(on: fixture.loop) { hoard.release() }
            try hoard.starve(
                fixture,
                retryInterval: .milliseconds(1),
                onPaused: { error in
                    precondition(error.code == .system(EMFILE) && error.isExhaustion)
                    pauses += 1
                    release.arm(after: .milliseconds(20))  // Many retries later.
                },
                onAccepted: { fixture.loop.stop() }
            )
            fixture.run()
            precondition(pauses >= 1 && pauses <= 1 + hoard.intruders)
        }
    }

    @Test func `a paused listener does not try before its time`() async {
        await #expect(processExitsWith: .success) {
            let fixture = try LoopFixture()
            let hoard = DescriptorHoard()
            var accepted = 0
            let end = LoopTimer(on: fixture.loop) { fixture.loop.stop() }
            try hoard.starve(
                fixture,
                retryInterval: .seconds(3600),
                onPaused: { _ in
                    hoard.release()
                    end.arm(after: .milliseconds(20))
                },
                onAccepted: { accepted += 1 }
            )
            fixture.run()
            precondition(accepted == 0)
        }
    }
}

/// Every descriptor that this process may still open.
private final class DescriptorHoard {
    private var taken: [CInt] = []
    private var isReleased = false
    /// Connections accepted before `release`, for a descriptor that another thread of the process had closed.
    private(set) var intruders = 0

    init() {
        var limit = rlimit(rlim_cur: 128, rlim_max: 128)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// Connects to a listener that has no descriptor for the other end. `onAccepted` is called after `release` only.
    func starve(
        _ fixture: LoopFixture,
        retryInterval: Duration,
        onPaused: @escaping (LoopError) -> Void,
        onAccepted: @escaping () -> Void
    ) throws {
        var options = Listener.Options()
        options.retryInterval = retryInterval
        var listener: Listener?
        func attempt() {
            guard let listener, !isReleased else { return }
            leaveOne()
            let connector = Connector(on: fixture.loop, to: listener.address) { result in
                switch result {
                case .success(let stream): fixture.keep(stream)
                case .failure: attempt()
                }
            }
            fixture.keep(connector)
        }
        listener = try Listener(
            on: fixture.loop,
            address: .internet(host: "127.0.0.1", port: 0),
            options: options,
            handlers: .init(
                onConnection: { [self] stream in
                    fixture.keep(stream)
                    guard !isReleased else { return onAccepted() }
                    intruders += 1
                    attempt()
                },
                onPaused: onPaused
            )
        )
        attempt()
    }

    func release() {
        for descriptor in taken { close(descriptor) }
        taken = []
        isReleased = true
    }

    private func leaveOne() {
        while case let copy = dup(0), copy >= 0 { taken.append(copy) }
        if let last = taken.popLast() { close(last) }
    }
}
