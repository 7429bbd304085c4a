import AtollLoop
import Glibc
import Testing

struct ChildProcessTests {
    @Test(arguments: [
        ("exit 0", ChildProcess.Exit.exited(code: 0)), ("exit 7", .exited(code: 7)), ("exit 255", .exited(code: 255)),
        ("kill -TERM $$", .signaled(signal: SIGTERM)), ("kill -KILL $$", .signaled(signal: SIGKILL)),
        ("kill -SEGV $$", .signaled(signal: SIGSEGV)),
    ])
    func `exit codes and signals are exact`(script: String, expected: ChildProcess.Exit) throws {
        let fixture = try LoopFixture()
        var exits: [ChildProcess.Exit] = []
        let child = try ChildProcess(on: fixture.loop, shell(script)) { exit in
            exits.append(exit)
            fixture.loop.stop()
        }
        #expect(child.isRunning)
        fixture.run()
        #expect(exits == [expected])
        #expect(!child.isRunning)
        let error = #expect(throws: LoopError.self) { try child.signal(SIGTERM) }
        #expect(error?.code == .processGone)
    }

    @Test func `a signal reaches a child that we ignore signals for`() throws {
        let fixture = try LoopFixture()
        EventLoop.ignoreBrokenPipes()
        var exits: [ChildProcess.Exit] = []
        let child = try ChildProcess(on: fixture.loop, shell("exec sleep 1000")) { exit in
            exits.append(exit)
            fixture.loop.stop()
        }
        try child.signal(SIGPIPE)
        fixture.run()
        #expect(exits == [.signaled(signal: SIGPIPE)])
    }

    @Test func `a child leads a session, and has the directory, environment and descriptors it was given`() throws {
        let fixture = try LoopFixture()
        // Not close-on-exec: what a careless library leaves open.
        let careless = dup(0)
        defer { close(careless) }
        var command = shell(
            """
            read -r pid _ _ _ pgrp sid _ < /proc/$$/stat
            echo "$((pid == pgrp && pid == sid))"
            pwd
            echo "$GREETING"
            ls /proc/$$/fd
            """
        )
        command.directory = "/usr"
        command.environment = ["GREETING=hello there"]
        let output = try read(command, in: fixture)
        #expect(output == ["1", "/usr", "hello there", "0", "1", "2"])
    }

    @Test func `standard input is empty`() throws {
        let fixture = try LoopFixture()
        #expect(try read(shell("cat; echo end"), in: fixture) == ["end"])
    }

    @Test func `what cannot be run is an error with its name`() throws {
        let loop = try EventLoop()
        let command = ChildProcess.Command(path: "/nonexistent/program", arguments: ["program"])
        let error = #expect(throws: LoopError.self) { try ChildProcess(on: loop, command) { _ in } }
        #expect(error?.code == .system(ENOENT))
        #expect(error?.description.contains("/nonexistent/program") == true)
    }

    @Test func `the end of another process is noticed, and its number alone does not name it`() throws {
        let fixture = try LoopFixture()
        var ends = 0
        // Both, in either order: a child that is left unreaped would disturb the exit tests of this process.
        let ended = {
            ends += 1
            if ends == 2 { fixture.loop.stop() }
        }
        let child = try ChildProcess(on: fixture.loop, shell("exec sleep 1000")) { _ in ended() }
        fixture.keep(child)
        let start = try #require(child.startTime)
        let error = #expect(throws: LoopError.self) {
            try ProcessWatch(on: fixture.loop, processID: child.processID, startTime: start + 1) {}
        }
        #expect(error?.code == .processGone)
        let watch = try ProcessWatch(
            on: fixture.loop,
            processID: child.processID,
            startTime: start,
            onEnd: ended
        )
        #expect(watch.startTime == start)
        try watch.signal(SIGKILL)
        fixture.run()
        #expect(ends == 2)
        #expect(ProcessWatch.startTime(of: 0) == nil)
    }

    private func shell(_ script: String) -> ChildProcess.Command {
        ChildProcess.Command(path: "/bin/sh", arguments: ["sh", "-c", script])
    }

    /// The lines that the command writes to its standard output until it ends.
    private func read(_ command: ChildProcess.Command, in fixture: LoopFixture) throws -> [String] {
        var ends: [CInt] = [0, 0]
        #expect(pipe(&ends) == 0)
        var command = command
        command.standardOutput = .descriptor(ends[1])
        var output: [UInt8] = []
        var watch: DescriptorWatch?
        var pending = 2
        func finished() {
            pending -= 1
            if pending == 0 { fixture.loop.stop() }
        }
        watch = try DescriptorWatch(on: fixture.loop, descriptor: ends[0]) {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = Glibc.read(ends[0], &buffer, buffer.count)
            output += buffer[..<max(0, count)]
            if count <= 0 {
                watch?.cancel()
                finished()
            }
        }
        let child = try ChildProcess(on: fixture.loop, command) { exit in
            #expect(exit == .exited(code: 0))
            finished()
        }
        fixture.keep(child)
        close(ends[1])
        fixture.run()
        close(ends[0])
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
