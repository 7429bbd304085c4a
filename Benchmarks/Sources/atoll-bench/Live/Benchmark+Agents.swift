import AtollClient
import AtollModel
import Foundation

extension Benchmark {
    /// F11 and F13: real agents, and real pods.
    static var agents: [Benchmark] {
        guard Programs.folder != nil else { return [] }
        return
            ([
                Benchmark(
                    name: "f11-start",
                    what: "an agent of a host with 8 devices: from its start until the coordinator has its report",
                    unit: .milliseconds,
                    reach: 50,
                    run: { _, stopwatch in
                        try await RealAgents.with(1, kind: "h100") { cluster, agents in
                            try await cluster.time(&stopwatch) { try await agents.start() }
                        }
                    }
                ),
                Benchmark(
                    name: "f11-bytes",
                    what: "resident memory of that agent after 5 s",
                    unit: .bytes,
                    reach: 7_000_000,
                    peer: Peer(value: 7_500_000, source: "slurmd 22.05 on this kind of machine", isLikeForLike: true),
                    run: { _, stopwatch in try await rest(seconds: 5, &stopwatch) }
                ),
                Benchmark(
                    name: "f11-cpu",
                    what: "its share of a core over a minute, a look at its host included",
                    unit: .percent,
                    reach: 0.05,
                    run: { _, stopwatch in try await rest(seconds: 60, &stopwatch) }
                ),
            ] + realPods).map(\.besideCoordinator)
    }

    private static func rest(seconds: Int, _ stopwatch: inout Stopwatch) async throws {
        try await RealAgents.with(1, kind: "h100") { _, agents in
            try await agents.start()
            let before = agents.usage?.cpuSeconds ?? 0
            try await Task.sleep(for: .seconds(seconds))
            guard let usage = agents.usage else { throw BenchError("there is no agent") }
            stopwatch.add(seconds: Double(seconds), cpuSeconds: usage.cpuSeconds - before)
            stopwatch.counted = usage.residentKiB * 1024
            stopwatch.peakResidentKiB = usage.peakResidentKiB
        }
    }

    private static var realPods: [Benchmark] {
        [
            Benchmark(
                name: "f13",
                what: "256 agents and a pod with a real process on each: apply until all run",
                unit: .milliseconds,
                reach: 1_000,
                peer: Peer(value: 4_500, source: "Slurm 22.05 on this kind of machine", isLikeForLike: true),
                run: { _, stopwatch in
                    try await withRealPods { cluster, manifest in
                        try await cluster.time(&stopwatch) {
                            try await cluster.apply(manifest)
                            try await cluster.waitUntilReady(manifest, pods: manifest.podsPerJob)
                        }
                    }
                }
            ),
            Benchmark(
                name: "f13-restart",
                what: "one of these processes is killed: until all pods run again",
                unit: .milliseconds,
                reach: 1_500,
                peer: Peer(value: 7_900, source: "Slurm 22.05 on this kind of machine, in place", isLikeForLike: true),
                run: { _, stopwatch in
                    try await withRealPods { cluster, manifest in
                        try await cluster.apply(manifest)
                        try await cluster.waitUntilReady(manifest, pods: manifest.podsPerJob)
                        try await cluster.time(&stopwatch) {
                            try killOne(of: manifest.command)
                            try await cluster.waitUntilReady(manifest, pods: manifest.podsPerJob, restarts: 1)
                        }
                    }
                }
            ),
        ]
    }

    private static func withRealPods(_ body: (LiveCluster, Manifest) async throws -> Void) async throws {
        var manifest = Manifest(name: "training", jobs: 1, podsPerJob: 256, devicesPerPod: 4)
        manifest.resource = AcceleratorVendor.google.resourceName
        // Nobody else sleeps for so long.
        manifest.command = ["sleep", "\(1_000_000 + getpid())"]
        try await RealAgents.with(256, kind: "tpu-v5e") { cluster, agents in
            try await agents.start()
            try await body(cluster, manifest)
            try await cluster.admin.delete(
                AdminRequest.Delete(kind: .jobsets, name: ObjectName(name: manifest.name))
            )
            try await cluster.wait(for: "the pods to be gone") {
                try await cluster.admin.list(AdminRequest.List(kind: .jobsets)).isEmpty
            }
        }
    }

    /// Kills the first process that was started as `command`.
    private static func killOne(of command: [String]) throws {
        let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }.sorted()
        let wanted = command.joined(separator: "\0") + "\0"
        guard
            let process = processes.first(where: { process in
                // One that has just ended has none.
                (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)) == wanted
            })
        else { throw BenchError("no process runs \(command)") }
        kill(process, SIGKILL)
    }
}
