public import AtollLoop
import CLibeventHTTP
import Glibc
import Synchronization

/// Answers GET over HTTP/1.1 with what a handler says at once; evhttp of libevent does the rest.
///
/// On the loop. A request may have `headerBytesMax` of headers and no body, and a connection that is silent for
/// `timeoutSeconds` is closed. When the process runs out of descriptors the server stops accepting for a second: left
/// alone, libevent's listener would be called again at once, for ever. Releasing the server closes it.
public final class HTTPServer {
    static let headerBytesMax = 8 << 10
    static let timeoutSeconds: CInt = 10

    /// Where it listens, with the port that the kernel chose.
    public let address: SocketAddress
    private let handler: (_ path: String) -> HTTPResponse
    private let server: OpaquePointer
    private let listener: OpaquePointer
    private var retry: LoopTimer?
    // By the address of the evhttp, which is all that the listener's error callback is told.
    private static let byServer = Mutex<[UInt: UInt]>([:])

    /// - Parameters:
    ///   - address: of TCP.
    ///   - handler: is given the path without its query, `%` escapes undone.
    /// - Throws: `LoopError` when nothing can listen there.
    public init(
        on loop: EventLoop,
        address: SocketAddress,
        handler: @escaping (_ path: String) -> HTTPResponse
    ) throws(LoopError) {
        loop.preconditionOnLoop()
        guard case .internet(let host, let port) = address else {
            throw LoopError(.invalidAddress, "HTTP is served on IP:PORT, not on \(address)")
        }
        guard let server = evhttp_new(loop.base) else { throw .system(ENOMEM, "set up HTTP") }
        guard let socket = evhttp_bind_socket_with_handle(server, host, port),
            let listener = evhttp_bound_socket_get_listener(socket)
        else {
            let error = errno
            evhttp_free(server)
            throw .system(error, "listen on \(address)")
        }
        self.server = server
        self.listener = listener
        self.handler = handler
        self.address = .internet(host: host, port: Self.port(of: evhttp_bound_socket_get_fd(socket)) ?? port)
        retry = LoopTimer(on: loop) { [unowned self] in evconnlistener_enable(self.listener) }
        let me = Unmanaged.passUnretained(self).toOpaque()
        Self.byServer.withLock { $0[UInt(bitPattern: server)] = UInt(bitPattern: me) }
        configure(me)
    }

    deinit {
        Self.byServer.withLock { $0[UInt(bitPattern: server)] = nil }
        evhttp_free(server)
    }

    /// - Parameter me: unretained: the server is freed before this object is.
    private func configure(_ me: UnsafeMutableRawPointer) {
        evhttp_set_max_headers_size(server, Self.headerBytesMax)
        evhttp_set_max_body_size(server, 0)
        evhttp_set_timeout(server, Self.timeoutSeconds)
        evhttp_set_allowed_methods(server, UInt16(EVHTTP_REQ_GET.rawValue))
        evhttp_set_gencb(
            server,
            { request, me in
                guard let request, let me else { return }
                Unmanaged<HTTPServer>.fromOpaque(me).takeUnretainedValue().answer(request)
            },
            me
        )
        evconnlistener_set_error_cb(listener) { _, server in
            guard let server, let me = HTTPServer.byServer.withLock({ $0[UInt(bitPattern: server)] }),
                let object = UnsafeRawPointer(bitPattern: me)
            else { return }
            Unmanaged<HTTPServer>.fromOpaque(object).takeUnretainedValue().pause()
        }
    }

    private static func port(of socket: CInt) -> UInt16? {
        guard case .internet(_, let port) = SocketAddress(localEndOf: socket) else { return nil }
        return port
    }

    private func pause() {
        evconnlistener_disable(listener)
        retry?.arm(after: .seconds(1))
    }

    private func answer(_ request: OpaquePointer) {
        guard let uri = evhttp_request_get_evhttp_uri(request), let raw = evhttp_uri_get_path(uri),
            let decoded = evhttp_uridecode(raw, 0, nil)
        else { return evhttp_send_error(request, HTTP_BADREQUEST, nil) }
        defer { free(decoded) }
        let response = handler(String(cString: decoded))
        evhttp_add_header(evhttp_request_get_output_headers(request), "Content-Type", response.contentType)
        let body = evbuffer_new()
        defer { evbuffer_free(body) }
        evbuffer_add(body, response.body, response.body.utf8.count)
        evhttp_send_reply(request, CInt(response.status), nil, body)
    }
}
