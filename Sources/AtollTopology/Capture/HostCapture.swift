/// Some of a host's files, as they were read: enough to read the host again elsewhere.
public struct HostCapture: Equatable, Sendable {
    enum Entry: Equatable, Sendable {
        case folder
        case file([UInt8])
        /// The target as it is written.
        case link(String)
        /// Something that could not be read, by its `errno`; `notRead` for what was listed and never asked for.
        case unreadable(Int32)
    }

    /// Files, links and folders of an archive, parents that it only implies included; what is over is left out.
    static let entriesMax = 262_144
    /// Folders on the way to a file.
    static let depthMax = 128

    /// By path from the root, without leading slash. Every parent of an entry is there, and is a folder.
    private(set) var entries: [String: Entry] = [:]

    init() {}

    /// How many files, links and unreadable things there are.
    public var fileCount: Int { entries.values.count { $0 != .folder } }

    /// By path, parents before what is in them.
    var sortedEntries: [(path: String, entry: Entry)] {
        entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { ($0.key, $0.value) }
    }

    /// Adds an entry and its parents, or puts it in the place of one that says less.
    ///
    /// - Returns: false when a parent is something else than a folder, or a limit is reached.
    @discardableResult
    mutating func add(_ entry: Entry, at path: String) -> Bool {
        if path.isEmpty { return entry == .folder }
        let parents = Self.parents(of: path)
        if parents.count > Self.depthMax || entries.count + parents.count >= Self.entriesMax { return false }
        for parent in parents {
            switch entries[parent] {
            case .folder: continue
            case nil, .unreadable: entries[parent] = .folder
            case .file, .link: return false
            }
        }
        if let known = entries[path], !entry.saysMore(than: known) { return true }
        entries[path] = entry
        return true
    }

    /// From the outermost.
    private static func parents(of path: String) -> [String] {
        path.utf8.indices.filter { path.utf8[$0] == UInt8(ascii: "/") }.map { String(path[..<$0]) }
    }
}

extension HostCapture.Entry {
    /// `errno` of what was seen in a listing and never read.
    static let notRead = HostCapture.Entry.unreadable(SystemCalls.noData)

    /// Whether it replaces what is known of the same path: everything replaces what could not be read, and a folder,
    /// in which there may be something, is replaced by nothing.
    fileprivate func saysMore(than known: HostCapture.Entry) -> Bool {
        switch (self, known) {
        case (.unreadable, .unreadable): known == .notRead
        case (_, .unreadable): true
        case (_, .folder), (.unreadable, _): false
        default: true
        }
    }
}
