import AtollClient
import AtollModel
import Foundation

/// Agents as users run them, each a process of its own with a host made of files, on the coordinator of a cluster.
final class RealAgents {
    let count: Int
    private let cluster: LiveCluster
    private let kind: String
    private var processes: [Process] = []
    /// In memory, as sysfs is. On a disk the files of 256 hosts, 36,000, would have been deleted just before the next run
    /// makes its pods' files, and ext4 without a journal passes over each inode that was deleted in the last minutes.
    private let hosts = URL(filePath: "/dev/shm/atoll-bench-\(UUID().uuidString)")

    private static let name = "agent"

    /// Makes the hosts, all of one island; starts nothing.
    init(_ count: Int, kind: String, on cluster: LiveCluster) throws {
        self.count = count
        self.cluster = cluster
        self.kind = kind
        let maker = try Programs.start(
            "atoll-agent",
            [
                "make-host", kind, "--into", hosts.path, "--name", Self.name, "--count", "\(count)",
                "--island", "\(Fleet.islandKey)=island-0",
            ],
            core: nil
        )
        maker.waitUntilExit()
        guard maker.terminationStatus == 0 else {
            stop()
            throw BenchError("atoll-agent make-host \(kind) failed")
        }
    }

    /// Until the coordinator has them all.
    func start() async throws {
        for number in 0..<count {
            let host = "\(Self.name)-\(number)"
            let process = try Programs.start(
                "atoll-agent",
                [
                    "run", "--root", hosts.appending(path: host).path, "--host", host, "--address", "127.0.0.1",
                    "--state", cluster.folder.appending(path: "state/\(host)").path,
                    "--coordinator", "127.0.0.1:\(cluster.port)", "--log-level", "error",
                ],
                core: nil
            )
            processes.append(process)
        }
        try await cluster.wait(for: "\(count) agents to be ready") {
            try await cluster.admin.status().hostsReady == UInt64(count)
        }
    }

    /// Of the first one.
    var usage: ProcessUsage? { processes.first.map { ProcessUsage(of: $0.processIdentifier) } }

    func stop() {
        for process in processes { process.terminate() }
        for process in processes { process.waitUntilExit() }
        // Nobody else looks for it.
        try? FileManager.default.removeItem(at: hosts)
    }

    /// Runs `body` with agents that are gone afterwards, and their pods before them.
    static func with(
        _ count: Int,
        kind: String,
        _ body: (LiveCluster, RealAgents) async throws -> Void
    ) async throws {
        try await LiveCluster.with(hosts: 0) { cluster in
            let agents = try RealAgents(count, kind: kind, on: cluster)
            do {
                try await body(cluster, agents)
            } catch {
                agents.stop()
                throw error
            }
            agents.stop()
        }
    }
}
