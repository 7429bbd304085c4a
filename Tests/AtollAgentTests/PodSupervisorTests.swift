import AtollLoop
import AtollModel
import CAtollLinux
import Glibc
import Testing

@testable import AtollAgent

@Suite struct PodSupervisorTests {
    /// A script as it stands: the agent makes one dollar sign of two.
    private static func shell(_ script: String) -> [String] { ["sh", "-c", script.replacing("$", with: "$$")] }

    private static func isAlive(_ process: String) -> Bool { Int32(process).map { kill($0, 0) == 0 } ?? true }

    @Test(arguments: [0, 1, 42, 255] as [Int32]) func `an exit code is reported as it is`(code: Int32) throws {
        let exit = try SupervisedPod([Self.shell("exit \(code)")]).run()
        #expect(exit.cause == .exited(code: code))
        #expect(exit.container == (code == 0 ? "" : "c0"))
    }

    @Test func `a signal is reported as it is`() throws {
        #expect(try SupervisedPod([Self.shell("kill -SEGV $$")]).run().cause == .signaled(SIGSEGV))
    }

    @Test func `the first container that fails decides, and ends the others`() throws {
        let pod = try SupervisedPod([Self.shell("exec sleep 1000"), Self.shell("exit 7"), ["true"]])
        let exit = try pod.run()
        #expect(exit.cause == .exited(code: 7))
        #expect(exit.container == "c1")
    }

    @Test func `a stopped pod gets its grace period`() throws {
        let pod = try SupervisedPod([])
        let pipe = pod.makePipe()
        let script = "trap 'echo bye; exit 3' TERM; echo ready > \(pipe); while :; do sleep 0.05; done"
        try pod.replan([Self.shell(script)])
        try pod.start()
        _ = SupervisedPod.receive(pipe)
        pod.signal(SIGTERM)
        pod.signal(SIGTERM)
        #expect(try pod.end().cause == .exited(code: 3))
        #expect(try pod.output().hasSuffix("bye\n"))
    }

    @Test func `what ignores SIGTERM is killed after the grace period`() throws {
        let pod = try SupervisedPod([], grace: .milliseconds(100))
        let pipe = pod.makePipe()
        try pod.replan([Self.shell("trap '' TERM; echo $$ > \(pipe); while :; do sleep 1000; done")])
        try pod.start()
        let process = SupervisedPod.receive(pipe)
        pod.signal(SIGTERM)
        #expect(try pod.end().cause == .signaled(SIGKILL))
        #expect(!Self.isAlive(process))
    }

    @Test func `a grandchild that has detached itself does not survive the pod`() throws {
        let pod = try SupervisedPod([], grace: .milliseconds(100))
        let pipe = pod.makePipe()
        // In a session of its own, orphaned, without a signal that could end it but SIGKILL.
        let daemon = "trap \"\" TERM HUP; echo $$ > \(pipe); while :; do sleep 1000; done"
        try pod.replan([Self.shell("(setsid sh -c '\(daemon)' &) ; exec sleep 1000")])
        try pod.start()
        let process = SupervisedPod.receive(pipe)
        #expect(Self.isAlive(process))
        pod.signal(SIGTERM)
        #expect(try pod.end().cause == .signaled(SIGTERM))
        #expect(!Self.isAlive(process))
    }

    @Test func `a pod ends with its containers, whatever they left in the background`() throws {
        let pod = try SupervisedPod([])
        let pipe = pod.makePipe()
        try pod.replan([Self.shell("setsid sleep 1000 & echo $! > \(pipe); exit 0")])
        try pod.start()
        let process = SupervisedPod.receive(pipe)
        #expect(try pod.end().succeeded)
        #expect(!Self.isAlive(process))
    }

    @Test func `what a killed supervisor had forked and not yet made a container is killed`() throws {
        let pod = try SupervisedPod([])
        // Nothing but its command line tells whose it is.
        let words = ["atoll-agent", "-qf", "/dev/null", "supervise", pod.folder.path]
        var arguments = words.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        defer { for word in arguments { free(word) } }
        var process: Int32 = 0
        #expect(atoll_spawn(&process, "/usr/bin/tail", &arguments, &environment, nil, [-1, -1, -1]) == 0)
        // Until execve(2) it has our own command line.
        while try ProcessTree.killLeftovers(of: pod.folder) { sched_yield() }
        var status: CInt = 0
        #expect(waitpid(process, &status, 0) == process)
        #expect(status & 0x7f == SIGKILL)
        #expect(try ProcessTree.killLeftovers(of: pod.folder))
    }

    @Test func `SIGQUIT kills at once`() throws {
        let pod = try SupervisedPod([], grace: .seconds(3600))
        let pipe = pod.makePipe()
        try pod.replan([Self.shell("trap '' TERM QUIT; echo $$ > \(pipe); while :; do sleep 1000; done")])
        try pod.start()
        _ = SupervisedPod.receive(pipe)
        pod.signal(SIGTERM)
        pod.signal(SIGQUIT)
        #expect(try pod.end().cause == .signaled(SIGKILL))
    }

    @Test func `a pod is not started when the pod lease is over`() throws {
        let pod = try SupervisedPod([Self.shell("echo started")])
        try pod.lease(until: SystemClock.uptime)
        let exit = try pod.run()
        #expect(exit.cause == .startFailed)
        #expect(exit.message.hasPrefix("LeaseExpired: "))
        #expect(try pod.output() == "")
    }

    @Test func `a running pod is killed without grace when the pod lease is over`() throws {
        let pod = try SupervisedPod([], grace: .seconds(3600))
        let pipe = pod.makePipe()
        try pod.replan([Self.shell("trap '' TERM; echo $$ > \(pipe); while :; do sleep 1000; done")])
        try pod.start()
        let process = SupervisedPod.receive(pipe)
        // Without a lease until here; the supervisor looks for one by itself.
        try pod.lease(until: SystemClock.uptime)
        let exit = try pod.end()
        #expect(exit.cause == .signaled(SIGKILL))
        #expect(exit.message.hasPrefix("LeaseExpired: "))
        #expect(!Self.isAlive(process))
    }

    @Test func `a supervisor says that it heeds the lease, and one that is not over disturbs nothing`() throws {
        let pod = try SupervisedPod([["true"]])
        try pod.lease(until: .max)
        #expect(try pod.run().succeeded)
        #expect(try pod.folder.record()?.heedsLease == true)
    }

    @Test func `a command that does not exist is named`() throws {
        let exit = try SupervisedPod([["true"], ["no-such-command", "x"]]).run()
        #expect(exit.cause == .startFailed)
        #expect(exit.message.contains("container c1: command no-such-command"))
        #expect(exit.message.hasSuffix("No such file or directory"))
    }

    @Test func `a command that cannot be run is named with the reason`() throws {
        let exit = try SupervisedPod([["/etc/passwd"]]).run()
        #expect(exit.message == "cannot start container c0: command /etc/passwd: Permission denied")
    }

    @Test func `a working directory that does not exist is named`() throws {
        let pod = try SupervisedPod([["true"]]) { $0.launch.containers[0].workingDirectory = "/no/such" }
        let exit = try pod.run()
        #expect(exit.cause == .startFailed)
        #expect(exit.message.contains("working directory /no/such: No such file or directory"))
    }

    @Test func `a pod is run once`() throws {
        let pod = try SupervisedPod([["true"]])
        _ = try pod.run()
        try pod.start()
        #expect(pod.wait() == 1)
        #expect(try pod.end(expectedStatus: nil).succeeded)
    }

    @Test func `containers see their own environment and nothing of the agent's`() throws {
        let pod = try SupervisedPod([
            Self.shell("echo $JOB_COMPLETION_INDEX $RANK $WORLD_SIZE; pwd; echo ${SUPERVISOR:-unset}")
        ])
        _ = try pod.run()
        let lines = try pod.output().split(separator: "\n")
        #expect(lines.first == "0 0 2")
        #expect(lines.dropFirst().map { String($0) } == [pod.folder.workPath, "unset"])
    }

    @Test func `output is bounded, and its offsets survive rotation`() throws {
        // 20 MiB in lines of 16 bytes.
        let pod = try SupervisedPod([Self.shell("seq -f %015.0f 0 1310719")])
        #expect(try pod.run().succeeded)
        let segments = try OutputFiles.segments(in: pod.folder.path)
        #expect(segments.map(\.start) == [8 << 20, 16 << 20])
        #expect(segments.last?.end == 20 << 20)
        // What was rotated away is skipped.
        let first = try OutputFiles.read(pod.folder.path, from: .offset(5), bytesMax: 16)
        #expect(first.offset == 8 << 20)
        #expect(String(decoding: first.data, as: UTF8.self) == "000000000524288\n")
        let last = try OutputFiles.read(pod.folder.path, from: .lastLines(2), bytesMax: 100)
        #expect(String(decoding: last.data, as: UTF8.self) == "000000001310718\n000000001310719\n")
        #expect(last.end == last.offset + 32)
    }

    @Test func `peers resolve by name inside the pod only`() throws {
        let pod = try SupervisedPod([Self.shell("getent hosts js-w-0-1.js; getent hosts js-w-0-1; hostname")])
        _ = try pod.run()
        let notes = try pod.folder.notes()
        guard notes.isEmpty else {
            print("skipped, namespaces are not permitted here: \(notes)")
            return
        }
        let lines = try pod.output().split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        let answer = "127.0.1.2 js-w-0-1.js js-w-0-1"
        #expect(lines == [answer, answer, "js-w-0-0"])
        let hosts = try #require(try Files.readText("/etc/hosts"))
        #expect(!hosts.contains("js-w-0-1"))
    }
}
