import CAtollLinux
import Glibc

/// Accepts connections on a TCP or Unix socket and hands them over as streams that are not yet started.
///
/// On the loop. When the process or the machine runs out of descriptors or memory it stops accepting, says so once and
/// tries again after `Options.retryInterval`; clients wait in the kernel's queue meanwhile. Releasing the listener
/// closes it.
public final class Listener {
    public struct Options: Hashable, Sendable {
        /// Permission bits of a Unix socket: who may connect needs write permission. unix(7).
        public var socketMode: UInt32 = 0o600
        public var backlog: CInt = 4096
        public var retryInterval: Duration = .seconds(1)
        /// Of each stream.
        public var limits = Stream.Limits()

        public init() {}
    }

    public struct Handlers {
        /// Keep the stream and start it, now or later; to let go of it is to refuse the connection.
        public var onConnection: (Stream) -> Void
        /// Accepting failed and is paused. Once, until a connection has been accepted again.
        public var onPaused: (LoopError) -> Void

        public init(
            onConnection: @escaping (Stream) -> Void,
            onPaused: @escaping (LoopError) -> Void = { _ in }
        ) {
            self.onConnection = onConnection
            self.onPaused = onPaused
        }
    }

    /// Where it listens, with the port that the kernel chose.
    public let address: SocketAddress
    private let loop: EventLoop
    private let options: Options
    private let handlers: Handlers
    private let socket: ListeningSocket
    private var watch: DescriptorWatch?
    private var retry: LoopTimer?
    private var isPauseReported = false

    /// Throws `.addressInUse` where somebody answers on the Unix socket; a stale one is replaced.
    public init(
        on loop: EventLoop,
        address: SocketAddress,
        options: Options = Options(),
        handlers: Handlers
    ) throws(LoopError) {
        loop.preconditionOnLoop()
        self.loop = loop
        self.options = options
        self.handlers = handlers
        socket = try ListeningSocket(address, mode: options.socketMode, backlog: options.backlog)
        self.address = socket.address
        watch = try DescriptorWatch(on: loop, descriptor: socket.number) { [unowned self] in acceptAll() }
        retry = LoopTimer(on: loop) { [unowned self] in resume() }
    }

    deinit {
        watch = nil  // Before the socket that it watches goes.
    }

    /// No connection is handed over any more; the socket's path is removed.
    public func close() {
        loop.preconditionOnLoop()
        watch = nil
        retry = nil
        socket.close()
    }

    private func acceptAll() {
        // So many and not all, for the sake of those connected already: the watch calls again.
        for _ in 0..<64 where watch != nil {
            var descriptor: CInt = -1
            let peer = RawAddress { [socket] address, length in
                descriptor = atoll_accept(socket.number, address, length)
                return descriptor
            }
            let error = errno
            if let peer {
                isPauseReported = false
                let owned = Descriptor(owning: descriptor)
                handlers.onConnection(Stream(on: loop, owning: owned, peer: peer, limits: options.limits))
            } else if error == EAGAIN {
                return
            } else if !Self.concernsOneConnection(error) {
                return pause(error)
            }
        }
    }

    /// Errors of the connection that was to be accepted; the next one may be well. accept(2), "Error handling".
    private static func concernsOneConnection(_ error: CInt) -> Bool {
        switch error {
        case EINTR, ECONNABORTED, EPERM, EPROTO, ENOPROTOOPT, EOPNOTSUPP: true
        case ENETDOWN, ENETUNREACH, EHOSTDOWN, EHOSTUNREACH, ENONET: true
        default: false
        }
    }

    private func pause(_ error: CInt) {
        watch?.pause()
        retry?.arm(after: options.retryInterval)
        guard !isPauseReported else { return }
        isPauseReported = true
        handlers.onPaused(.system(error, "accept a connection on \(address)"))
    }

    private func resume() {
        do {
            try watch?.resume()
        } catch {
            // epoll is out of memory as well.
            retry?.arm(after: options.retryInterval)
        }
    }
}
