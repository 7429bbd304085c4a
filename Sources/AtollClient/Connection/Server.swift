import AtollLoop
import Glibc

/// Where the coordinator listens.
enum Server {
    static let defaultPath = "/run/atoll/coordinator.sock"

    /// What the user wrote, else `$ATOLL_SOCKET`, else the packaged place.
    static func chosen(_ option: String?, environment: String?) -> String {
        [option, environment].compactMap(\.self).first { !$0.isEmpty } ?? defaultPath
    }

    /// Reads a path, `unix:PATH` or `HOST:PORT`; looks a host name up, which may take the resolver's time.
    static func address(_ text: String) throws(ClientError) -> SocketAddress {
        do throws(LoopError) {
            return try SocketAddress(text)
        } catch {
            guard let address = lookUp(text) else {
                throw ClientError(
                    .invalidServer,
                    "\"\(text)\" is no place to find a coordinator: write the path of its socket, or HOST:PORT"
                )
            }
            return address
        }
    }

    private static func lookUp(_ text: String) -> SocketAddress? {
        guard !text.hasPrefix("/"), !text.hasPrefix("unix:"), let colon = text.lastIndex(of: ":") else { return nil }
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(String(text[..<colon]), nil, &hints, &found) == 0, let first = found?.pointee else {
            return nil
        }
        defer { freeaddrinfo(found) }
        var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let size = socklen_t(buffer.count)
        guard getnameinfo(first.ai_addr, first.ai_addrlen, &buffer, size, nil, 0, NI_NUMERICHOST) == 0 else {
            return nil
        }
        let literal = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        // The port is checked by the one reader of addresses; it is the only part that can be wrong here.
        return try? SocketAddress("[\(literal)]\(text[colon...])")
    }
}
