import AtollLoop

/// A shell as the daemons have it: an actor on the loop that keeps its streams. Handlers written in its methods are
/// its own, and run without a hop.
actor EchoShell {
    nonisolated let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private var listener: Listener?
    private var connector: Connector?
    private var served: [Int: Stream] = [:]
    private var client: Stream?
    private var received: [UInt8] = []
    private var waiting: CheckedContinuation<[UInt8], Never>?

    init(on loop: EventLoop) { self.loop = loop }

    func echo(_ message: [UInt8], over address: SocketAddress) async throws -> [UInt8] {
        let listener = try Listener(on: loop, address: address, handlers: .init { self.serve($0) })
        self.listener = listener
        return await withCheckedContinuation { continuation in
            waiting = continuation
            connector = Connector(on: loop, to: listener.address) { self.connected($0, message) }
        }
    }

    private func serve(_ stream: Stream) {
        let id = served.count
        served[id] = stream
        stream.start(
            .init(
                onBytes: { stream.write(Array($0)) },
                onClosed: { _ in self.served[id] = nil }
            )
        )
    }

    private func connected(_ result: Result<Stream, LoopError>, _ message: [UInt8]) {
        guard case .success(let stream) = result else { return }
        client = stream
        stream.start(
            .init(
                onBytes: { bytes in
                    self.received += bytes
                    if self.received.count == message.count { stream.close(flushing: true) }
                },
                onClosed: { _ in
                    self.waiting?.resume(returning: self.received)
                    self.waiting = nil
                }
            )
        )
        stream.write(message)
    }
}
