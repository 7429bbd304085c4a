import Glibc

/// An open file descriptor, closed when its owner lets go.
struct Descriptor: ~Copyable {
    let number: CInt

    init(owning number: CInt) { self.number = number }

    /// A non-blocking, close-on-exec socket.
    init(socketOf family: CInt, type: __socket_type = SOCK_STREAM) throws(LoopError) {
        let flags = SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let number = socket(family, CInt(type.rawValue | flags), 0)
        guard number >= 0 else { throw .system(errno, "open a socket") }
        self.number = number
    }

    deinit { _ = close(number) }

    /// Gives the descriptor away; the caller closes it.
    consuming func release() -> CInt {
        let number = number
        discard self
        return number
    }

    func setOption(_ option: CInt, level: CInt = SOL_SOCKET) {
        var on: CInt = 1
        // Options are wishes here: a socket without one works, only less well.
        _ = setsockopt(number, level, option, &on, socklen_t(MemoryLayout.size(ofValue: on)))
    }

    func bind(to address: RawAddress, shownAs shown: SocketAddress) throws(LoopError) {
        let result = address.withPointer { Glibc.bind(number, $0, $1) }
        guard result == 0 else { throw .system(errno, "listen on \(shown)") }
    }

    /// 0 or an error number: EINPROGRESS while a TCP connection is being made.
    func connect(to address: RawAddress) -> CInt {
        address.withPointer { Glibc.connect(number, $0, $1) == 0 ? 0 : errno }
    }
}
