import AtollLoop
import AtollModel
import AtollWire
import CAtollLinux
import Glibc
import Testing

@testable import AtollAgent

/// A pod folder of its own, and the real `atoll-agent supervise` running on it.
final class SupervisedPod {
    let folder: PodFolder
    private(set) var supervisor: Int32 = 0
    private let base: String

    static let id = PodID(job: JobID(rawValue: 0xa1), index: 0, replacement: 0)

    init(_ commands: [[String]], grace: Duration = .seconds(30), edit: (inout PodPlan) -> Void = { _ in }) throws {
        var template = Array("/tmp/atoll-pod-XXXXXX".utf8CString)
        base = try #require(mkdtemp(&template).map { String(cString: $0) })
        try Files.makeFolder("\(base)/pods")
        folder = PodFolder("\(base)/pods/\(Self.id)")
        let launch = JobLaunch(
            job: Self.id.job,
            jobSet: ObjectName(name: "js"),
            jobSetUID: ObjectUID("uid"),
            jobName: "js-w-0",
            replicatedJob: "w",
            jobIndex: 0,
            replicas: 1,
            podCount: 2,
            worldSize: 2,
            firstRank: 0,
            masterName: "js-w-0-0.js",
            subdomain: "js",
            terminationGrace: grace,
            containers: commands.enumerated().map { ContainerSpec(name: "c\($0)", command: $1) }
        )
        let jobs = [PeerTable.Job(name: "js-w-0", addresses: ["127.0.1.1", "127.0.1.2"])]
        var plan = PodPlan(
            launch: launch,
            pod: PodAssignment(id: Self.id, goal: .run),
            peers: PeerTable(jobSetUID: ObjectUID("uid"), subdomain: "js", jobs: jobs),
            host: HostID("host-a"),
            hostAddress: "127.0.1.1"
        )
        edit(&plan)
        try folder.create(plan)
    }

    /// The host's pod lease ends at a moment of `SystemClock.uptime`.
    func lease(until deadline: Int64) throws { try folder.lease.write(deadline: deadline) }

    /// Other commands, where the first needed to know the folder.
    func replan(_ commands: [[String]]) throws {
        try replan { $0.launch.containers = commands.enumerated().map { ContainerSpec(name: "c\($0)", command: $1) } }
    }

    func replan(_ edit: (inout PodPlan) -> Void) throws {
        var plan = try #require(try folder.plan())
        edit(&plan)
        try folder.create(plan)
    }

    deinit {
        _ = try? Files.removeFolder(base)  // A leftover in /tmp is no failure.
    }

    /// The executable is built beside the test bundle.
    static let agent: String = {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        let path = String(decoding: buffer[..<max(0, count)], as: UTF8.self)
        return path.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/atoll-agent"
    }()

    func start() throws {
        let words = ["atoll-agent", "supervise", folder.path]
        var arguments = words.map { strdup($0) } + [nil]
        var environment = [strdup("SUPERVISOR=yes"), nil]
        defer { for word in arguments + environment { free(word) } }
        #expect(atoll_spawn(&supervisor, Self.agent, &arguments, &environment, nil, [-1, 1, 2]) == 0)
    }

    func signal(_ number: CInt) { kill(supervisor, number) }

    /// Waits for the end of the supervisor; returns its exit status.
    @discardableResult
    func wait() -> CInt {
        var status: CInt = 0
        while waitpid(supervisor, &status, 0) < 0, errno == EINTR {}
        return status & 0x7f == 0 ? (status >> 8) & 0xff : -1
    }

    /// From the start to the end of the pod.
    func run() throws -> PodExit {
        try start()
        return try end()
    }

    /// - Parameter expectedStatus: nil when the supervisor has been waited for.
    func end(expectedStatus: CInt? = 0) throws -> PodExit {
        if let expectedStatus { #expect(wait() == expectedStatus) }
        let record = try #require(try folder.record())
        guard case .ended(let exit) = record.observation else {
            Issue.record("the supervisor left \(record.observation)")
            throw AgentError(.damaged, "no exit")
        }
        return exit
    }

    func output() throws -> String {
        let piece = try OutputFiles.read(folder.path, from: .offset(0), bytesMax: 1 << 20)
        return String(decoding: piece.data, as: UTF8.self)
    }

    /// A named pipe in the pod's folder: `receive` waits until a container has written to it.
    func makePipe() -> String {
        let path = "\(base)/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        return path
    }

    static func receive(_ pipe: String) -> String {
        // Without O_NONBLOCK opening would wait for ever where the container does not live to write.
        let file = open(pipe, O_RDONLY | O_NONBLOCK)
        defer { close(file) }
        var descriptor = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
        #expect(poll(&descriptor, 1, 30_000) == 1, "the pod wrote nothing")
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = read(file, &buffer, buffer.count)
        return String(decoding: buffer[..<max(0, count)], as: UTF8.self).split(separator: "\n").joined()
    }
}
