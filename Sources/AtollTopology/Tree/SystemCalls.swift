import AtollModel
import Glibc

/// The system calls behind `HostTree`; the only file of the target that touches descriptors and C memory, but for the
/// generator's writer.
enum SystemCalls {
    static let tooManyLinks = ELOOP
    static let notALink = EINVAL
    static let notANumber = EINVAL
    static let notPermitted = EPERM
    static let notAllowed = EACCES
    static let tooMany = E2BIG

    /// Reads a regular file from its start. Sysfs fills the whole value in one read(); other files may take several.
    static func readFile(_ path: String, bytesMax: Int, followsLinks: Bool) -> Reading<[UInt8]> {
        // Looked at before it is opened: opening some device nodes acts on the device.
        var status = stat()
        guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return missing(errno) }
        guard isRegular(status) else { return .failed(kindError(status)) }
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (followsLinks ? 0 : O_NOFOLLOW)
        let descriptor = open(path, flags)
        guard descriptor >= 0 else { return missing(errno) }
        defer { close(descriptor) }
        // It may have become something else in between.
        guard fstat(descriptor, &status) == 0 else { return .failed(errno) }
        guard isRegular(status) else { return .failed(kindError(status)) }
        return readAll(descriptor, bytesMax: bytesMax)
    }

    private static func readAll(_ descriptor: Int32, bytesMax: Int) -> Reading<[UInt8]> {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: bytesMax) { buffer, filled in
            while filled < bytesMax {
                let count = read(descriptor, buffer.baseAddress?.advanced(by: filled), bytesMax - filled)
                if count < 0 {
                    if errno == EINTR { continue }
                    code = errno
                    return
                }
                if count == 0 { return }
                filled += count
                if bytesMax == HostTree.attributeBytesMax { return }
            }
        }
        if code != 0 { return missing(code) }
        return bytes.count < bytesMax ? .value(bytes) : .failed(EFBIG)
    }

    /// Lists at most `entriesMax` names, sorted bytewise.
    static func listFolder(_ path: String, entriesMax: Int) -> Reading<[String]> {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return missing(errno) }
        guard let folder = fdopendir(descriptor) else {
            let code = errno
            close(descriptor)
            return .failed(code)
        }
        defer { closedir(folder) }
        var names: [String] = []
        while names.count < entriesMax {
            errno = 0
            guard let entry = readdir(folder) else { break }
            // Names that are not UTF-8 cannot be asked for again, so they are left out.
            guard let name = name(of: entry), name != ".", name != ".." else { continue }
            names.append(name)
        }
        if errno != 0 && names.isEmpty { return missing(errno) }
        return .value(names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
        // d_name runs to its NUL and not to the size of the tuple it is imported as.
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return nil }
        let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
        return String(validatingCString: start)
    }

    /// The target of a symbolic link; `failed(notALink)` for anything else that exists.
    static func readLink(_ path: String) -> Reading<String> {
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, filled in
            let count = buffer.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { readlink(path, $0, text.count) } ?? -1
            }
            code = count < 0 ? errno : 0
            filled = max(count, 0)
        }
        return code == 0 ? .value(String(decoding: bytes, as: UTF8.self)) : missing(code)
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
        status.st_mode & S_IFMT == S_IFDIR ? EISDIR : ENOTSUP
    }
}
