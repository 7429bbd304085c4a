/// Reads a tar archive of any origin: ustar, pax, GNU. Nothing in it can make the reader fail: what it cannot take is left
/// out, and `flaw` says so.
struct TarReader {
    /// Of a whole archive.
    static let bytesMax = 64 << 20

    private(set) var capture = HostCapture()
    /// What is wrong first, as the end of a sentence about the archive; nil for nothing.
    private(set) var flaw: String?

    private let bytes: [UInt8]
    private var position = 0
    /// What extended headers say of the next one.
    private var records: [String: String] = [:]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0x1f, 0x8b]) {
            flaw = "is compressed: unpack it first, as gunzip does"
            return
        }
        while let header = nextHeader() { take(header) }
        capture = capture.withoutOuterFolder
    }

    private mutating func complain(_ flaw: String) { self.flaw = self.flaw ?? flaw }

    /// Nil at the end, which is a block of zeros.
    private mutating func nextHeader() -> TarHeader? {
        let end = position + TarHeader.blockBytes
        guard end <= bytes.count else {
            complain("ends before its end")
            return nil
        }
        let block = bytes[position..<end]
        if block.allSatisfy({ $0 == 0 }) { return nil }
        guard let header = TarHeader(block) else {
            complain(position == 0 ? "is no tar archive" : "is damaged at byte \(position)")
            return nil
        }
        position = end
        return header
    }

    private mutating func take(_ header: TarHeader) {
        // Both are less than 2^36, so that nothing overflows.
        guard header.size <= bytes.count - position else {
            complain("ends before its end")
            position = bytes.count
            return
        }
        let content = bytes[position..<position + header.size]
        let blocks = (header.size + TarHeader.blockBytes - 1) / TarHeader.blockBytes
        position = min(bytes.count, position + blocks * TarHeader.blockBytes)
        switch header.kind {
        case .extended: records.merge(PaxRecords.parse(content)) { $1 }
        case .longPath: records["path"] = String(decoding: content.prefix { $0 != 0 }, as: UTF8.self)
        case .longTarget: records["linkpath"] = String(decoding: content.prefix { $0 != 0 }, as: UTF8.self)
        case .global: break
        case .file, .folder, .link, .hardLink, nil:
            add(header, content)
            records = [:]
        }
    }

    private mutating func add(_ header: TarHeader, _ content: ArraySlice<UInt8>) {
        let name = records["path"] ?? header.path
        let names = name.split(separator: "/")
        guard !names.contains("..") else {
            return complain("has an entry outside of itself: \(name.printable(max: 80))")
        }
        let target = records["linkpath"] ?? header.target
        let entry: HostCapture.Entry
        switch header.kind {
        case .folder: entry = .folder
        // How old archives tell folders from files.
        case .file where name.hasSuffix("/"): entry = .folder
        case .link: entry = .link(target)
        // A second name of a file that has come before.
        case .hardLink: entry = capture.entries[Self.path(target.split(separator: "/"))] ?? .notRead
        case .file:
            let code = records[PaxRecords.errorKey].flatMap { Int32($0) }
            entry = code.map { .unreadable($0) } ?? .file(Array(content))
        case .extended, .global, .longPath, .longTarget, nil: entry = .unreadable(SystemCalls.notSupported)
        }
        if !capture.add(entry, at: Self.path(names)) {
            complain("has an entry that cannot be where it is: \(name.printable(max: 80))")
        }
    }
}

extension TarReader {
    private static func path(_ names: [Substring]) -> String { names.filter { $0 != "." }.joined(separator: "/") }
}

extension HostCapture {
    private static let topFolders: Set<String> = ["sys", "proc", "etc", "dev", "run"]

    /// What people pack is often the folder that holds a host's folders: then that is the root.
    fileprivate var withoutOuterFolder: HostCapture {
        let tops = entries.keys.filter { !$0.contains("/") }
        guard let top = tops.first, tops.count == 1, !Self.topFolders.contains(top), entries[top] == .folder,
            Self.topFolders.contains(where: { entries["\(top)/\($0)"] != nil })
        else { return self }
        var inner = HostCapture()
        for (path, entry) in sortedEntries where path != top {
            inner.add(entry, at: String(decoding: path.utf8.dropFirst(top.utf8.count + 1), as: UTF8.self))
        }
        return inner
    }
}
