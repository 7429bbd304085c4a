import CAtollLinux
import CLibevent
import Glibc

/// A connected TCP or Unix socket that carries bytes both ways, with bounds on what it may hold back.
///
/// On the loop. Begins idle: nothing is read before `start`. After that `onClosed` is called exactly once, however the
/// stream ends, always from the loop and never within a call made to the stream; no other handler runs once the stream
/// is closed. Every method may be called by the stream's own handlers, which may hold on to it: they are released when
/// it is closed. Releasing an open stream drops the connection and calls nothing.
public final class Stream {
    public enum CloseReason: Hashable, Sendable {
        /// The peer closed its side; what had not been sent is dropped.
        case endOfFile
        /// The connection failed with this error number: ECONNRESET, EPIPE, ETIMEDOUT, ...
        case reset(errno: CInt)
        /// `close` was called.
        case local
        /// `close(flushing: true)` was called, and the peer did not take the rest within `Limits.lingerTime`.
        case timedOut
        /// A write would have gone beyond `Limits.writeMax`: the peer reads too slowly.
        case writeBufferFull
    }

    /// Bytes held in this process for one stream, all of them to be sent, and how long to wait for a peer at the end.
    public struct Limits: Hashable, Sendable {
        /// `onWritable` is called once the output is down to this...
        public var writeLow = 256 << 10
        /// ...after it was above this.
        public var writeHigh = 1 << 20
        /// Never held: a write beyond closes the stream.
        public var writeMax = 64 << 20
        /// For the whole of a flushing close.
        public var lingerTime: Duration = .seconds(5)

        public init() {}
    }

    public struct Handlers {
        /// Gets what arrived, in order, in slices that are valid during the call only.
        public var onBytes: (UnsafeRawBufferPointer) -> Void
        /// `isWritable` has become true again.
        public var onWritable: () -> Void
        public var onClosed: (CloseReason) -> Void

        public init(
            onBytes: @escaping (UnsafeRawBufferPointer) -> Void,
            onWritable: @escaping () -> Void = {},
            onClosed: @escaping (CloseReason) -> Void
        ) {
            self.onBytes = onBytes
            self.onWritable = onWritable
            self.onClosed = onClosed
        }
    }

    /// Who is at the other end of a Unix socket, as the kernel saw it connect. SO_PEERCRED in unix(7).
    public struct PeerCredentials: Hashable, Sendable {
        public let processID: Int32
        public let userID: UInt32
        public let groupID: UInt32
    }

    enum State {
        case idle
        case open(Handlers)
        /// Being flushed: what arrives is thrown away, until the peer closes or the timer fires.
        case lingering(Handlers, LoopTimer)
        case closed
    }

    /// For logs: `127.0.1.3:40112`, or `unix`.
    public let peer: SocketAddress
    /// Nil for TCP.
    public let peerCredentials: PeerCredentials?
    public let limits: Limits
    /// False from when more than `writeHigh` bytes wait to be sent until no more than `writeLow` do.
    public internal(set) var isWritable = true

    let loop: EventLoop
    var state = State.idle
    var isPaused = false
    let socket: CInt
    // Both nil once closed. Freed in `close` or `deinit`, hence passed unretained to C.
    /// A bufferevent that only writes.
    var output: OpaquePointer?
    /// The event of what arrives. Not the bufferevent's own, which asks the kernel how much there is before each read.
    var input: OpaquePointer?
    /// False while nothing waits in `output`.
    var mayHaveUnsent = false

    init(on loop: EventLoop, owning descriptor: consuming Descriptor, peer: RawAddress, limits: Limits) {
        loop.preconditionOnLoop()
        self.loop = loop
        self.limits = limits
        let isUnix = peer.family == AF_UNIX
        self.peer = isUnix ? .unix(path: "") : peer.address
        peerCredentials = isUnix ? Self.credentials(of: descriptor) : nil
        if !isUnix { descriptor.setOption(TCP_NODELAY, level: CInt(IPPROTO_TCP)) }
        let options = CInt(BEV_OPT_CLOSE_ON_FREE.rawValue)
        socket = descriptor.release()
        guard let output = bufferevent_socket_new(loop.base, socket, options) else {
            fatalError("libevent could not allocate a buffer")
        }
        self.output = output
    }

    deinit { closeSocket() }

    /// libevent keeps the memory where a callback of ours is running, until that has returned.
    func closeSocket() {
        // First: an event must not outlive its descriptor.
        if let input { event_free(input) }
        if let output { bufferevent_free(output) }
        (input, output) = (nil, nil)
    }

    private static func credentials(of descriptor: borrowing Descriptor) -> PeerCredentials? {
        var (process, user, group) = (Int32(), UInt32(), UInt32())
        guard atoll_peer_credentials(descriptor.number, &process, &user, &group) == 0 else { return nil }
        return PeerCredentials(processID: process, userID: user, groupID: group)
    }
}
