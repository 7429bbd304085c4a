import CLibevent
import Glibc

/// Where to listen or connect: `127.0.1.3:7400`, `[::1]:7400` or `unix:/run/atoll/admin.sock`. Names are not looked up.
public enum SocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// An IPv4 or IPv6 literal, without brackets. Port 0 lets the kernel choose when listening.
    case internet(host: String, port: UInt16)
    /// The path of a Unix socket; empty for a peer that has none.
    case unix(path: String)

    /// Reads what `description` writes; a text that begins with `/` is a Unix socket too. Throws `.invalidAddress`.
    public init(_ text: String) throws(LoopError) {
        if text.hasPrefix("/") {
            self = .unix(path: text)
        } else if text.hasPrefix("unix:") {
            self = .unix(path: String(text.dropFirst("unix:".count)))
        } else if let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) {
            let host = text[..<colon]
            let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
            self = .internet(host: String(isBracketed ? host.dropFirst().dropLast() : host), port: port)
        } else {
            throw LoopError(.invalidAddress, "\(text) is no address: write IP:PORT, [IP]:PORT or unix:PATH")
        }
        _ = try RawAddress(self)
    }

    /// Where a socket of another library is bound; nil for what is no such socket.
    package init?(localEndOf socket: CInt) {
        guard let address = RawAddress(filledBy: { getsockname(socket, $0, $1) })?.address else { return nil }
        self = address
    }

    public var description: String {
        switch self {
        case .internet(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(""): "unix"
        case .unix(let path): "unix:\(path)"
        }
    }
}

/// An address as the kernel takes it.
struct RawAddress {
    private(set) var storage = sockaddr_storage()
    private(set) var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    var family: CInt { CInt(storage.ss_family) }

    init(_ address: SocketAddress) throws(LoopError) {
        switch address {
        case .unix(let path): try setPath(path)
        case .internet(let host, let port): try parse(host, port)
        }
    }

    /// What a call such as accept(2) or getsockname(2) fills in; nil, with `errno`, when `fill` returns -1.
    init?(filledBy fill: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> CInt) {
        var size = length
        let result = withUnsafeMutableBytes(of: &storage) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { $0.baseAddress.map { fill($0, &size) } ?? -1 }
        }
        guard result >= 0 else { return nil }
        length = size
    }

    private mutating func setPath(_ path: String) throws(LoopError) {
        let bytes = Array(path.utf8)
        let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 0
        guard !bytes.isEmpty, bytes.count < MemoryLayout<sockaddr_un>.size - offset, !bytes.contains(0) else {
            throw LoopError(.invalidAddress, "\"\(path)\" is no path for a Unix socket: 1 to 107 bytes are needed")
        }
        storage.ss_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &storage) { $0[offset...].copyBytes(from: bytes) }
        length = socklen_t(offset + bytes.count + 1)
    }

    private mutating func parse(_ host: String, _ port: UInt16) throws(LoopError) {
        var size = CInt(length)
        // Without the port: libevent refuses port 0.
        let text = host.contains(":") ? "[\(host)]" : host
        let result = withUnsafeMutableBytes(of: &storage) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { evutil_parse_sockaddr_port(text, $0.baseAddress, &size) }
        }
        guard result == 0 else { throw LoopError(.invalidAddress, "\"\(host)\" is no IPv4 or IPv6 address") }
        length = socklen_t(size)
        withUnsafeMutableBytes(of: &storage) { bytes in
            // At the same place for both families.
            let offset = MemoryLayout<sockaddr_in>.offset(of: \.sin_port) ?? 0
            bytes.storeBytes(of: port.bigEndian, toByteOffset: offset, as: UInt16.self)
        }
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// The address in words; the empty path for a Unix socket without a name.
    var address: SocketAddress {
        withUnsafeBytes(of: storage) { bytes in
            switch family {
            case AF_INET:
                let raw = bytes.load(as: sockaddr_in.self)
                return .internet(host: Self.text(AF_INET, raw.sin_addr), port: UInt16(bigEndian: raw.sin_port))
            case AF_INET6:
                let raw = bytes.load(as: sockaddr_in6.self)
                return .internet(host: Self.text(AF_INET6, raw.sin6_addr), port: UInt16(bigEndian: raw.sin6_port))
            default:
                let offset = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 0
                let path = bytes[..<Int(length)].dropFirst(offset).prefix { $0 != 0 }
                return .unix(path: String(decoding: path, as: UTF8.self))
            }
        }
    }

    private static func text(_ family: CInt, _ address: some Any) -> String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        return withUnsafeBytes(of: address) { bytes in
            evutil_inet_ntop(family, bytes.baseAddress, &buffer, buffer.count).map { String(cString: $0) } ?? "?"
        }
    }
}
