public import AtollModel

/// Read-only access to a host's files under a root folder: `/`, or a folder that looks like one.
///
/// Paths are relative to the root and have no leading slash (`sys/class/dmi/id/product_name`). Nothing outside the
/// root is ever opened: symbolic links are followed as if the root were `/`, so absolute targets are taken from it
/// and `..` stops at it. Only regular files are read, because opening a FIFO or a device may block or act.
///
/// One tree is for one reading: where its folders really are is found out once. Not `Sendable`; make one where it is used.
public struct HostTree {
    /// A sysfs attribute is one page (`Documentation/filesystems/sysfs.rst`); one that fills it has been cut.
    public static let attributeBytesMax = 4096
    /// For files that label rules name.
    public static let fileBytesMax = 65_536
    /// Entries of one folder; the rest of a bigger one is not looked at.
    public static let entriesMax = 16_384
    let walk: TreeWalk

    /// - Parameter root: an absolute or relative path of a folder, or of a tar archive of one, such as a capture. It
    ///   need not exist: every read is then `absent`.
    public init(root: String = "/") { self.init(root: root, memory: nil) }

    /// - Parameter memory: what an earlier reading of the same root has left; nil to remember nothing.
    init(root: String, memory: TreeMemory?) { self.init(Self.files(root: root), memory: memory) }

    init(_ files: any TreeFiles, memory: TreeMemory? = nil) { walk = TreeWalk(files, memory: memory) }

    /// A sentence on why not everything that should be below the root is; nil in general.
    var flaw: String? { walk.files.flaw }

    /// The content of an attribute as text, without surrounding white space and NULs. Bytes that are not UTF-8 become
    /// U+FFFD.
    public func text(_ path: String, bytesMax: Int = attributeBytesMax) -> Reading<String> {
        walk.lasting(path) { read(path, bytesMax: bytesMax, \.trimmedText) }
    }

    /// The content of a regular file; `failed(EFBIG)` when it has more than `bytesMax` - 1 bytes.
    public func bytes(_ path: String, bytesMax: Int = attributeBytesMax) -> Reading<[UInt8]> {
        read(path, bytesMax: bytesMax) { Array($0) }
    }

    /// The same without a copy: the bytes are there while `take` runs.
    func read<Value>(
        _ path: String,
        bytesMax: Int = attributeBytesMax,
        _ take: (UnsafeBufferPointer<UInt8>) -> Value
    ) -> Reading<Value> {
        let direct = readHere(path, bytesMax, take)
        // Most files are no links, so the look that finds one out is saved for those that are.
        guard case .failed(SystemCalls.tooManyLinks) = direct, !walk.files.followsLinks else { return direct }
        return walk.resolve(path).flatMap { readHere($0, bytesMax, take) }
    }

    private func readHere<Value>(
        _ path: String,
        _ bytesMax: Int,
        _ take: (UnsafeBufferPointer<UInt8>) -> Value
    ) -> Reading<Value> {
        let (folder, name) = TreeWalk.split(path)
        return walk.folder(folder).flatMap { folder in
            walk.looks += 1
            return folder.read(name, bytesMax: bytesMax, take)
        }
    }

    /// The file of this name in each folder that is called by a number, in the order of the numbers: how KFD gives its
    /// tables of nodes, links and memory banks.
    func table<Row>(
        in folder: String,
        _ file: String,
        _ row: (UnsafeBufferPointer<UInt8>) -> Row
    ) -> Reading<[(number: UInt32, row: Reading<Row>)]> {
        walk.place(folder).flatMap { place in
            let rows = walk.files.table(at: place, "/" + file, entriesMax: Self.entriesMax, row)
            walk.looks += 1 + (rows.value?.count ?? 0)
            return rows.map { rows in
                rows.map { number, found in (number, found ?? read("\(folder)/\(number)/\(file)", row)) }
            }
        }
    }

    /// The names in a folder, sorted bytewise, without `.` and `..`; at most `entriesMax` of them.
    public func names(in path: String) -> Reading<[String]> {
        walk.place(path).flatMap { place in
            walk.looks += 1
            return walk.files.names(at: place, entriesMax: Self.entriesMax)
        }
    }

    /// The last component of a symbolic link's target: how sysfs says which driver, group or parent a device has.
    public func linkName(_ path: String) -> Reading<String> {
        linkTarget(path).map { $0.parts(UInt8(ascii: "/")).last.map(String.init) ?? "" }
    }

    /// The target of a symbolic link as it is written. In sysfs that is the way to the real folder.
    public func linkTarget(_ path: String) -> Reading<String> {
        walk.lasting(path) {
            let (folder, name) = TreeWalk.split(path)
            return walk.folder(folder).flatMap { folder in
                walk.looks += 1
                return folder.link(name)
            }
        }
    }

    /// When a file was last written; links are followed.
    public func modified(_ path: String) -> Reading<Timestamp> {
        walk.place(path).flatMap { place in
            walk.looks += 1
            return walk.files.modified(at: place)
        }
    }

    /// Whether there is anything at the path; links are followed, so a dangling one is nothing.
    public func exists(_ path: String) -> Bool {
        guard case .value(let place) = walk.place(path) else { return false }
        walk.looks += 1
        return walk.files.exists(at: place)
    }

    /// A value made of many files below a folder that all hold for as long as the folder is the same one and `stamp`
    /// does not change. Nothing is remembered of a value that is not whole, or without a stamp.
    func remembered<Value: Sendable>(
        _ folder: String,
        stamp: String?,
        _ read: () -> (value: Value, isWhole: Bool)
    ) -> Value {
        if let stamp, let known = walk.known(folder, stamp: stamp), let value = known as? Value { return value }
        let (value, isWhole) = read()
        if let stamp, isWhole { walk.remember(value, of: folder, stamp: stamp) }
        return value
    }
}
