import CAtollLinux
import Glibc
import Testing

@testable import AtollAgent

/// The real agent, with folders of its own.
final class AgentProcess {
    let base: String
    private(set) var process: Int32 = 0
    private let port: UInt16

    init(coordinator: FakeCoordinator) throws {
        var template = Array("/tmp/atoll-agent-XXXXXX".utf8CString)
        base = try #require(mkdtemp(&template).map { String(cString: $0) })
        port = coordinator.port
        try Files.makeFolder(base + "/root")
    }

    deinit {
        if process > 0 {
            kill(process, SIGKILL)
            wait()
        }
        _ = try? Files.removeFolder(base)  // A leftover in /tmp is no failure.
    }

    var state: String { base + "/state" }

    func start(_ options: [String] = []) { process = spawn(options) }

    /// Starts a process that this object does not keep.
    func spawn(_ options: [String] = []) -> Int32 {
        let words =
            [
                "atoll-agent", "run", "--root", base + "/root", "--state", state, "--host", "host-a",
                "--address", "127.0.0.1", "--coordinator", "127.0.0.1:\(port)", "--log-level", "critical",
            ] + options
        var arguments = words.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        defer { for word in arguments { free(word) } }
        var process: Int32 = 0
        #expect(atoll_spawn(&process, SupervisedPod.agent, &arguments, &environment, nil, [-1, 1, -1]) == 0)
        return process
    }

    /// Waits for the end; returns the exit status, -1 for a signal.
    @discardableResult
    func wait() -> CInt {
        defer { process = 0 }
        return Self.wait(process)
    }

    static func wait(_ process: Int32) -> CInt {
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status & 0x7f == 0 ? (status >> 8) & 0xff : -1
    }
}
