import AtollLoop
import AtollModel
import Glibc
import Testing

@testable import AtollAgent

@Suite final class PodJournalTests {
    private let pod: SupervisedPod
    private let plan: PodPlan

    init() throws {
        pod = try SupervisedPod([["true"]]) { $0.launch.labels = ["jobset.sigs.k8s.io/restart-attempt": "2"] }
        plan = try #require(try pod.folder.plan())
    }

    /// One member of every line's object, without quotation marks.
    private func members(_ name: String, of path: String) throws -> [String?] {
        let text = try #require(try Files.readText(path))
        #expect(text.hasSuffix("}\n"))
        return text.split(separator: "\n").map { line in
            let members = line.dropFirst().dropLast().split(separator: ",").map { $0.filter { $0 != "\"" } }
            return members.first { $0.hasPrefix(name + ":") }.map { String($0.dropFirst(name.count + 1)) }
        }
    }

    @Test func `a supervisor writes the start and the end of its pod`() throws {
        let before = SystemClock.uptime
        _ = try pod.run()
        let path = pod.folder.journal.path
        #expect(try members("event", of: path) == ["start", "end"])
        #expect(try members("cause", of: path) == [nil, "exited 0"])
        #expect(try members("pod", of: path) == ["a1-0-0", "a1-0-0"])
        #expect(try members("jobSet", of: path) == ["default/js", "default/js"])
        #expect(try members("job", of: path) == ["js-w-0", "js-w-0"])
        #expect(try members("attempt", of: path) == ["2", "2"])
        #expect(try members("host", of: path) == ["host-a", "host-a"])
        let times = try members("boottime", of: path).map { try #require($0.flatMap { Int64($0) }) }
        #expect(before <= times[0] && times[0] <= times[1] && times[1] <= SystemClock.uptime)
    }

    @Test func `the start is there before the first process of the pod`() throws {
        let journal = pod.folder.journal.path
        try pod.replan([["sh", "-c", "grep -c start \(journal)"]])
        _ = try pod.run()
        #expect(try pod.output() == "1\n")
    }

    @Test func `a pod that could not be started has an end with the reason`() throws {
        try pod.replan([["no-such-command"]])
        let exit = try pod.run()
        #expect(try members("cause", of: pod.folder.journal.path) == [nil, "startFailed"])
        #expect(try members("message", of: pod.folder.journal.path) == [nil, exit.message])
    }

    @Test func `a full file makes room, and one old file is kept`() throws {
        var journal = pod.folder.journal
        journal.fileBytesMax = 1
        for code in 1...3 as ClosedRange<Int32> {
            try journal.append(.end(PodExit(cause: .exited(code: code), at: .now)), of: plan)
        }
        #expect(try members("cause", of: journal.oldPath) == ["exited 3"])
        #expect(try Files.readText(journal.path) == nil)
    }

    @Test func `a file that somebody else moves away is left to them`() throws {
        var journal = pod.folder.journal
        try journal.append(.start, of: plan)
        let other = open(journal.path, O_RDONLY | O_CLOEXEC)
        #expect(flock(other, LOCK_EX) == 0)
        journal.fileBytesMax = 1
        try journal.append(.start, of: plan)
        #expect(try members("event", of: journal.path) == ["start", "start"])
        close(other)
        try journal.append(.start, of: plan)
        #expect(try members("event", of: journal.oldPath) == ["start", "start", "start"])
    }

    @Test func `a journal that cannot be written stops no pod`() throws {
        try Files.makeFolder(pod.folder.journal.path)
        #expect(try pod.run().succeeded)
    }
}
