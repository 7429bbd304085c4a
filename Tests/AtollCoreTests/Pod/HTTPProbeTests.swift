import AtollCore
import AtollModel
import Testing

@Suite struct HTTPProbeTests {
    private static func text(_ request: HTTPRequest, host: String = "10.0.0.1") -> String {
        String(decoding: HTTPProbe.request(request, host: host), as: UTF8.self)
    }

    @Test func `a request says what RFC 9112 asks for`() {
        let expected = """
            GET /live?x=1 HTTP/1.1\r
            Host: 10.0.0.1:8080\r
            User-Agent: atoll/\(AtollVersion.current)\r
            Accept: */*\r
            Connection: close\r
            \r

            """
        #expect(Self.text(HTTPRequest(port: 8080, path: "/live?x=1")) == expected)
    }

    @Test func `headers of the manifest come in place of our own`() {
        let headers = [HTTPRequest.Header(name: "host", value: "a.b"), .init(name: "X", value: "y")]
        let lines = Self.text(HTTPRequest(port: 1, headers: headers)).split(separator: "\r\n")
        #expect(lines.filter { $0.lowercased().hasPrefix("host:") } == ["host: a.b"])
        #expect(lines.contains("X: y"))
    }

    @Test func `neither path nor header can add a line`() {
        let header = HTTPRequest.Header(name: "X", value: "y\r\nEvil: 1")
        let text = Self.text(HTTPRequest(port: 1, path: "a b\r\nc\u{E9}", headers: [header]))
        #expect(text.hasPrefix("GET /a%20b%0D%0Ac%C3%A9 HTTP/1.1\r\n"))
        #expect(text.contains("\r\nX: yEvil: 1\r\n"))
    }

    @Test func `an IPv6 address is bracketed`() {
        #expect(Self.text(HTTPRequest(port: 80), host: "::1").contains("\r\nHost: [::1]:80\r\n"))
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK", true), ("HTTP/1.0 399 ", true), ("HTTP/1.1 400 No", false), ("HTTP/1.1 199 X", false),
        ("HTTP/2.0 200 OK", false), ("HTTP/1.1 2x0 OK", false), ("SSH-2.0-OpenSSH", false), ("HTTP/1.1 20", nil),
        ("", nil),
    ])
    func `a status from 200 to 399 is a success`(answer: String, succeeds: Bool?) {
        #expect(HTTPProbe.succeeds(Array(answer.utf8)) == succeeds)
    }
}
