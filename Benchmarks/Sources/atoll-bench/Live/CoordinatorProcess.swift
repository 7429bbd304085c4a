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

    var identifier: Int32 { process.processIdentifier }

    var usage: ProcessUsage { ProcessUsage(of: process.processIdentifier) }
}
