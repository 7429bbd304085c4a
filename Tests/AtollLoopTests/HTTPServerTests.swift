import AtollHTTP
import AtollLoop
import Testing

struct HTTPServerTests {
    private let fixture: LoopFixture
    private let server: HTTPServer

    init() throws {
        fixture = try LoopFixture()
        server = try HTTPServer(on: fixture.loop, address: SocketAddress("127.0.0.1:0")) { path in
            path == "/path" || path == "/a path" ? HTTPResponse(body: "the body\n") : .notFound
        }
    }

    /// All that comes back until the server closes the connection.
    private func answer(to request: String) -> String {
        var bytes: [UInt8] = []
        let connector = Connector(on: fixture.loop, to: server.address, limits: .init()) { [fixture] result in
            guard case .success(let stream) = result else {
                Issue.record("no connection")
                return fixture.loop.stop()
            }
            fixture.keep(stream)
            stream.start(
                .init(onBytes: { chunk in bytes += chunk }, onClosed: { _ in fixture.loop.stop() })
            )
            stream.write(Array(request.utf8))
        }
        fixture.keep(connector)
        fixture.run()
        return String(decoding: bytes, as: UTF8.self)
    }

    private func get(_ path: String) -> String { answer(to: "GET \(path) HTTP/1.0\r\n\r\n") }

    @Test func `the kernel chooses port 0`() { #expect(server.address != .internet(host: "127.0.0.1", port: 0)) }

    @Test func `a path is answered with what the handler says`() {
        let answer = get("/path?query")
        #expect(answer.hasPrefix("HTTP/1.0 200 OK\r\n"))
        #expect(answer.contains("Content-Type: text/plain; charset=utf-8\r\n"))
        #expect(answer.hasSuffix("\r\n\r\nthe body\n"))
    }

    @Test func `escapes in a path are undone`() { #expect(get("/a%20path").hasSuffix("the body\n")) }

    @Test func `another status is passed on`() { #expect(get("/other").hasPrefix("HTTP/1.0 404 ")) }

    @Test(arguments: ["HEAD", "POST", "PUT", "DELETE"]) func `other methods are refused`(method: String) {
        #expect(!answer(to: "\(method) /path HTTP/1.0\r\n\r\n").hasPrefix("HTTP/1.0 200 "))
    }

    @Test func `a body is refused`() {
        let answer = answer(to: "GET /path HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello")
        #expect(!answer.hasPrefix("HTTP/1.0 200 "))
    }

    @Test func `headers beyond the limit are refused`() {
        let header = "X: " + String(repeating: "x", count: 9_000)
        #expect(!answer(to: "GET /path HTTP/1.0\r\n\(header)\r\n\r\n").hasPrefix("HTTP/1.0 200 "))
    }

    @Test func `what is no HTTP is refused`() { #expect(!answer(to: "\u{1}\u{2}\r\n\r\n").contains("the body")) }

    @Test func `an address that is taken is an error that names it`() {
        let error = #expect(throws: LoopError.self) {
            try HTTPServer(on: fixture.loop, address: server.address) { _ in .notFound }
        }
        #expect(error?.description.contains("listen on \(server.address)") == true)
    }
}
