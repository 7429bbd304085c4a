import AtollModel
import Glibc
import Testing

@testable import AtollTopology

struct HostCaptureTests {
    /// What a reader gets, and what of it is kept.
    private func record(_ root: String) throws -> (topology: HostTopology, labels: LabelReport, capture: HostCapture) {
        let recorder = HostRecorder(root: root)
        let (topology, labels) = try read(recorder.tree)
        return (topology, labels, recorder.capture)
    }

    private func read(_ tree: HostTree) throws -> (HostTopology, LabelReport) {
        let topology = HostTopology.read(tree)
        let rules = try AgentConfiguration.read(tree).labels
        return (topology, LabelReport.evaluate(rules, in: tree, topology: topology, host: HostID("n"), now: nil))
    }

    @Test(arguments: HostGenerator.Kind.allCases)
    func `a host read from its capture is the same`(kind: HostGenerator.Kind) throws {
        let folder = try TemporaryFolder()
        try HostGenerator(kind: kind, name: "n").write(into: "\(folder.path)/host")
        let (topology, labels, capture) = try record("\(folder.path)/host")
        #expect(topology == HostTopology.read(root: "\(folder.path)/host"))
        for place in ["\(folder.path)/host.tar", "\(folder.path)/copy/"] {
            try capture.write(to: place)
            let (again, labelsAgain) = try read(HostTree(root: place))
            #expect(again == topology)
            #expect(labelsAgain == labels)
        }
        // The capture of a capture is the capture.
        #expect(try record("\(folder.path)/host.tar").capture == capture)
    }

    /// Trees of real machines beside the repository; where they are not, nothing is tested.
    private static let archives = ["captures", "captures-synthetic"].flatMap { kind in
        let folder = "../shared/topology/\(kind)"
        let names = SystemCalls.listFolder(folder, entriesMax: 100).value ?? []
        return names.filter { $0.hasSuffix(".tar.gz") }.map { "\(folder)/\($0)" }
    }

    @Test(arguments: archives)
    func `a real machine's archive is read like its folder, and its capture too`(archive: String) throws {
        let folder = try TemporaryFolder()
        try Command.run(["cp", archive, "\(folder.path)/host.tar.gz"])
        try Command.run(["gunzip", "\(folder.path)/host.tar.gz"])
        try Command.run(["mkdir", "\(folder.path)/host"])
        try Command.run(["tar", "xf", "\(folder.path)/host.tar", "--strip-components=1", "-C", "\(folder.path)/host"])
        let (topology, labels, capture) = try record("\(folder.path)/host")
        #expect(topology == HostTopology.read(root: "\(folder.path)/host"))
        let packed = HostTree(CapturedFiles(TarReader(capture.tar).capture))
        for tree in [HostTree(root: "\(folder.path)/host.tar"), packed] {
            let (again, labelsAgain) = try read(tree)
            #expect(again == topology)
            #expect(labelsAgain == labels)
        }
    }

    @Test func `only what was read is kept`() throws {
        let folder = try TemporaryFolder(["etc/machine-id": "1", "etc/shadow": "secret", "sys/a/b": "2"])
        let recorder = HostRecorder(root: folder.path)
        _ = recorder.tree.text("etc/machine-id")
        _ = recorder.tree.text("etc/absent")
        #expect(recorder.tree.exists("sys/a/b"))
        #expect(
            recorder.capture.entries == [
                "etc": .folder, "etc/machine-id": .file(Array("1\n".utf8)), "sys": .folder, "sys/a": .folder,
                "sys/a/b": .notRead,
            ]
        )
    }

    @Test func `links on the way are kept as links, and names in listed folders`() throws {
        var tree = FileTree()
        tree.file("sys/devices/x/vendor", "0x1")
        tree.file("sys/devices/x/secret", "not asked for")
        tree.link("sys/bus/x", to: "sys/devices/x")
        tree.link("sys/bus/gone", to: "sys/devices/gone")
        tree.file("sys/bus/folder/file", "1")
        let folder = try TemporaryFolder(tree)
        let recorder = HostRecorder(root: folder.path)
        #expect(recorder.tree.text("sys/bus/x/vendor") == .value("0x1"))
        #expect(recorder.tree.names(in: "sys/bus") == .value(["folder", "gone", "x"]))
        let again = HostTree(CapturedFiles(recorder.capture))
        #expect(again.text("sys/bus/x/vendor") == .value("0x1"))
        #expect(again.names(in: "sys/bus") == .value(["folder", "gone", "x"]))
        #expect(again.linkName("sys/bus/gone") == .value("gone"))
        #expect(again.text("sys/bus/folder/file") == .absent)
        #expect(again.text("sys/devices/x/secret") == .absent)
    }

    @Test func `errors are kept, and a file that was only listed is none that is empty`() throws {
        let folder = try TemporaryFolder(["sys/big": "x", "sys/later": "x", "sys/folder/x": "x"])
        try folder.replace("sys/big", with: Array(repeating: 0x61, count: 5000))
        #expect(mkfifo("\(folder.path)/sys/pipe", 0o644) == 0)
        let recorder = HostRecorder(root: folder.path)
        let paths = ["sys/big", "sys/pipe", "sys/folder"]
        let readings = paths.map { recorder.tree.text($0) }
        #expect(readings == [.failed(EFBIG), .failed(ENOTSUP), .failed(EISDIR)])
        #expect(recorder.tree.names(in: "sys") == .value(["big", "folder", "later", "pipe"]))
        let again = HostTree(CapturedFiles(TarReader(recorder.capture.tar).capture))
        #expect(paths.map { again.text($0) } == readings)
        #expect(again.names(in: "sys") == .value(["big", "folder", "later", "pipe"]))
        #expect(again.text("sys/later") == .failed(ENODATA))
    }

    @Test func `what was refused and then read is kept`() throws {
        let folder = try TemporaryFolder(["sys/a": "x"])
        try folder.replace("sys/a", with: Array(repeating: 0x61, count: 5000))
        let recorder = HostRecorder(root: folder.path)
        _ = recorder.tree.names(in: "sys")
        _ = recorder.tree.text("sys/a")
        _ = recorder.tree.text("sys/a", bytesMax: HostTree.fileBytesMax)
        #expect(recorder.capture.entries["sys/a"] == .file(Array(repeating: 0x61, count: 5000)))
    }

    @Test func `the whole host can be recorded`() {
        let recorder = HostRecorder(root: "/")
        #expect(recorder.tree.text("proc/self/status") != .absent)
        // What the kernel resolves by itself is a link here.
        guard case .link = recorder.capture.entries["proc/self"] else { Issue.record("no link"); return }
    }

    @Test func `nothing is written over`() throws {
        let folder = try TemporaryFolder(["a.tar": "mine", "folder/x": "mine"])
        for place in ["\(folder.path)/a.tar", "\(folder.path)/folder/"] {
            #expect(throws: TopologyError.self) { try HostCapture().write(to: place) }
        }
        #expect(folder.tree.text("a.tar") == .value("mine"))
    }
}
