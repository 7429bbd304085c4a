public import AtollModel

/// The bytes of an `httpGet` action: what is asked, and what the beginning of an answer says. RFC 9112.
public enum HTTPProbe {
    /// Bytes of an answer that say all that counts: `HTTP/1.1 200`.
    public static let answerBytes = 12

    /// - Parameter host: what the connection goes to, for a request that names no `Host` itself.
    public static func request(_ request: HTTPRequest, host: String) -> [UInt8] {
        let path = request.path.hasPrefix("/") ? request.path : "/" + request.path
        var lines = ["GET \(escaped(path)) HTTP/1.1"]
        let defaults = [
            ("Host", (host.contains(":") ? "[\(host)]" : host) + ":\(request.port)"),
            ("User-Agent", "atoll/\(AtollVersion.current)"), ("Accept", "*/*"),
        ]
        for (name, value) in defaults {
            let isGiven = request.headers.contains { $0.name.lowercased() == name.lowercased() }
            if !isGiven { lines.append("\(name): \(value)") }
        }
        lines += request.headers.map { "\(visible($0.name)): \(visible($0.value))" }
        lines.append("Connection: close")
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// True for a status from 200 to 399; nil while too little has come to tell.
    public static func succeeds(_ answer: [UInt8]) -> Bool? {
        guard answer.count >= answerBytes else { return nil }
        let text = String(decoding: answer.prefix(answerBytes), as: UTF8.self)
        guard text.hasPrefix("HTTP/1."), let status = Int(text.suffix(3)) else { return false }
        return (200..<400).contains(status)
    }

    /// Whatever is not allowed in a request line, as RFC 3986 writes it.
    private static func escaped(_ path: String) -> String {
        path.utf8.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return (0x21...0x7E).contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
        }.joined()
    }

    /// Without line breaks and the like: one header stays one.
    private static func visible(_ text: String) -> String {
        String(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.map { Character($0) })
    }
}
