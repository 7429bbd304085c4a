public import AtollModel

/// Read-only access to a host's files under a root folder: `/`, or a folder that looks like one.
///
/// Paths are relative to the root and have no leading slash (`sys/class/dmi/id/product_name`). Nothing outside the
/// root is ever opened: symbolic links are followed as if the root were `/`, so absolute targets are taken from it
/// and `..` stops at it. Only regular files are read, because opening a FIFO or a device may block or act.
public struct HostTree: Sendable {
    /// A sysfs attribute is one page (`Documentation/filesystems/sysfs.rst`); one that fills it has been cut.
    public static let attributeBytesMax = 4096
    /// For files that label rules name.
    public static let fileBytesMax = 65_536
    /// Entries of one folder; the rest of a bigger one is not looked at.
    public static let entriesMax = 16_384
    /// As in the kernel (`MAXSYMLINKS`, path_resolution(7)).
    static let linksMax = 40

    /// The root as given, without a trailing slash; empty for `/`.
    let root: String

    /// - Parameter root: an absolute or relative path. It need not exist: every read is then `absent`.
    public init(root: String = "/") {
        var root = root[...]
        while root.last == "/" { root.removeLast() }
        self.root = String(root)
    }

    /// The content of an attribute as text, without surrounding white space and NULs. Bytes that are not UTF-8 become
    /// U+FFFD.
    public func text(_ path: String, bytesMax: Int = attributeBytesMax) -> Reading<String> {
        bytes(path, bytesMax: bytesMax).map { String(decoding: $0, as: UTF8.self).trimmed() }
    }

    /// The content of a regular file; `failed(EFBIG)` when it has more than `bytesMax` - 1 bytes.
    public func bytes(_ path: String, bytesMax: Int = attributeBytesMax) -> Reading<[UInt8]> {
        locate(path).flatMap { SystemCalls.readFile($0, bytesMax: bytesMax, followsLinks: isWholeHost) }
    }

    /// The names in a folder, sorted bytewise, without `.` and `..`; at most `entriesMax` of them.
    public func names(in path: String) -> Reading<[String]> {
        locate(path).flatMap { SystemCalls.listFolder($0, entriesMax: Self.entriesMax) }
    }

    /// The last component of a symbolic link's target: how sysfs says which driver, group or parent a device has.
    public func linkName(_ path: String) -> Reading<String> {
        linkTarget(path).map { $0.split(separator: "/").last.map(String.init) ?? "" }
    }

    /// The target of a symbolic link as it is written. In sysfs that is the way to the real folder.
    public func linkTarget(_ path: String) -> Reading<String> {
        locate(path, followsLast: false).flatMap(SystemCalls.readLink)
    }

    /// When a file was last written; links are followed.
    public func modified(_ path: String) -> Reading<Timestamp> { locate(path).flatMap(SystemCalls.modificationTime) }

    /// Whether there is anything at the path; links are followed, so a dangling one is nothing.
    public func exists(_ path: String) -> Bool {
        guard case .value(let place) = locate(path) else { return false }
        return SystemCalls.exists(place)
    }

    /// With the whole host as the root the kernel's own resolution is the right one, and much cheaper.
    private var isWholeHost: Bool { root.isEmpty }

    /// The place of a path with its links resolved inside the root. Between this walk and the open another process
    /// could swap a component; opening with `O_NOFOLLOW` then fails instead of leaving the root by the last one.
    private func locate(_ path: String, followsLast: Bool = true) -> Reading<String> {
        if isWholeHost { return .value("/" + path) }
        var pending = path.split(separator: "/").reversed().map(String.init)
        var place = root
        var links = 0
        while let name = pending.popLast() {
            if name == "." { continue }
            if name == ".." {
                if place != root { place = String(place[..<(place.lastIndex(of: "/") ?? place.endIndex)]) }
                continue
            }
            let here = place + "/" + name
            if pending.isEmpty && !followsLast { return .value(here) }
            switch SystemCalls.readLink(here) {
            case .value(let target):
                links += 1
                if links > Self.linksMax { return .failed(SystemCalls.tooManyLinks) }
                if target.hasPrefix("/") { place = root }
                pending += target.split(separator: "/").reversed().map(String.init)
            case .failed(SystemCalls.notALink): place = here
            case .absent: return .absent
            case .failed(let code): return .failed(code)
            }
        }
        return .value(place)
    }
}
