import AtollModel

/// What a `HostTree` is made of: the file system below a folder, or a capture.
///
/// A place is a path from the root without leading slash and without links before its last component, as the tree has
/// resolved it; the root itself is empty.
protocol TreeFiles {
    /// Whether links on the way to a place, and at it, are followed here, so that the tree need not.
    var followsLinks: Bool { get }
    /// Why not everything that should be there is; nil in general.
    var flaw: String? { get }

    /// The content of a regular file; `failed(EFBIG)` when it has more than `bytesMax` - 1 bytes.
    func bytes(at place: String, bytesMax: Int) -> Reading<[UInt8]>
    /// Sorted bytewise, without `.` and `..`; at most `entriesMax`.
    func names(at place: String, entriesMax: Int) -> Reading<[String]>
    /// The target of a symbolic link; `failed(SystemCalls.notALink)` for anything else that exists.
    func link(at place: String) -> Reading<String>
    func exists(at place: String) -> Bool
    /// When a file was last written; absent where that is not known.
    func modified(at place: String) -> Reading<Timestamp>

    // What a file system can do at less cost than by those above, by which all others do it.

    /// A folder to look into.
    func folder(at place: String) -> Reading<any TreeFolder>
    /// The file of this name in each folder that is called by a decimal number, in the order of the numbers. Nil for a
    /// folder that may be a link, unless links are followed.
    func table<Row>(
        at place: String,
        _ file: String,
        entriesMax: Int,
        _ row: (UnsafeBufferPointer<UInt8>) -> Row
    ) -> Reading<[(number: UInt32, row: Reading<Row>?)]>
}

/// One folder of such files.
protocol TreeFolder {
    /// As `TreeFiles.bytes`, without a copy: the bytes are there while `take` runs. `failed(SystemCalls.tooManyLinks)`
    /// for a link, unless links are followed.
    func read<Value>(
        _ name: String,
        bytesMax: Int,
        _ take: (UnsafeBufferPointer<UInt8>) -> Value
    ) -> Reading<Value>
    func link(_ name: String) -> Reading<String>
    /// Which folder it is; absent where folders are not told apart, so that nothing is remembered of them.
    var identity: Reading<FolderIdentity> { get }
}

extension TreeFiles {
    func folder(at place: String) -> Reading<any TreeFolder> { .value(PlainFolder(files: self, place: place)) }

    func table<Row>(
        at place: String,
        _ file: String,
        entriesMax: Int,
        _ row: (UnsafeBufferPointer<UInt8>) -> Row
    ) -> Reading<[(number: UInt32, row: Reading<Row>?)]> {
        names(at: place, entriesMax: entriesMax).map { names in
            names.compactMap { UInt32($0) }.sorted().map { (number: $0, row: nil) }
        }
    }
}

private struct PlainFolder: TreeFolder {
    let files: any TreeFiles
    let place: String

    func read<Value>(
        _ name: String,
        bytesMax: Int,
        _ take: (UnsafeBufferPointer<UInt8>) -> Value
    ) -> Reading<Value> {
        let bytes = files.bytes(at: path(name), bytesMax: bytesMax)
        return bytes.map { bytes in bytes.withUnsafeBufferPointer(take) }
    }

    func link(_ name: String) -> Reading<String> { files.link(at: path(name)) }

    var identity: Reading<FolderIdentity> { .absent }

    private func path(_ name: String) -> String { place.isEmpty ? name : "\(place)/\(name)" }
}
