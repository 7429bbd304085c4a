import AtollLoop
import AtollModel
import AtollWire
import Glibc

/// A connection to the coordinator that carries requests and their replies.
///
/// Lives on an event loop with a thread of its own. Several requests may be under way at once; when the replies that
/// nobody has taken exceed `heldBytesMax`, nothing more is read until somebody takes them, so that a slow terminal
/// holds up the coordinator's output and not our memory. End it with `close()`.
public actor AdminConnection {
    static let heldBytesMax = 4 << 20

    enum State {
        case idle
        case connecting(Connector, CheckedContinuation<ClientError?, Never>)
        /// Our hello is on its way.
        case greeting(Stream, CheckedContinuation<ClientError?, Never>)
        case open(Stream)
        case closed(ClientError)
    }

    nonisolated let loop: EventLoop
    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    let server: String
    var state = State.idle
    var mailboxes: [UInt64: Mailbox] = [:]
    private var decoder = FrameDecoder()
    private var greetingTimer: LoopTimer?
    private var lastRequest: UInt64 = 0

    init(on loop: EventLoop, server: String) {
        self.loop = loop
        self.server = server
    }

    isolated deinit { loop.stop() }

    /// Connects and says hello.
    ///
    /// - Parameter server: the path of a Unix socket or `HOST:PORT`; nil for `$ATOLL_SOCKET` or the packaged place.
    public static func connect(
        to server: String? = nil,
        timeout: Duration = .seconds(10)
    ) async throws(ClientError) -> AdminConnection {
        EventLoop.ignoreBrokenPipes()
        let server = Server.chosen(server, environment: getenv("ATOLL_SOCKET").map { String(cString: $0) })
        let address = try Server.address(server)
        let connection: AdminConnection
        do throws(LoopError) {
            let loop = try EventLoop()
            try loop.runOnNewThread()
            connection = AdminConnection(on: loop, server: server)
        } catch {
            throw .unreachable(server, error.description)
        }
        if let error = await connection.open(address, timeout: timeout) { throw error }
        return connection
    }

    /// Ends the connection at once; requests that are under way fail.
    public func close() { end(.disconnected(server, "it was closed here")) }

    // MARK: Requests

    func send(_ call: AdminRequest.Call, timeout: Duration? = nil) -> UInt64 {
        lastRequest += 1
        let request = lastRequest
        var mailbox = Mailbox(isWatch: call.isWatch)
        switch state {
        case .open(let stream):
            let frame = Message.request(AdminRequest(id: request, call: call)).encodedFrame()
            let isTooLarge = frame.count - WireLimits.headerBytes > WireLimits.frameBytesMax
            if isTooLarge { mailbox.finish(.failure(.requestTooLarge)) } else { stream.write(frame) }
        case .closed(let error): mailbox.finish(.failure(error))
        case .idle, .connecting, .greeting: preconditionFailure("requests are sent after connect")
        }
        if let timeout {
            mailbox.timer = LoopTimer(on: loop) { self.expire(request) }
            mailbox.timer?.arm(after: timeout)
        }
        mailboxes[request] = mailbox
        return request
    }

    /// The next reply to a request; nil after the last.
    func next(of request: UInt64) async throws(ClientError) -> AdminReply.Body? {
        let delivery: Mailbox.Delivery
        if let held = mailboxes[request]?.take() {
            delivery = held
            readOn()
        } else if mailboxes[request] != nil {
            delivery = await withCheckedContinuation { mailboxes[request]?.wait($0) }
        } else {
            return nil
        }
        let body = try delivery.get()
        if body == nil { mailboxes[request] = nil }
        return body
    }

    func cancel(_ request: UInt64) {
        guard case .open(let stream) = state, mailboxes[request] != nil else { return }
        lastRequest += 1
        let cancel = AdminRequest(id: lastRequest, call: .cancel(request: request))
        stream.write(Message.request(cancel).encodedFrame())
        mailboxes[request]?.finish(.success(nil))
        mailboxes[request] = nil
        readOn()
    }

    private func expire(_ request: UInt64) {
        mailboxes[request]?.finish(.failure(ClientError(.timedOut, "the time given is over")))
    }

    // MARK: Connecting

    private func open(_ address: SocketAddress, timeout: Duration) async -> ClientError? {
        greetingTimer = LoopTimer(on: loop) { self.end(.unreachable(self.server, "no answer to our hello in time")) }
        greetingTimer?.arm(after: timeout)
        return await withCheckedContinuation { continuation in
            let connector = Connector(on: loop, to: address, timeout: timeout) { self.connected($0) }
            state = .connecting(connector, continuation)
        }
    }

    private func connected(_ result: Result<Stream, LoopError>) {
        guard case .connecting(_, let continuation) = state else { return }
        switch result {
        case .failure(let error): end(.unreachable(server, error.reason, isForbidden: error.code == .system(EACCES)))
        case .success(let stream):
            state = .greeting(stream, continuation)
            stream.start(.init(onBytes: { self.received($0) }, onClosed: { self.closed($0) }))
            stream.write(Message.hello(Hello(software: AtollVersion.current, role: .admin)).encodedFrame())
        }
    }

    // MARK: What arrives

    private func received(_ bytes: UnsafeRawBufferPointer) {
        decoder.append(bytes)
        do throws(WireError) {
            while isConnected, let message = try decoder.next() { handle(message) }
        } catch {
            end(.protocolViolation(error.message))
        }
        if case .open(let stream) = state, heldBytes > Self.heldBytesMax { stream.pauseReading() }
    }

    private func handle(_ message: Message) {
        switch (state, message) {
        case (.greeting(let stream, let continuation), .helloReply(.accepted(let welcome))):
            guard (VersionRange.current.oldest...VersionRange.current.newest).contains(welcome.version) else {
                return end(.versionMismatch(ours: .current, theirs: welcome))
            }
            decoder.frameBytesMax = WireLimits.frameBytesMax
            greetingTimer = nil
            state = .open(stream)
            continuation.resume(returning: nil)
        case (.greeting, .helloReply(.refused(let refusal))): end(.refused(refusal))
        // A reply to a request that was cancelled here is late, not wrong.
        case (.open, .reply(let reply)): mailboxes[reply.request]?.deliver(reply.body)
        case (.open, .heartbeat): break
        default: end(.protocolViolation("a message that is not for atollctl"))
        }
    }

    private func closed(_ reason: Stream.CloseReason) {
        switch state {
        case .greeting: end(.unreachable(server, "it hung up before it said hello (\(reason.text))"))
        case .idle, .connecting, .open, .closed: end(.disconnected(server, reason.text))
        }
    }

    private func end(_ error: ClientError) {
        let before = state
        guard isConnected else { return }
        state = .closed(error)
        greetingTimer = nil
        for request in mailboxes.keys { mailboxes[request]?.finish(.failure(error)) }
        switch before {
        case .connecting(let connector, let continuation):
            connector.cancel()
            continuation.resume(returning: error)
        case .greeting(let stream, let continuation):
            stream.close(flushing: false)
            continuation.resume(returning: error)
        case .open(let stream): if stream.isOpen { stream.close(flushing: false) }
        case .idle, .closed: break
        }
    }

    private var isConnected: Bool { if case .closed = state { false } else { true } }

    private var heldBytes: Int { mailboxes.values.reduce(0) { $0 + $1.size } }

    private func readOn() {
        if case .open(let stream) = state, heldBytes <= Self.heldBytesMax / 2 { stream.resumeReading() }
    }
}

extension AdminRequest.Call {
    fileprivate var isWatch: Bool {
        switch self {
        case .list(let list): list.watch
        case .apply, .delete, .logs, .cancel, .backup, .status, .host, .topology: false
        }
    }
}

extension LoopError {
    /// The last part of the description, which names the place once more: `connection refused`.
    fileprivate var reason: String {
        switch code {
        case .system(let number): strerror(number).map { String(cString: $0).lowercased() } ?? description
        case .invalidAddress, .addressInUse, .timedOut, .processGone: description
        }
    }
}

extension Stream.CloseReason {
    fileprivate var text: String {
        switch self {
        case .endOfFile: "it was closed by the coordinator"
        case .reset(let number): strerror(number).map { String(cString: $0).lowercased() } ?? "error \(number)"
        case .local: "it was closed here"
        case .timedOut: "the coordinator took no more data"
        case .writeBufferFull: "the coordinator reads too slowly"
        }
    }
}
