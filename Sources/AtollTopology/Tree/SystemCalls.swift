import AtollModel
import Glibc

/// The system calls behind `HostTree`; the only file of the target that touches descriptors and C memory, but for
/// `FolderWriter`.
enum SystemCalls {
    /// A folder to look into by names: a path is walked once for all of its files.
    final class OpenFolder {
        fileprivate let descriptor: Int32

        fileprivate init(_ descriptor: Int32) { self.descriptor = descriptor }

        deinit { close(descriptor) }

        func readFile<Value>(
            _ name: String,
            bytesMax: Int,
            followsLinks: Bool,
            mayBeDevice: Bool,
            _ take: (UnsafeBufferPointer<UInt8>) -> Value
        ) -> Reading<Value> {
            SystemCalls.readFile(
                name,
                in: descriptor,
                bytesMax: bytesMax,
                followsLinks: followsLinks,
                mayBeDevice: mayBeDevice,
                take
            )
        }

        func readLink(_ name: String) -> Reading<String> { SystemCalls.readLink(name, in: descriptor) }

        /// Which folder it is, and the driver that it has now.
        var identity: Reading<FolderIdentity> {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { return .failed(errno) }
            let driver = readLink("driver").value ?? ""
            return .value(FolderIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino), driver: driver))
        }
    }

    static let tooManyLinks = ELOOP
    static let notALink = EINVAL
    static let notANumber = EINVAL
    static let notPermitted = EPERM
    static let notAllowed = EACCES
    static let tooMany = E2BIG
    static let tooBig = EFBIG
    static let isFolder = EISDIR
    static let notSupported = ENOTSUP
    static let noData = ENODATA

    /// Reads a regular file from its start. Sysfs fills the whole value in one read(); other files may take several.
    ///
    /// - Parameter folder: what the path is relative to.
    /// - Parameter followsLinks: false to fail with `tooManyLinks`, as `O_NOFOLLOW` does, when the path is a link.
    /// - Parameter mayBeDevice: true to look at the path before it is opened, because opening some device nodes acts on
    ///   the device. Only root could put one in its place meanwhile; what others could, a link or a FIFO, the flags
    ///   refuse or do not wait for. False where there are none, as in sysfs and procfs.
    /// - Parameter take: gets the bytes, which go away afterwards.
    static func readFile<Value>(
        _ path: String,
        in folder: Int32 = AT_FDCWD,
        bytesMax: Int,
        followsLinks: Bool,
        mayBeDevice: Bool = true,
        _ take: (UnsafeBufferPointer<UInt8>) -> Value
    ) -> Reading<Value> {
        if mayBeDevice {
            var status = stat()
            guard fstatat(folder, path, &status, followsLinks ? 0 : AT_SYMLINK_NOFOLLOW) == 0 else {
                return missing(errno)
            }
            guard isRegular(status) else { return .failed(kindError(status)) }
        }
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (followsLinks ? 0 : O_NOFOLLOW)
        let descriptor = openat(folder, path, flags)
        guard descriptor >= 0 else { return missing(errno) }
        defer { close(descriptor) }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: bytesMax) { buffer in
            readAll(descriptor, into: buffer).map { take(UnsafeBufferPointer(rebasing: buffer[..<$0])) }
        }
    }

    static func readFile(
        _ path: String,
        bytesMax: Int,
        followsLinks: Bool,
        mayBeDevice: Bool = true
    ) -> Reading<[UInt8]> {
        readFile(path, bytesMax: bytesMax, followsLinks: followsLinks, mayBeDevice: mayBeDevice) { Array($0) }
    }

    /// - Returns: how many bytes the file has; `failed(EFBIG)` when it fills the buffer.
    private static func readAll(_ descriptor: Int32, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Reading<Int> {
        var filled = 0
        while filled < buffer.count {
            let count = read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            if count < 0 {
                if errno == EINTR { continue }
                return missing(errno)
            }
            // Empty files are few. What is no file at all, a FIFO, gives nothing either.
            if count == 0 && filled == 0 {
                var status = stat()
                guard fstat(descriptor, &status) == 0, isRegular(status) else { return .failed(kindError(status)) }
            }
            filled += count
            if count == 0 || (buffer.count == HostTree.attributeBytesMax && filled < buffer.count) {
                return .value(filled)
            }
        }
        return .failed(EFBIG)
    }

    /// Lists at most `entriesMax` names, sorted bytewise.
    static func listFolder(_ path: String, entriesMax: Int) -> Reading<[String]> {
        withFolder(path) { folder in
            // Names that are not UTF-8 cannot be asked for again, so they are left out.
            list(folder, entriesMax: entriesMax) { entry in
                name(of: entry).flatMap { $0 == "." || $0 == ".." ? nil : $0 }
            }
            .map { names in names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
        }
    }

    /// Reads the file of this name in each folder that is called by a decimal number, in the order of the numbers. Nil
    /// for a folder that may be a link, unless links are followed.
    static func readTable<Row>(
        _ path: String,
        _ file: String,
        entriesMax: Int,
        followsLinks: Bool,
        mayBeDevice: Bool,
        _ row: (UnsafeBufferPointer<UInt8>) -> Row
    ) -> Reading<[(number: UInt32, row: Reading<Row>?)]> {
        withFolder(path) { folder in
            let entries = list(folder, entriesMax: entriesMax) { entry in
                name(of: entry).flatMap { UInt32($0) }.map { (number: $0, isLink: entry.pointee.d_type != DT_DIR) }
            }
            return entries.map { entries in
                entries.sorted { $0.number < $1.number }.map { entry in
                    if entry.isLink && !followsLinks { return (entry.number, nil) }
                    let row = readFile(
                        String(entry.number) + file,
                        in: dirfd(folder),
                        bytesMax: HostTree.attributeBytesMax,
                        followsLinks: followsLinks,
                        mayBeDevice: mayBeDevice,
                        row
                    )
                    return (entry.number, row)
                }
            }
        }
    }

    private static func withFolder<Value>(_ path: String, _ work: (OpaquePointer) -> Reading<Value>) -> Reading<Value> {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return missing(errno) }
        guard let folder = fdopendir(descriptor) else {
            let code = errno
            close(descriptor)
            return .failed(code)
        }
        defer { closedir(folder) }
        return work(folder)
    }

    private static func list<Entry>(
        _ folder: OpaquePointer,
        entriesMax: Int,
        _ take: (UnsafeMutablePointer<dirent>) -> Entry?
    ) -> Reading<[Entry]> {
        var entries: [Entry] = []
        while entries.count < entriesMax {
            errno = 0
            guard let entry = readdir(folder) else { break }
            if let entry = take(entry) { entries.append(entry) }
        }
        return errno != 0 && entries.isEmpty ? missing(errno) : .value(entries)
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
        // d_name runs to its NUL and not to the size of the tuple it is imported as.
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return nil }
        let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
        return String(validatingCString: start)
    }

    /// The target of a symbolic link; `failed(notALink)` for anything else that exists.
    static func readLink(_ path: String, in folder: Int32 = AT_FDCWD) -> Reading<String> {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
            guard let start = buffer.baseAddress else { return .failed(ENOMEM) }
            let count = readlinkat(folder, path, start, buffer.count)
            if count < 0 { return missing(errno) }
            return .value(String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self))
        }
    }

    /// `O_PATH`, which the C library shows to GNU programs only: to look into a folder takes no right to list it.
    private static let pathOnly: Int32 = 0o10_000_000

    static func openFolder(_ path: String) -> Reading<OpenFolder> {
        let descriptor = open(path, pathOnly | O_DIRECTORY | O_CLOEXEC)
        return descriptor >= 0 ? .value(OpenFolder(descriptor)) : missing(errno)
    }

    /// `st_mtim` of stat(2), cut to what a `Timestamp` holds.
    static func modificationTime(_ path: String) -> Reading<Timestamp> {
        var status = stat()
        guard stat(path, &status) == 0 else { return missing(errno) }
        let seconds = min(max(Int64(status.st_mtim.tv_sec), -secondsMax), secondsMax)
        return .value(Timestamp(nanoseconds: seconds * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)))
    }

    /// 285 years on either side of 1970.
    private static let secondsMax: Int64 = 9_000_000_000

    static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0
    }

    /// What an errno means to a person, in the C library's words.
    static func text(of code: Int32) -> String {
        guard let message = strerror(code) else { return "error \(code)" }
        return String(cString: message)
    }

    private static func missing<Value>(_ code: Int32) -> Reading<Value> {
        code == ENOENT || code == ENOTDIR ? .absent : .failed(code)
    }

    private static func isRegular(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFREG }

    private static func kindError(_ status: stat) -> Int32 {
        switch status.st_mode & S_IFMT {
        case S_IFDIR: EISDIR
        case S_IFLNK: ELOOP
        default: ENOTSUP
        }
    }
}
