import CLibevent
import Glibc

/// One attempt to connect, which ends in a stream, not yet started, or in an error.
///
/// On the loop. `onResult` is called exactly once, from the loop and never within `init`, unless the connector is
/// cancelled or released before.
public final class Connector {
    public typealias Handler = (Result<Stream, LoopError>) -> Void

    private let loop: EventLoop
    private let target: SocketAddress
    private let limits: Stream.Limits
    private var onResult: Handler?
    private var event: LoopEvent?
    private var descriptor: Descriptor?

    /// `local` is the IP literal to connect from, for a host with several addresses.
    public init(
        on loop: EventLoop,
        to target: SocketAddress,
        from local: String? = nil,
        timeout: Duration = .seconds(10),
        limits: Stream.Limits = Stream.Limits(),
        onResult: @escaping Handler
    ) {
        loop.preconditionOnLoop()
        self.loop = loop
        self.target = target
        self.limits = limits
        self.onResult = onResult
        do throws(LoopError) {
            try connect(from: local, timeout: timeout)
        } catch {
            loop.later { [weak self] in self?.finish(.failure(error)) }
        }
    }

    deinit {
        event = nil  // Before the descriptor that it watches goes.
    }

    /// Ends the attempt; `onResult` is not called.
    public func cancel() {
        loop.preconditionOnLoop()
        event = nil
        descriptor = nil
        onResult = nil
    }

    private func connect(from local: String?, timeout: Duration) throws(LoopError) {
        let raw = try RawAddress(target)
        let descriptor = try Descriptor(socketOf: raw.family)
        if let local { try Self.bind(descriptor, to: local) }
        let error = descriptor.connect(to: raw)
        guard error == 0 || error == EINPROGRESS else { throw .system(error, "connect to \(target)") }
        // A connected socket is writable at once, so both ways lead to the same event.
        let event = LoopEvent(on: loop, descriptor: descriptor.number, kinds: EV_WRITE) { [unowned self] _, kinds in
            settled(timedOut: Int32(kinds) & EV_WRITE == 0)
        }
        guard event.add(timeout: timeout) else { throw .system(errno, "connect to \(target)") }
        self.event = event
        self.descriptor = consume descriptor
    }

    private static func bind(_ descriptor: borrowing Descriptor, to local: String) throws(LoopError) {
        let raw = try RawAddress(SocketAddress.internet(host: local, port: 0))
        // "Inform the kernel to not reserve an ephemeral port when using bind(2) with a port number of 0. The port will
        // later be automatically chosen at connect(2) time, in a way that allows sharing a source port" (ip(7)).
        descriptor.setOption(IP_BIND_ADDRESS_NO_PORT, level: CInt(IPPROTO_IP))
        let number = descriptor.number
        let error = raw.withPointer { Glibc.bind(number, $0, $1) == 0 ? 0 : errno }
        guard error == 0 else { throw .system(error, "connect from \(local)") }
    }

    private func settled(timedOut: Bool) {
        guard let descriptor = descriptor.take() else { return }
        event = nil
        guard !timedOut else {
            return finish(.failure(LoopError(.timedOut, "cannot connect to \(target): no answer in time")))
        }
        var error: CInt = 0
        var size = socklen_t(MemoryLayout.size(ofValue: error))
        if getsockopt(descriptor.number, SOL_SOCKET, SO_ERROR, &error, &size) != 0 { error = errno }
        guard error == 0 else { return finish(.failure(.system(error, "connect to \(target)"))) }
        guard let peer = RawAddress(filledBy: { [number = descriptor.number] in getpeername(number, $0, $1) }) else {
            return finish(.failure(.system(errno, "connect to \(target)")))
        }
        finish(.success(Stream(on: loop, owning: descriptor, peer: peer, limits: limits)))
    }

    private func finish(_ result: Result<Stream, LoopError>) {
        let handler = onResult
        onResult = nil
        handler?(result)
    }
}
