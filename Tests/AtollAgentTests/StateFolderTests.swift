import AtollCore
import AtollModel
import Glibc
import Testing

@testable import AtollAgent

@Suite final class StateFolderTests {
    private let base: String

    init() throws {
        var template = Array("/tmp/atoll-state-XXXXXX".utf8CString)
        base = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
        _ = try? Files.removeFolder(base)  // A leftover in /tmp is no failure.
    }

    @Test func `the instance is drawn once and is a UUID`() throws {
        let state = try StateFolder(base + "/deep/state")
        let instance = try state.instance()
        #expect(try state.instance() == instance)
        let parts = instance.text.split(separator: "-")
        #expect(parts.map(\.count) == [8, 4, 4, 4, 12])
        #expect(parts[2].hasPrefix("4"))
        #expect("89ab".contains(parts[3].prefix(1)))
    }

    @Test func `the epoch is 0 at first and then what was written`() throws {
        let state = try StateFolder(base)
        #expect(try state.highestEpoch() == Epoch(0))
        try state.write(highestEpoch: Epoch(41))
        #expect(try state.highestEpoch() == Epoch(41))
    }

    @Test func `the pod lease is what was written last, and nothing once it is removed`() throws {
        let state = try StateFolder(base)
        let file = PodFolder(base + "/pods/a-0-0").lease
        let boot = try LeaseFile.bootID()
        try Files.makeFolder(base + "/pods/a-0-0")
        #expect(try file.deadline(inBoot: boot) == nil)
        try state.write(.until(41))
        try state.write(.until(17))
        #expect(try file.deadline(inBoot: boot) == 17)
        #expect(try state.pods().count == 1)
        try state.write(.unlimited)
        try state.write(.unlimited)
        #expect(try file.deadline(inBoot: boot) == nil)
    }

    @Test func `a pod lease of an earlier boot is none, and is replaced as a whole`() throws {
        let file = LeaseFile(path: base + "/lease")
        let boot = try LeaseFile.bootID()
        try Files.replace(file.path, with: [1, 0, 0, 0, 0, 0, 0, 0] + Array("another boot".utf8))
        #expect(try file.deadline(inBoot: boot) == nil)
        try file.write(deadline: 5)
        #expect(try file.deadline(inBoot: boot) == 5)
    }

    @Test func `a pod lease that is cut short is no word`() throws {
        let file = LeaseFile(path: base + "/lease")
        try Files.replace(file.path, with: [1, 2, 3])
        #expect(throws: AgentError.self) { try file.deadline(inBoot: LeaseFile.bootID()) }
    }

    @Test func `a damaged epoch is refused`() throws {
        let state = try StateFolder(base)
        try Files.replace(base + "/epoch", with: "4x".utf8)
        #expect(throws: AgentError.self) { try state.highestEpoch() }
    }

    @Test func `nobody else can read the folder`() throws {
        _ = try StateFolder(base + "/state")
        var info = stat()
        #expect(stat(base + "/state", &info) == 0)
        #expect(info.st_mode & 0o777 == 0o700)
    }

    @Test func `a folder in use is refused with the way out`() throws {
        let state = try StateFolder(base)
        let error = #expect(throws: AgentError.self) { try StateFolder(base) }
        #expect(error?.code == .busy)
        #expect(error?.message.contains("--state DIR") == true)
        withExtendedLifetime(state) {}
    }

    @Test func `only folders named after pods are pods`() throws {
        let state = try StateFolder(base)
        for name in ["a-0-0", "a-1-0", "lost+found", "x"] { try Files.makeFolder("\(base)/pods/\(name)") }
        #expect(try state.pods().map(\.description) == ["a-0-0", "a-1-0"])
    }

    @Test(arguments: [["plan"], ["record"], ["plan", "record"]])
    func `a pod whose files a power cut has emptied or taken is one without a supervisor`(names: [String]) throws {
        let pod = try SupervisedPod([["true"]])
        let running = PodObservation.running(RunningPod(since: Timestamp(nanoseconds: 1), isReady: true))
        try pod.folder.write(PodRecord(pod: SupervisedPod.id, observation: running, supervisorPID: 1))
        for name in names { try Files.replace("\(pod.folder.path)/\(name)", with: []) }
        let emptied = try PodAdoption(SupervisedPod.id, pod.folder)
        for name in names { unlink("\(pod.folder.path)/\(name)") }
        for adoption in [emptied, try PodAdoption(SupervisedPod.id, pod.folder)] {
            #expect(!adoption.isSupervised)
            #expect(adoption.pod.observation == (names.contains("record") ? .starting : running))
        }
    }

    @Test func `a removed folder takes links along and not what they point to`() throws {
        try Files.makeFolder(base + "/a")
        try Files.makeFolder(base + "/b")
        try Files.replace(base + "/b/file", with: "x".utf8)
        #expect(symlink(base + "/b", base + "/a/link") == 0)
        try Files.removeFolder(base + "/a")
        #expect(try Files.names(in: base) == ["b"])
        #expect(try Files.readText(base + "/b/file") == "x")
    }
}
