import AtollTopology
import Glibc

/// Names and addresses. What asks a name server blocks, and belongs on a thread that may.
enum Network {
    static func isLiteral(_ address: String) -> Bool {
        var raw = in6_addr()
        return inet_pton(AF_INET, address, &raw) == 1 || inet_pton(AF_INET6, address, &raw) == 1
    }

    /// The first address of a host, as text; the text itself where it is an address already. Nil when it has none.
    /// Blocks. getaddrinfo(3).
    static func resolve(_ coordinator: CoordinatorAddress) -> String? {
        if isLiteral(coordinator.host) { return coordinator.host }
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(coordinator.host, nil, nil, &list) == 0, let first = list else { return nil }
        defer { freeaddrinfo(list) }
        return text(first.pointee.ai_addr, first.pointee.ai_addrlen)
    }

    /// The local address that the kernel would send from. Nothing is sent: connecting a datagram socket only routes.
    static func sourceAddress(toward address: String, port: UInt16) -> String? {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address, String(port), &hints, &list) == 0, let target = list?.pointee else { return nil }
        defer { freeaddrinfo(list) }
        let descriptor = socket(target.ai_family, target.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard connect(descriptor, target.ai_addr, target.ai_addrlen) == 0 else { return nil }
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &storage) { bytes in
            bytes.withMemoryRebound(to: sockaddr.self) { own -> String? in
                guard getsockname(descriptor, own.baseAddress, &length) == 0 else { return nil }
                return text(own.baseAddress, length)
            }
        }
    }

    /// A socket that does not block, connecting to an address; nil, with `errno`, where that cannot even begin. Poll it
    /// for writing, then ask for its error. connect(2).
    static func connecting(to address: String, port: UInt16) -> CInt? {
        var hints = addrinfo()
        // Without names there is nothing to wait for.
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address, String(port), &hints, &list) == 0, let target = list?.pointee else {
            errno = EADDRNOTAVAIL
            return nil
        }
        defer { freeaddrinfo(list) }
        let flags = Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(target.ai_family, target.ai_socktype | flags, 0)
        guard descriptor >= 0 else { return nil }
        if connect(descriptor, target.ai_addr, target.ai_addrlen) == 0 || errno == EINPROGRESS { return descriptor }
        let error = errno
        close(descriptor)
        errno = error
        return nil
    }

    private static func text(_ address: UnsafePointer<sockaddr>?, _ length: socklen_t) -> String? {
        var buffer = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let size = socklen_t(buffer.count)
        guard getnameinfo(address, length, &buffer, size, nil, 0, NI_NUMERICHOST) == 0 else { return nil }
        return buffer.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
    }
}
