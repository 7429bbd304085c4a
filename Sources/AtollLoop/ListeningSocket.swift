import Glibc

/// A socket that listens, with its place in the file system if it is a Unix socket.
final class ListeningSocket {
    let address: SocketAddress
    let number: CInt
    private var descriptor: Descriptor?
    // Which file is ours, so that one that was put in its place is left alone.
    private let file: FileIdentity?

    init(_ wanted: SocketAddress, mode: mode_t, backlog: CInt) throws(LoopError) {
        let raw = try RawAddress(wanted)
        let descriptor = try Descriptor(socketOf: raw.family)
        if case .unix(let path) = wanted {
            try Self.removeStale(path, raw)
            try descriptor.bind(to: raw, shownAs: wanted)
            // Nobody can connect before listen(2), so nobody sees the mode that umask left.
            guard chmod(path, mode) == 0 else { throw .system(errno, "set the mode of \(path)") }
            file = FileIdentity(path)
        } else {
            descriptor.setOption(SO_REUSEADDR)
            try descriptor.bind(to: raw, shownAs: wanted)
            file = nil
        }
        number = descriptor.number
        guard listen(number, backlog) == 0 else { throw .system(errno, "listen on \(wanted)") }
        address = RawAddress { [number] in getsockname(number, $0, $1) }?.address ?? wanted
        self.descriptor = consume descriptor
    }

    deinit { close() }

    func close() {
        guard descriptor != nil else { return }
        // The path first: while the socket is open nobody takes it for stale and puts another in its place.
        if case .unix(let path) = address, let file, FileIdentity(path) == file { unlink(path) }
        descriptor = nil
    }

    /// Removes the socket of a process that is gone, and nothing else.
    private static func removeStale(_ path: String, _ raw: RawAddress) throws(LoopError) {
        guard let file = FileIdentity(path) else { return }
        guard file.isSocket else { throw .system(EEXIST, "listen on \(path), which is not a socket") }
        let probe = try Descriptor(socketOf: AF_UNIX)
        switch probe.connect(to: raw) {
        case ECONNREFUSED: unlink(path)
        case ENOENT: break
        case 0, EAGAIN:
            throw LoopError(.addressInUse, "cannot listen on \(path): a running process listens there; stop it first")
        case let error: throw .system(error, "find out whether somebody listens on \(path)")
        }
    }
}

private struct FileIdentity: Equatable {
    let device: dev_t
    let inode: ino_t
    let isSocket: Bool

    init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        device = status.st_dev
        inode = status.st_ino
        isSocket = status.st_mode & S_IFMT == S_IFSOCK
    }
}
