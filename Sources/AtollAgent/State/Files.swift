import Glibc

/// Small files, as a daemon needs them that may lose its power at any instant. Blocking.
enum Files {
    /// The content, nil where there is no such file. Longer than `bytesMax` is an error.
    static func read(_ path: String, bytesMax: Int = 64 << 20) throws(AgentError) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw .system(errno, "read \(path)")
        }
        defer { close(file) }
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(file, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(errno, "read \(path)") }
            guard count > 0 else { return content }
            content += piece[..<count]
            guard content.count <= bytesMax else {
                throw AgentError(.damaged, "\(path) is longer than \(bytesMax) bytes")
            }
        }
    }

    static func readText(_ path: String) throws(AgentError) -> String? {
        try read(path, bytesMax: 1 << 20).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Replaces the file as a whole: a reader, and whoever looks after a power cut, sees the old content or the new.
    ///
    /// - Parameter sync: false for a file that nobody needs after a power cut.
    static func replace(_ path: String, with content: some Sequence<UInt8>, sync: Bool = true) throws(AgentError) {
        let temporary = path + ".new"
        try write(temporary, content, flags: O_TRUNC, sync: sync)
        guard rename(temporary, path) == 0 else { throw .system(errno, "replace \(path)") }
        if sync { try syncFolder(of: path) }
    }

    /// Writes the file in place: its inode, which may be mounted elsewhere, stays.
    static func overwrite(_ path: String, with content: some Sequence<UInt8>, mode: mode_t) throws(AgentError) {
        try write(path, content, flags: O_TRUNC, mode: mode, sync: false)
    }

    static func makeFolder(_ path: String) throws(AgentError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .system(errno, "make folder \(path)") }
    }

    /// Names in a folder without `.` and `..`, sorted; none where there is no such folder.
    static func names(in folder: String) throws(AgentError) -> [String] {
        guard let stream = opendir(folder) else {
            if errno == ENOENT { return [] }
            throw .system(errno, "list \(folder)")
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Removes a folder and all that is in it, without following links. What is gone already is no error.
    static func removeFolder(_ path: String) throws(AgentError) {
        for name in try names(in: path) {
            let child = "\(path)/\(name)"
            if unlink(child) == 0 || errno == ENOENT { continue }
            guard errno == EISDIR || errno == EPERM else { throw .system(errno, "remove \(child)") }
            try removeFolder(child)
        }
        guard rmdir(path) == 0 || errno == ENOENT else { throw .system(errno, "remove \(path)") }
    }

    /// After this the folder's entries (new, renamed, removed ones) survive a power cut.
    static func syncFolder(of path: String) throws(AgentError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system(errno, "open \(folder)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .system(errno, "sync \(folder)") }
    }

    private static func write(
        _ path: String,
        _ content: some Sequence<UInt8>,
        flags: CInt,
        mode: mode_t = 0o600,
        sync: Bool
    ) throws(AgentError) {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, mode)
        guard file >= 0 else { throw .system(errno, "write \(path)") }
        defer { close(file) }
        guard writeAll(Array(content), to: file), !sync || fsync(file) == 0 else {
            throw .system(errno, "write \(path)")
        }
    }

    /// False, with `errno`, when not all could be written.
    static func writeAll(_ bytes: some Collection<UInt8>, to file: CInt) -> Bool {
        let bytes = Array(bytes)
        var start = 0
        while start < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                Glibc.write(file, bytes.baseAddress.map { $0 + start }, bytes.count - start)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return false }
            start += count
        }
        return true
    }
}
