import Glibc
import Testing

/// A server on loopback in the hands of a test; nothing is waited for longer than half a minute.
final class LoopbackServer {
    struct Silence: Error {}

    let port: UInt16
    private let listener: CInt

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(listener, raw, length) != 0 || listen(listener, 8) != 0 || getsockname(listener, raw, &length) != 0
            }
        }
        try #require(!failed)
        port = UInt16(bigEndian: address.sin_port)
        Self.limitPatience(listener)
    }

    deinit { close(listener) }

    private static func limitPatience(_ socket: CInt) {
        var patience = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Takes the next connection, reads a request up to its empty line, answers and closes. Returns the request.
    func answer(_ text: String) throws -> String {
        let connection = accept(listener, nil, nil)
        guard connection >= 0 else { throw Silence() }
        defer { close(connection) }
        Self.limitPatience(connection)
        var request = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !request.hasSuffix("\r\n\r\n") {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { throw Silence() }
            request += String(decoding: buffer[..<count], as: UTF8.self)
        }
        let bytes = Array(text.utf8)
        #expect(send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
        return request
    }
}
