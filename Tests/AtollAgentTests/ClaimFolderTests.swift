import AtollModel
import Glibc
import Testing

@testable import AtollAgent

/// Folders of claims: made once, deleted only by their uid.
@Suite final class ClaimFolderTests {
    private let root: String

    init() throws {
        var template = Array("/tmp/atoll-claims-XXXXXX".utf8CString)
        root = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
        _ = try? Files.removeFolder(root)  // A leftover in /tmp is no failure.
    }

    private func folder(_ uid: String = "u1", name: String = "data-js") throws(AgentError) -> ClaimFolder {
        let name = ObjectName(namespace: "team", name: name)
        return try ClaimFolder(VolumeClaimID(name: name, uid: ObjectUID(uid)), in: root)
    }

    private func write(_ name: String, _ text: String = "x") throws {
        try Files.overwrite("\(root)/\(name)", with: text.utf8, mode: 0o644)
    }

    @Test func `it is made for everybody to write to, and found again`() throws {
        for _ in 0..<2 { try folder().prepare() }
        var status = stat()
        #expect(stat("\(root)/team/data-js", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o777)
        #expect(try folder().uid() == ObjectUID("u1"))
        #expect(try Files.names(in: "\(root)/team") == ["data-js"])
    }

    @Test func `one that is there without a uid is an operator's: used, and never deleted`() throws {
        for path in ["team", "team/data-js"] { try Files.makeFolder("\(root)/\(path)") }
        try write("team/data-js/file")
        try folder().prepare()
        try folder("").prepare()
        #expect(try folder().uid() == nil)
        try folder().remove()
        #expect(try Files.names(in: "\(root)/team/data-js") == ["file"])
    }

    @Test func `one of another claim is refused, and left alone`() throws {
        try folder("u0").prepare()
        let error = #expect(throws: AgentError.self) { try folder().prepare() }
        #expect(error?.message.contains("\(root)/team/data-js belongs to another claim, with uid u0") == true)
        try folder().remove()
        #expect(try folder("u0").uid() == ObjectUID("u0"))
    }

    @Test func `a link or a file in its place is nobody's`() throws {
        try Files.makeFolder("\(root)/team")
        try Files.makeFolder("\(root)/elsewhere")
        try write("elsewhere/.atoll-claim", "u1\n")
        #expect(symlink("\(root)/elsewhere", "\(root)/team/data-js") == 0)
        #expect(throws: AgentError.self) { try folder().prepare() }
        try folder().remove()
        #expect(try Files.names(in: "\(root)/elsewhere") == [".atoll-claim"])
        #expect(unlink("\(root)/team/data-js") == 0)
        try write("team/data-js")
        #expect(throws: AgentError.self) { try folder().prepare() }
        try folder().remove()
        #expect(access("\(root)/team/data-js", F_OK) == 0)
    }

    @Test func `without a claim of that name there must be a folder`() throws {
        let error = #expect(throws: AgentError.self) { try folder("").prepare() }
        #expect(error?.message.contains("no folder \(root)/team/data-js; make the folder") == true)
        let removal = VolumeClaimID(name: ObjectName(namespace: "team", name: "data-js"), uid: ObjectUID(""))
        #expect(throws: AgentError.self) { try ClaimRemoval.run(removal, below: root) }
    }

    @Test func `the root is never made`() throws {
        let name = ObjectName(name: "c")
        let folder = try ClaimFolder(VolumeClaimID(name: name, uid: ObjectUID("u")), in: "\(root)/nothing")
        for attempt in [folder.prepare, folder.remove] {
            let error = #expect(throws: AgentError.self) { try attempt() }
            #expect(error?.message.contains("\(root)/nothing, is not there; mount its file system") == true)
        }
    }

    @Test(arguments: ["", ".", "..", ".removed-u1", "a/b", "a\0b", String(repeating: "a", count: 256)])
    func `names that would lead elsewhere are refused`(name: String) throws {
        for name in [ObjectName(namespace: "team", name: name), ObjectName(namespace: name, name: "c")] {
            #expect(throws: AgentError.self) {
                try ClaimFolder(VolumeClaimID(name: name, uid: ObjectUID("u")), in: root)
            }
        }
        guard !name.isEmpty else { return }
        #expect(throws: AgentError.self) { try folder(name) }
    }

    // MARK: Removal

    @Test func `all of it goes, links are not followed, and neighbours stay`() throws {
        try folder().prepare()
        try folder("u2", name: "other-js").prepare()
        try Files.makeFolder("\(root)/outside")
        try write("outside/file")
        for path in ["a", "a/b", "a/b/c"] { try Files.makeFolder("\(root)/team/data-js/\(path)") }
        try write("team/data-js/a/b/c/file")
        #expect(symlink("\(root)/outside", "\(root)/team/data-js/a/link") == 0)
        #expect(mkfifo("\(root)/team/data-js/pipe", 0o600) == 0)
        for number in 0..<300 { try write("team/data-js/a/\(number)") }
        try folder().remove()
        #expect(try Files.names(in: "\(root)/team") == ["other-js"])
        #expect(try Files.names(in: "\(root)/outside") == ["file"])
        try folder().remove()
    }

    @Test func `what an interrupted removal or start has left is found`() throws {
        try folder().prepare()
        #expect(rename("\(root)/team/data-js", "\(root)/team/.removed-u1") == 0)
        for path in [".new-u1-17", ".new-u2-18"] { try Files.makeFolder("\(root)/team/\(path)") }
        // A start that came too late.
        try folder().prepare()
        try folder().remove()
        #expect(try Files.names(in: "\(root)/team") == [".new-u2-18"])
    }

    @Test func `a claim of nobody is gone already`() throws {
        try folder().remove()
        #expect(try Files.names(in: root) == [])
    }
}
