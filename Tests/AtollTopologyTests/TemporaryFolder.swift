import AtollModel
import Glibc
import Testing

@testable import AtollTopology

/// A folder that is removed with everything in it when the last reference goes away.
final class TemporaryFolder {
    let path: String

    init() throws {
        // In memory where it can be: hundreds of files for each host.
        path = try #require(Self.make(below: "/dev/shm") ?? Self.make(below: "/tmp"))
    }

    private static func make(below parent: String) -> String? {
        var template = Array("\(parent)/atoll-topology-XXXXXX".utf8CString)
        return mkdtemp(&template).map { String(cString: $0) }
    }

    /// A host made of a tree.
    convenience init(_ tree: FileTree) throws {
        try self.init()
        try tree.write(into: path)
    }

    /// A host that is built here.
    convenience init(building build: (inout FileTree) -> Void) throws {
        var tree = FileTree()
        build(&tree)
        try self.init(tree)
    }

    /// A host made of the given files.
    convenience init(_ files: KeyValuePairs<String, String>) throws {
        var tree = FileTree()
        for (path, text) in files { tree.file(path, text) }
        try self.init(tree)
    }

    deinit { Self.remove(path) }

    /// Unlinks first, so that no link is ever followed.
    private static func remove(_ path: String) {
        if unlink(path) == 0 { return }
        for name in SystemCalls.listFolder(path, entriesMax: .max).value ?? [] { remove("\(path)/\(name)") }
        rmdir(path)
    }

    var tree: HostTree { HostTree(root: path) }
    var topology: HostTopology { HostTopology.read(root: path) }

    /// Puts a file with any bytes in place of what is there.
    func replace(_ name: String, with bytes: [UInt8]) throws {
        unlink("\(path)/\(name)")
        let descriptor = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        #expect(write(descriptor, bytes, bytes.count) == bytes.count)
    }

    /// What the rules of a configuration file's `labels` give.
    func labels(_ rules: String, now: Timestamp? = nil) throws -> LabelReport {
        let configuration = try AgentConfiguration.parse("labels:\n" + rules, file: "agent.yaml")
        return labels(configuration.labels, now: now)
    }

    func labels(_ rules: LabelRules, host: String = "host-1", now: Timestamp? = nil) -> LabelReport {
        LabelReport.evaluate(rules, root: path, topology: topology, host: HostID(host), now: now)
    }
}
