import Glibc

/// Writes files, folders and links; the only writer of the target.
enum FolderWriter {
    /// Makes a folder, or takes an empty one that is there; one that has something in it is refused.
    static func makeEmptyFolder(_ folder: String) throws(TopologyError) {
        try makeFolder(folder)
        switch SystemCalls.listFolder(folder, entriesMax: 1) {
        case .value(let names) where names.isEmpty: break
        case .value, .absent:
            throw TopologyError(.output, "is not empty: give a new or an empty folder", file: folder)
        case .failed(let code): throw error(code, folder)
        }
    }

    /// Makes a folder and the parents it lacks; one that is there is fine.
    static func makeFolder(_ folder: String) throws(TopologyError) {
        if mkdir(folder, 0o755) == 0 || errno == EEXIST { return }
        let code = errno
        guard code == ENOENT, let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else {
            throw error(code, folder)
        }
        try makeFolder(String(folder[..<slash]))
        if mkdir(folder, 0o755) != 0 && errno != EEXIST { throw error(errno, folder) }
    }

    /// Makes a file that must not be there yet.
    static func makeFile(_ path: String, _ content: some Collection<UInt8>) throws(TopologyError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw error(errno, path) }
        defer { close(descriptor) }
        var bytes = Array(content)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw error(errno, path) }
            bytes = bytes.dropFirst(count)
        }
    }

    static func makeLink(_ path: String, to target: String) throws(TopologyError) {
        if symlink(target, path) != 0 { throw error(errno, path) }
    }

    private static func error(_ code: Int32, _ path: String) -> TopologyError {
        TopologyError(.output, "cannot be written: \(SystemCalls.text(of: code))", file: path)
    }
}
