import AtollLoop
import AtollModel
import AtollWire
import Glibc
import Testing

@testable import AtollAgent

/// The whole agent: a real process, a socket, supervisors, files.
@Suite struct AgentShellTests {
    private typealias Fake = FakeCoordinator
    private let coordinator: FakeCoordinator
    private let agent: AgentProcess
    private let pipe: String

    init() throws {
        coordinator = try FakeCoordinator()
        agent = try AgentProcess(coordinator: coordinator)
        pipe = agent.base + "/pipe"
        try #require(mkfifo(pipe, 0o600) == 0)
    }

    @Test func `a pod is run, reported and read`() throws {
        agent.start()
        #expect(try coordinator.welcome().pods == [])
        coordinator.send(.assignment(Fake.assignment(1, script: "echo hello; exit 3")))
        let seen = try coordinator.untilEnd(of: Fake.pod)
        #expect(seen.first == .starting)
        guard case .ended(let exit) = seen.last else { throw Fake.Silence() }
        #expect(exit.cause == .exited(code: 3))
        let chunk = try coordinator.read(Fake.pod, from: .offset(0), follow: false)
        #expect(chunk.data == Array("hello\n".utf8))
        #expect(chunk.atEnd)
    }

    @Test func `the host is drawn when somebody wants to see it`() throws {
        agent.start()
        _ = try coordinator.welcome()
        guard case .text(let text) = try coordinator.look(as: .json) else { throw Fake.Silence() }
        #expect(text.hasPrefix("{\n") && text.contains("\"schemaVersion\": 1"))
    }

    @Test func `a pod lease is on disk before the coordinator is told of it`() throws {
        agent.start(["--pod-lease", "10m"])
        let before = SystemClock.uptime
        let facts = try coordinator.welcomeAndHear(renewsPodLeases: true).facts
        #expect(facts.podLease == .seconds(600))
        let file = LeaseFile(path: agent.state + "/pods/lease")
        let deadline = try #require(try file.deadline(inBoot: LeaseFile.bootID()))
        #expect((before...SystemClock.uptime).contains(deadline - Duration.seconds(600).nanoseconds))
    }

    @Test func `a followed read is answered when there is output`() throws {
        agent.start()
        _ = try coordinator.welcome()
        let script = "cat \(pipe); echo second; exec sleep 1000"
        coordinator.send(.assignment(Fake.assignment(1, script: script)))
        try coordinator.untilRunning(Fake.pod)
        coordinator.send(
            .outputRead(OutputRead(read: 1, pod: Fake.pod, start: .offset(0), bytesMax: 4096, follow: true))
        )
        // Opening waits until the pod reads; only then is there output.
        let writer = open(pipe, O_WRONLY)
        _ = write(writer, "first\n", 6)
        guard case .outputChunk(let chunk) = try coordinator.next() else { throw Fake.Silence() }
        #expect(chunk.data.starts(with: Array("first\n".utf8)))
        #expect(!chunk.atEnd)
        close(writer)
        let next = try coordinator.read(Fake.pod, from: .offset(6), follow: true)
        #expect(next.data == Array("second\n".utf8))
        coordinator.send(.assignment(Fake.assignment(2, goal: .stop)))
        _ = try coordinator.untilEnd(of: Fake.pod)
    }

    @Test func `a pod is stopped when its goal says so, and forgotten when it is named no more`() throws {
        agent.start()
        _ = try coordinator.welcome()
        coordinator.send(.assignment(Fake.assignment(1, script: "exec sleep 1000")))
        try coordinator.untilRunning(Fake.pod)
        coordinator.send(.assignment(Fake.assignment(2, goal: .stop)))
        guard case .ended(let exit) = try coordinator.untilEnd(of: Fake.pod).last else { throw Fake.Silence() }
        #expect(exit.cause == .signaled(SIGTERM))
        coordinator.send(.assignment(Assignment(epoch: Epoch(1), generation: Generation(3), base: nil)))
        let chunk = try coordinator.read(Fake.pod, from: .offset(0), follow: true)
        #expect(chunk.atEnd)
        #expect(try Files.names(in: agent.state + "/pods") == [])
    }

    @Test func `a pod survives kill -9 of its agent, and its exit is known to the next`() throws {
        agent.start()
        _ = try coordinator.welcome()
        coordinator.send(.assignment(Fake.assignment(1, script: "cat \(pipe); exit 9")))
        try coordinator.untilRunning(Fake.pod)
        kill(agent.process, SIGKILL)
        agent.wait()
        agent.start()
        let complete = try coordinator.welcome()
        #expect(complete.pods.map(\.pod) == [Fake.pod])
        #expect(complete.pods.map(\.observation.isRunning) == [true])
        #expect(complete.applied == Generation(0))
        close(open(pipe, O_WRONLY))
        guard case .ended(let exit) = try coordinator.untilEnd(of: Fake.pod).last else { throw Fake.Silence() }
        #expect(exit.cause == .exited(code: 9))
    }

    @Test func `an exit while no agent was there is reported by the next`() throws {
        agent.start()
        _ = try coordinator.welcome()
        coordinator.send(.assignment(Fake.assignment(1, script: "cat \(pipe); exit 9")))
        try coordinator.untilRunning(Fake.pod)
        kill(agent.process, SIGKILL)
        agent.wait()
        close(open(pipe, O_WRONLY))
        // The supervisor holds the lock until it has written the end.
        let lock = open("\(agent.state)/pods/\(Fake.pod)/lock", O_RDWR)
        #expect(flock(lock, LOCK_EX) == 0)
        close(lock)
        agent.start()
        let exits: [PodExit.Cause?] = try coordinator.welcome().pods.map { report in
            if case .ended(let exit) = report.observation { exit.cause } else { nil }
        }
        #expect(exits == [.exited(code: 9)])
    }

    @Test func `a pod whose supervisor was killed is lost, and nothing of it is left`() throws {
        agent.start()
        _ = try coordinator.welcome()
        let script = "trap '' TERM; (setsid sleep 1000 &) ; echo $$ > \(pipe); while :; do sleep 1000; done"
        coordinator.send(.assignment(Fake.assignment(1, script: script)))
        let process = SupervisedPod.receive(pipe)
        let folder = PodFolder("\(agent.state)/pods/\(Fake.pod)")
        let record = try #require(try folder.record())
        kill(record.supervisorPID, SIGKILL)
        guard case .ended(let exit) = try coordinator.untilEnd(of: Fake.pod).last else { throw Fake.Silence() }
        #expect(exit.cause == .lost)
        // Gone, or dead and not yet reaped by whoever inherited it: either way it has no program any more.
        #expect(try Files.readText("/proc/\(process)/stat")?.contains(") Z ") ?? true)
        #expect(try ProcessTree.killLeftovers(of: folder))
        let journal = try #require(try Files.readText(folder.journal.path))
        #expect(journal.split(separator: "\n").last?.contains(#""cause":"lost""#) == true)
    }

    @Test func `how a pod ended stays known after its supervisor is gone`() throws {
        agent.start()
        _ = try coordinator.welcome()
        coordinator.send(.assignment(Fake.assignment(1, script: "cat \(pipe); exit 7")))
        try coordinator.untilRunning(Fake.pod)
        close(open(pipe, O_WRONLY))
        _ = try coordinator.untilEnd(of: Fake.pod)
        // The supervisor holds the lock for as long as it lives.
        let lock = open("\(agent.state)/pods/\(Fake.pod)/lock", O_RDWR)
        #expect(flock(lock, LOCK_EX) == 0)
        close(lock)
        // Turns of the agent's loop, in one of which it learns of that.
        for _ in 0..<3 { _ = try coordinator.read(Fake.pod, from: .offset(0), follow: false) }
        kill(agent.process, SIGKILL)
        agent.wait()
        agent.start()
        guard case .ended(let exit) = try coordinator.welcome().pods.first?.observation else { throw Fake.Silence() }
        #expect(exit.cause == .exited(code: 7))
    }

    @Test func `a pod that is restarted in place waits at its barrier until all have come to its attempt`() throws {
        agent.start()
        _ = try coordinator.welcome()
        let script = "echo work >> log; test -e again && { cat log; exit 0; }; touch again; exit 42"
        func tell(_ generation: UInt64, _ attempts: InPlaceAttempts) {
            coordinator.send(.assignment(Fake.assignment(generation, script: script, attempts: attempts)))
        }
        tell(1, InPlaceAttempts())
        try coordinator.until(Fake.pod, isAt: 0)
        tell(2, InPlaceAttempts(current: 0))
        try coordinator.until(Fake.pod, isAt: 1)
        // Whoever comes after an agent's death tells it again.
        kill(agent.process, SIGKILL)
        agent.wait()
        agent.start()
        let pods = try coordinator.welcome().pods
        #expect(pods.map(\.observation.isRunning) == [true])
        tell(3, InPlaceAttempts(previous: 0, current: 1))
        guard case .ended(let exit) = try coordinator.untilEnd(of: Fake.pod).last else { throw Fake.Silence() }
        #expect(exit.succeeded)
        let output = try coordinator.read(Fake.pod, from: .offset(0), follow: false)
        #expect(String(decoding: output.data, as: UTF8.self) == "work\nwork\n")
    }

    @Test func `a stopping agent says goodbye, exits with 0 and leaves its pods running`() throws {
        agent.start()
        _ = try coordinator.welcome()
        coordinator.send(.assignment(Fake.assignment(1, script: "exec sleep 1000")))
        try coordinator.untilRunning(Fake.pod)
        kill(agent.process, SIGTERM)
        guard case .goodbye = try coordinator.next() else { throw Fake.Silence() }
        coordinator.hangUp()
        #expect(agent.wait() == 0)
        agent.start()
        #expect(try coordinator.welcome().pods.map(\.observation.isRunning) == [true])
        coordinator.send(.assignment(Fake.assignment(1, goal: .stop)))
        _ = try coordinator.untilEnd(of: Fake.pod)
    }

    @Test func `a second agent on the same state folder is refused`() throws {
        agent.start()
        _ = try coordinator.welcome()
        #expect(AgentProcess.wait(agent.spawn()) == 1)
    }

    @Test func `a coordinator that talks nonsense is left and called again`() throws {
        agent.start()
        _ = try coordinator.accept()
        coordinator.send(.request(AdminRequest(id: 1, call: .cancel(request: 2))))
        #expect(throws: Fake.Silence.self) { try coordinator.next() }
        #expect(try coordinator.welcome().pods == [])
    }

    @Test func `the epoch obeyed last is told to the next coordinator`() throws {
        agent.start()
        _ = try coordinator.welcome(epoch: 5)
        coordinator.hangUp()
        #expect(try coordinator.accept().highestEpoch == Epoch(5))
        kill(agent.process, SIGKILL)
        agent.wait()
        agent.start()
        #expect(try coordinator.accept().highestEpoch == Epoch(5))
    }
}
