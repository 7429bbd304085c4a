import AtollModel
import Glibc
import Testing

@testable import AtollTopology

struct TarTests {
    private static let long = (0..<12).map { "0000:\($0):00.0-and-more" }.joined(separator: "/")

    /// One of each kind of entry, with paths and targets that do not fit into a header.
    private static func example() -> HostCapture {
        var capture = HostCapture()
        capture.add(.file(Array("0x10de\n".utf8)), at: "sys/vendor")
        capture.add(.file(Array(repeating: 0x61, count: 512)), at: "sys/block")
        capture.add(.file(Array(repeating: 0x62, count: 1025)), at: "sys/\(long)/file")
        capture.add(.link("../../../../\(long)/é"), at: "sys/link")
        capture.add(.folder, at: "sys/empty")
        capture.add(.unreadable(EPERM), at: "sys/secret")
        capture.add(.notRead, at: "proc/later")
        return capture
    }

    @Test func `what is written is read again`() {
        let reader = TarReader(Self.example().tar)
        #expect(reader.capture == Self.example())
        #expect(reader.flaw == nil)
    }

    @Test func `other tars read what is written`() throws {
        let folder = try TemporaryFolder()
        try Self.example().write(to: "\(folder.path)/a.tar")
        try Command.run(["tar", "xf", "\(folder.path)/a.tar", "-C", folder.path])
        #expect(folder.tree.text("sys/vendor") == .value("0x10de"))
        #expect(folder.tree.bytes("sys/\(Self.long)/file").value?.count == 1025)
        #expect(folder.tree.linkName("sys/link") == .value("é"))
    }

    @Test(arguments: ["gnu", "ustar", "pax", "v7", "oldgnu"])
    func `what other tars write is read`(format: String) throws {
        let name = "sys/" + String(repeating: "long/", count: format == "v7" ? 10 : 25)
        let folder = try TemporaryFolder([name + "file": "text", "etc/short": "x"])
        #expect(symlink("../etc/short", "\(folder.path)/sys/link") == 0)
        #expect(link("\(folder.path)/etc/short", "\(folder.path)/etc/twin") == 0)
        // The oldest format has no FIFOs.
        if format != "v7" { #expect(mkfifo("\(folder.path)/sys/pipe", 0o644) == 0) }
        for words in [["-C", folder.path, "etc", "sys"], ["-C", "/", String(folder.path.dropFirst())]] {
            let archive = try TemporaryFolder()
            try Command.run(["tar", "--format=\(format)", "-cf", "\(archive.path)/a.tar"] + words)
            // The second has folders around the host's own that are no host's, so that they stay.
            let tree = HostTree(root: "\(archive.path)/a.tar")
            let prefix = words.count == 4 ? "" : String(folder.path.dropFirst()) + "/"
            #expect(tree.flaw == nil)
            #expect(tree.text(prefix + name + "file") == .value("text"))
            #expect(tree.text(prefix + "sys/link") == .value("x"))
            #expect(tree.text(prefix + "etc/twin") == .value("x"))
            #expect(tree.text(prefix + "sys/pipe") == (format == "v7" ? .absent : .failed(ENOTSUP)))
            #expect(tree.names(in: prefix + "etc") == .value(["short", "twin"]))
        }
    }

    @Test func `a folder around the host's folders is taken off`() throws {
        let folder = try TemporaryFolder(["a/host/sys/x": "1", "a/host/README.md": "2"])
        try Command.run(["tar", "cf", "\(folder.path)/b.tar", "-C", "\(folder.path)/a", "host"])
        #expect(HostTree(root: "\(folder.path)/b.tar").text("sys/x") == .value("1"))
    }

    @Test func `entries outside of the archive are left out, and said`() {
        for path in ["../etc/passwd", "sys/../../x", "/../x"] {
            let reader = TarReader(TarHeader(.file, path: path).block + [UInt8](repeating: 0, count: 1024))
            #expect(reader.capture.fileCount == 0)
            #expect(reader.flaw?.contains("outside") == true)
        }
    }

    @Test func `links stay inside, and loops end`() {
        var capture = HostCapture()
        capture.add(.link("/etc/passwd"), at: "sys/absolute")
        capture.add(.link("../../../../../etc/passwd"), at: "sys/parents")
        capture.add(.link("loop/deeper"), at: "sys/loop")
        let tree = HostTree(CapturedFiles(TarReader(capture.tar).capture))
        #expect(tree.text("sys/absolute") == .absent)
        #expect(tree.text("sys/parents") == .absent)
        #expect(tree.text("sys/loop") == .failed(ELOOP))
        #expect(!tree.exists("sys/absolute"))
    }

    @Test func `a file that goes on below is refused`() {
        let file = TarHeader(.file, path: "sys").block
        let reader = TarReader(file + TarHeader(.file, path: "sys/x").block + [UInt8](repeating: 0, count: 1024))
        #expect(reader.capture.entries == ["sys": .file([])])
        #expect(reader.flaw == "has an entry that cannot be where it is: sys/x")
    }

    @Test func `sizes that are not true are refused`() {
        for size in [1, 1 << 33 - 1] {
            let reader = TarReader(TarHeader(.file, path: "x", size: size).block)
            #expect(reader.capture.fileCount == 0)
            #expect(reader.flaw == "ends before its end")
        }
    }

    @Test func `depth is bounded`() {
        var capture = HostCapture()
        let isAdded = capture.add(.file([]), at: String(repeating: "a/", count: HostCapture.depthMax + 1) + "a")
        #expect(!isAdded)
        #expect(capture.entries.isEmpty)
    }

    @Test func `what is no archive says so`() throws {
        #expect(TarReader([]).flaw == "ends before its end")
        #expect(TarReader(Array(repeating: 0x41, count: 2048)).flaw == "is no tar archive")
        #expect(TarReader([0x1f, 0x8b, 8]).flaw == "is compressed: unpack it first, as gunzip does")
        let folder = try TemporaryFolder(["x.tar": "text"])
        #expect(
            HostTopology.read(root: folder.path + "/x.tar").warnings == ["\(folder.path)/x.tar ends before its end"]
        )
    }

    @Test func `a cut archive gives what came before the cut`() {
        let example = Self.example()
        let bytes = example.tar
        for length in stride(from: 0, to: bytes.count, by: 251) {
            let reader = TarReader(Array(bytes[..<length]))
            #expect(reader.capture.entries.allSatisfy { example.entries[$0] == $1 })
        }
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `damage never ends the reader`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var bytes = Self.example().tar
        for _ in 0..<Int(random.next() % 20 + 1) {
            let position = Int(random.next() % UInt64(bytes.count))
            bytes[position] = UInt8(truncatingIfNeeded: random.next())
            // With a sum that fits, the damage gets past the first check.
            let start = position / TarHeader.blockBytes * TarHeader.blockBytes
            Self.putRight(&bytes[start..<start + TarHeader.blockBytes])
        }
        let tree = HostTree(CapturedFiles(TarReader(bytes).capture))
        #expect(tree.names(in: "").value != nil, "seed \(seed)")
        _ = HostTopology.read(tree)
    }

    private static func putRight(_ block: inout ArraySlice<UInt8>) {
        let field = block.startIndex + 148..<block.startIndex + 156
        block.replaceSubrange(field, with: Array(repeating: 0x20, count: 8))
        let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
        let text = String(repeating: "0", count: max(0, 6 - sum.count)) + sum
        block.replaceSubrange(field, with: Array(text.utf8) + [0, 0x20])
    }

    @Test(arguments: ["", "30 ", "5 a=b", "999999999999999999999 a=b\n", "6 a=b\n", "2 \n", "-5 a=b\n"])
    func `records that are none are left out`(text: String) {
        let records = PaxRecords.parse(Array(text.utf8)[...])
        #expect(records == (text == "6 a=b\n" ? ["a": "b"] : [:]))
    }
}
