import AtollModel

/// Keeps what a tree gives to its readers, so that a capture can be made of just that.
///
/// What is kept: the content of files that were read, links that were followed, the names in folders that were listed,
/// and the errors of what could not be read.
public struct HostRecorder {
    private let files: RecordingFiles

    /// - Parameter root: as for `HostTree`.
    public init(root: String) { files = RecordingFiles(HostTree.files(root: root, followsLinks: false)) }

    /// The tree whose reads are kept.
    public var tree: HostTree { HostTree(files) }

    /// What has been read so far.
    public var capture: HostCapture { files.capture }
}

private final class RecordingFiles: TreeFiles {
    private let files: any TreeFiles
    private(set) var capture = HostCapture()

    init(_ files: any TreeFiles) { self.files = files }

    /// Never, so that each link on the way is seen here.
    var followsLinks: Bool { false }
    var flaw: String? { files.flaw }

    func bytes(at place: String, bytesMax: Int) -> Reading<[UInt8]> {
        let reading = files.bytes(at: place, bytesMax: bytesMax)
        switch reading {
        case .value(let bytes): note(.file(bytes), at: place)
        case .failed(SystemCalls.isFolder): note(.folder, at: place)
        case .failed(SystemCalls.tooManyLinks), .absent: break
        case .failed(let code): note(.unreadable(code), at: place)
        }
        return reading
    }

    func names(at place: String, entriesMax: Int) -> Reading<[String]> {
        let reading = files.names(at: place, entriesMax: entriesMax)
        switch reading {
        case .value(let names):
            note(.folder, at: place)
            for name in names { notePresent(place.isEmpty ? name : "\(place)/\(name)") }
        case .failed(let code): note(.unreadable(code), at: place)
        case .absent: break
        }
        return reading
    }

    func link(at place: String) -> Reading<String> {
        let reading = files.link(at: place)
        switch reading {
        case .value(let target): note(.link(target), at: place)
        case .failed(SystemCalls.notALink), .absent: break
        case .failed(let code): note(.unreadable(code), at: place)
        }
        return reading
    }

    func exists(at place: String) -> Bool {
        let exists = files.exists(at: place)
        if exists { notePresent(place) }
        return exists
    }

    func modified(at place: String) -> Reading<Timestamp> { files.modified(at: place) }

    /// Something of which only that it is there has been asked.
    private func notePresent(_ place: String) {
        if case .value = link(at: place) { return }
        let isFolder = if case .value = files.names(at: place, entriesMax: 1) { true } else { false }
        note(isFolder ? .folder : .notRead, at: place)
    }

    private func note(_ entry: HostCapture.Entry, at place: String) {
        capture.add(entry, at: place)
    }
}
