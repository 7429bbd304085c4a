import AtollClient
import Foundation
import Glibc

/// `atoll-coordinator` as users run it, with its own store, on a core of its own where there are two.
struct CoordinatorProcess {
    let socket: String
    private let process: Process

    /// The core that it is held to; the fleet has the other.
    static let core = 0

    /// - Parameter lease: seconds; heartbeats come every 0.3 of it.
    init(folder: URL, port: UInt16, lease: Int) throws {
        socket = folder.appending(path: "coordinator.sock").path
        // Of one that was killed; the next one's tells that it listens.
        try? FileManager.default.removeItem(atPath: socket)
        process = try Programs.start(
            "atoll-coordinator",
            [
                "run", "--data", folder.appending(path: "store").path, "--listen", "127.0.0.1:\(port)", "--socket",
                socket,
                "--lease", "\(lease)", "--log-level", "error",
            ],
            core: Self.core
        )
    }

    /// Once it serves.
    func connect() async throws -> AdminConnection {
        while process.isRunning {
            // Bound, and perhaps not yet listening.
            if FileManager.default.fileExists(atPath: socket),
                let connection = try? await AdminConnection.connect(to: socket)
            {
                return connection
            }
            try await Task.sleep(for: .milliseconds(1))
        }
        throw BenchError("the coordinator ended with status \(process.terminationStatus)")
    }

    /// As by `kill -9`.
    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    var usage: ProcessUsage { ProcessUsage(of: process.processIdentifier) }
}

/// The programs that are measured.
enum Programs {
    /// The folder that `scripts/bench` has built them into.
    static var folder: String? { ProcessInfo.processInfo.environment["ATOLL_BIN"] }

    static func start(_ name: String, _ arguments: [String], core: Int?) throws -> Process {
        guard let folder else { throw BenchError("ATOLL_BIN names no folder with \(name); use scripts/bench") }
        let process = Process()
        prepare(process, folder + "/" + name, arguments, core: core)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// util-linux; without it, and on one core, the kernel shares out the cores.
    private static let taskset = "/usr/bin/taskset"

    static func prepare(_ process: Process, _ path: String, _ arguments: [String], core: Int?) {
        let isPinned =
            ProcessInfo.processInfo.processorCount > 1 && FileManager.default.isExecutableFile(atPath: taskset)
        if let core, isPinned {
            process.executableURL = URL(filePath: taskset)
            process.arguments = ["-c", "\(core)", path] + arguments
        } else {
            process.executableURL = URL(filePath: path)
            process.arguments = arguments
        }
    }
}
