import Glibc
import Testing

@testable import AtollTopology

struct HostTreeTests {
    @Test func `a read gives the text without white space around it`() throws {
        let folder = try TemporaryFolder(["sys/a": " 0x10de\n\0"])
        #expect(folder.tree.text("sys/a") == .value("0x10de"))
    }

    @Test func `what is not there is absent, below a file too`() throws {
        let folder = try TemporaryFolder(["sys/a": "x"])
        #expect(folder.tree.text("sys/b") == .absent)
        #expect(folder.tree.text("sys/a/b") == .absent)
        #expect(folder.tree.names(in: "proc") == .absent)
        #expect(HostTree(root: folder.path + "/gone").text("sys/a") == .absent)
    }

    @Test func `an attribute over one page is refused, a file may have 64 KiB`() throws {
        let folder = try TemporaryFolder(["sys/a": "x"])
        try folder.replace("sys/a", with: Array(repeating: 0x61, count: 10 << 20))
        #expect(folder.tree.text("sys/a") == .failed(EFBIG))
        #expect(folder.tree.text("sys/a", bytesMax: HostTree.fileBytesMax) == .failed(EFBIG))
        try folder.replace("sys/a", with: Array(repeating: 0x61, count: 65_535))
        #expect(folder.tree.bytes("sys/a", bytesMax: HostTree.fileBytesMax).value?.count == 65_535)
    }

    @Test func `bytes that are no UTF-8 become replacement characters`() throws {
        let folder = try TemporaryFolder(["sys/a": "x"])
        try folder.replace("sys/a", with: [0xff, 0xfe, 0x00, 0x41])
        #expect(folder.tree.text("sys/a") == .value("\u{fffd}\u{fffd}\0A"))
    }

    @Test func `a FIFO is refused and does not block`() throws {
        let folder = try TemporaryFolder(["sys/a": "x"])
        #expect(mkfifo("\(folder.path)/sys/pipe", 0o644) == 0)
        #expect(folder.tree.text("sys/pipe") == .failed(ENOTSUP))
    }

    @Test func `a folder in the place of a file is a failure`() throws {
        let folder = try TemporaryFolder(["sys/a/b": "x"])
        #expect(folder.tree.text("sys/a") == .failed(EISDIR))
    }

    @Test func `a loop of links is a failure`() throws {
        var tree = FileTree()
        tree.link("sys/a", to: "sys/b")
        tree.link("sys/b", to: "sys/a")
        tree.link("sys/self/again", to: "sys/self/again/deeper")
        let folder = try TemporaryFolder(tree)
        #expect(folder.tree.text("sys/a") == .failed(ELOOP))
        #expect(folder.tree.names(in: "sys/self/again") == .failed(ELOOP))
    }

    @Test func `absolute link targets and parents are taken from the root`() throws {
        let folder = try TemporaryFolder(["etc/hostname": "inside", "sys/x": "x"])
        #expect(symlink("/etc/hostname", "\(folder.path)/sys/absolute") == 0)
        #expect(symlink("../../../../../../etc/hostname", "\(folder.path)/sys/parents") == 0)
        #expect(symlink("/etc/passwd", "\(folder.path)/sys/outside") == 0)
        #expect(folder.tree.text("sys/absolute") == .value("inside"))
        #expect(folder.tree.text("sys/parents") == .value("inside"))
        #expect(folder.tree.text("sys/outside") == .absent)
        #expect(folder.tree.text("../../etc/hostname") == .value("inside"))
    }

    @Test func `parents are taken off by name, whatever its characters`() throws {
        let folder = try TemporaryFolder(["a": "right", "é\u{301}ü/b": "x"])
        #expect(folder.tree.text("é\u{301}ü/../a") == .value("right"))
        #expect(symlink("../a", "\(folder.path)/é\u{301}ü/up") == 0)
        #expect(folder.tree.text("é\u{301}ü/up") == .value("right"))
    }

    @Test func `names are sorted bytewise`() throws {
        let folder = try TemporaryFolder(["d/b": "", "d/a10": "", "d/a2": "", "d/B": ""])
        #expect(folder.tree.names(in: "d") == .value(["B", "a10", "a2", "b"]))
    }

    @Test func `a link says its target's name even when it dangles`() throws {
        var tree = FileTree()
        tree.link("sys/driver", to: "sys/bus/pci/drivers/nvidia")
        let folder = try TemporaryFolder(tree)
        #expect(folder.tree.linkName("sys/driver") == .value("nvidia"))
        #expect(folder.tree.text("sys/driver") == .absent)
        #expect(!folder.tree.exists("sys/driver"))
    }

    @Test func `the whole host is a root too`() {
        #expect(HostTree(root: "/").names(in: "proc/self").value?.contains("status") == true)
        #expect(HostTree(root: "/").text("dev/null") == .failed(ENOTSUP))
    }

    @Test(
        arguments: [
            ("0-1,4", [0, 1, 4]), ("", []), (" 0-1, 3", [0, 1, 3]), ("3-1", nil), ("a", nil), ("0-4294967295", nil),
            ("1-", nil),
        ] as [(String, [UInt32]?)]
    )
    func `lists of numbers are parsed or refused`(text: String, expected: [UInt32]?) {
        #expect(IDList.parse(text) == expected)
    }
}
