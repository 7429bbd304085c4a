import AtollModel

/// The file system below a folder.
struct DiskFiles: TreeFiles {
    /// Without a trailing slash; empty for the whole host.
    private let root: String
    /// With the whole host as the root the kernel's own resolution is the right one, and much cheaper.
    let followsLinks: Bool

    /// - Parameter followsLinks: false to have the tree resolve each link even on the whole host.
    init(root: String, followsLinks: Bool = true) {
        var root = root[...]
        while root.last == "/" { root.removeLast() }
        self.root = String(root)
        self.followsLinks = followsLinks && root.isEmpty
    }

    var flaw: String? { nil }

    func bytes(at place: String, bytesMax: Int) -> Reading<[UInt8]> {
        SystemCalls.readFile(
            absolute(place),
            bytesMax: bytesMax,
            followsLinks: followsLinks,
            mayBeDevice: mayHoldDevices(place)
        )
    }

    func names(at place: String, entriesMax: Int) -> Reading<[String]> {
        SystemCalls.listFolder(absolute(place), entriesMax: entriesMax)
    }

    func link(at place: String) -> Reading<String> { SystemCalls.readLink(absolute(place)) }

    func exists(at place: String) -> Bool { SystemCalls.exists(absolute(place)) }

    func modified(at place: String) -> Reading<Timestamp> { SystemCalls.modificationTime(absolute(place)) }

    func folder(at place: String) -> Reading<any TreeFolder> {
        SystemCalls.openFolder(absolute(place)).map { folder in
            DiskFolder(folder: folder, followsLinks: followsLinks, mayHoldDevices: mayHoldDevices(place + "/"))
        }
    }

    func table<Row>(
        at place: String,
        _ file: String,
        entriesMax: Int,
        _ row: (UnsafeBufferPointer<UInt8>) -> Row
    ) -> Reading<[(number: UInt32, row: Reading<Row>?)]> {
        SystemCalls.readTable(
            absolute(place),
            file,
            entriesMax: entriesMax,
            followsLinks: followsLinks,
            mayBeDevice: mayHoldDevices(place),
            row
        )
    }

    /// Sysfs and procfs have no device nodes, and their files are thousands.
    private func mayHoldDevices(_ place: String) -> Bool { !place.hasPrefix("sys/") && !place.hasPrefix("proc/") }

    private func absolute(_ place: String) -> String { root + "/" + place }
}

private struct DiskFolder: TreeFolder {
    let folder: SystemCalls.OpenFolder
    let followsLinks: Bool
    let mayHoldDevices: Bool

    func read<Value>(
        _ name: String,
        bytesMax: Int,
        _ take: (UnsafeBufferPointer<UInt8>) -> Value
    ) -> Reading<Value> {
        folder.readFile(name, bytesMax: bytesMax, followsLinks: followsLinks, mayBeDevice: mayHoldDevices, take)
    }

    func link(_ name: String) -> Reading<String> { folder.readLink(name) }

    var identity: Reading<FolderIdentity> { folder.identity }
}
