import AtollClient
import AtollFleet
import AtollModel

extension Benchmark {
    /// F1 to F3, F7 to F10 and F12: the whole system but for the processes of pods. Left out where `scripts/bench` has
    /// not built the coordinator.
    static var live: [Benchmark] {
        guard Programs.folder != nil else { return [] }
        return (registration + starts + restarts + heartbeats + failures + shortJobs).map(\.besideCoordinator)
    }

    private static var registration: [Benchmark] {
        [
            Benchmark(
                name: "f1",
                what: "all agents connect at once and report 8 devices each: until all hosts are ready",
                unit: .milliseconds,
                reach: 3_000,
                sizes: growthSizes,
                run: { hosts, stopwatch in
                    try await LiveCluster.with(hosts: hosts) { cluster in
                        try await cluster.time(&stopwatch) { try await cluster.boot() }
                    }
                }
            ),
            Benchmark(
                name: "f1-bytes",
                what: "resident memory that the coordinator has for each of 15,000 hosts",
                unit: .bytes,
                reach: 10_240,
                run: { _, stopwatch in
                    try await LiveCluster.with(hosts: 15_000) { cluster in
                        let before = cluster.coordinator.usage.residentKiB
                        try await cluster.time(&stopwatch) { try await cluster.boot() }
                        stopwatch.counted = (cluster.coordinator.usage.residentKiB - before) * 1024 / cluster.hosts
                    }
                }
            ),
        ]
    }

    private static var starts: [Benchmark] {
        [
            Benchmark(
                name: "f2",
                what: "250 jobs x 15 pods, exclusive, on 5,000 hosts: apply until every start is acknowledged",
                unit: .milliseconds,
                reach: 150,
                peer: Peer(
                    value: 64_700,
                    source: "JobSet, 3,750 pods at 58/s; https://github.com/kubernetes-sigs/jobset/issues/174",
                    isLikeForLike: true
                ),
                run: { try await start(hosts: 5_000, &$1) }
            ),
            Benchmark(
                name: "f2-live-growth",
                what: "a JobSet with a job of 15 pods for every 20 hosts: apply until every start is acknowledged",
                unit: .milliseconds,
                sizes: growthSizes,
                run: { try await start(hosts: $0, &$1) }
            ),
            Benchmark(
                name: "f12",
                what: "a JobSet of 100,000 pods on 12,500 hosts: apply until all have places that are on disk",
                unit: .milliseconds,
                reach: 1_000,
                run: { _, stopwatch in
                    try await LiveCluster.with(hosts: 12_500, hostsPerIsland: 100) { cluster in
                        try await cluster.boot()
                        try await cluster.time(&stopwatch) {
                            try await cluster.apply(many)
                            await cluster.waitUntilPlaced()
                        }
                    }
                }
            ),
            Benchmark(
                name: "f12-started",
                what: "a JobSet of 100,000 pods on 12,500 hosts: apply until all have started",
                unit: .milliseconds,
                run: { try await start(many, hosts: 12_500, hostsPerIsland: 100, &$1) }
            ),
        ]
    }

    private static var many: Manifest {
        Manifest(name: "training", jobs: 1_000, podsPerJob: 100, isExclusive: false, devicesPerPod: 1)
    }

    private static func start(hosts: Int, _ stopwatch: inout Stopwatch) async throws {
        let manifest = Manifest(name: "training", jobs: hosts / 20, podsPerJob: 15)
        try await start(manifest, hosts: hosts, hostsPerIsland: 20, &stopwatch)
    }

    private static func start(
        _ manifest: Manifest,
        hosts: Int,
        hostsPerIsland: Int,
        _ stopwatch: inout Stopwatch
    ) async throws {
        try await LiveCluster.with(hosts: hosts, hostsPerIsland: hostsPerIsland) { cluster in
            try await cluster.boot()
            try await cluster.time(&stopwatch) {
                try await cluster.apply(manifest)
                try await cluster.waitUntilReady(manifest, pods: manifest.jobs * manifest.podsPerJob)
            }
        }
    }

    private static var heartbeats: [Benchmark] {
        [
            Benchmark(
                name: "f7",
                what: "heartbeats of 15,000 agents, each 0.3 s: those that one second of a core takes, each answered",
                unit: .perCPUSecond,
                run: { _, stopwatch in try await heartbeats(hosts: 15_000, lease: 1, &stopwatch) }
            ),
            Benchmark(
                name: "f7-share",
                what: "13,000 heartbeats a second: their share of a core",
                unit: .percent,
                reach: 3,
                run: { _, stopwatch in try await heartbeats(hosts: 11_700, lease: 3, &stopwatch) }
            ),
        ]
    }

    private static func heartbeats(hosts: Int, lease: Int, _ stopwatch: inout Stopwatch) async throws {
        try await LiveCluster.with(hosts: hosts, lease: lease) { cluster in
            try await cluster.boot()
            let before = await cluster.fleet.counts.heartbeats
            try await cluster.time(&stopwatch) { try await Task.sleep(for: .seconds(5)) }
            stopwatch.operations = await cluster.fleet.counts.heartbeats - before
        }
    }

    private static var shortJobs: [Benchmark] {
        [
            Benchmark(
                name: "f10",
                what: "20,000 JobSets of one pod that ends at once, 64 applied at a time: completed in a second",
                unit: .perSecond,
                reach: 2_000,
                peer: Peer(
                    value: 885,
                    source: "Flux, end to end; https://github.com/flux-framework/flux-core/pull/7625",
                    isLikeForLike: true
                ),
                run: { try await completions(of: 0..<20_000, &$1) }
            ),
            Benchmark(
                name: "f10-kept",
                what: "the same for the last 10,000 of 100,000, all kept",
                unit: .perSecond,
                reach: 2_000,
                run: { try await completions(of: 90_000..<100_000, &$1) }
            ),
        ]
    }

    private static func completions(of counted: Range<Int>, _ stopwatch: inout Stopwatch) async throws {
        let habits = { (description: inout FleetDescription) in description.pods.runTime = .zero }
        try await LiveCluster.with(hosts: 256, change: habits) { cluster in
            try await cluster.boot()
            try await cluster.complete(0..<counted.lowerBound)
            try await cluster.time(&stopwatch) { try await cluster.complete(counted) }
            stopwatch.operations = counted.count
        }
    }
}

extension LiveCluster {
    /// Applies JobSets of one pod, 64 at a time, and waits until those and all before them are completed.
    fileprivate func complete(_ numbers: Range<Int>) async throws {
        guard !numbers.isEmpty else { return }
        let admin = admin
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in numbers {
                if number - numbers.lowerBound >= 64 { try await group.next() }
                group.addTask {
                    let manifest = Manifest.single("short-\(number)")
                    _ = try await admin.apply(AdminRequest.Apply(manifest: manifest.yaml, source: manifest.name))
                }
            }
            try await group.waitForAll()
        }
        _ = await fleet.reach { $0.succeeded == numbers.upperBound }
        try await wait(for: "all JobSets to be completed") {
            let counts = try await admin.status().jobSets
            return counts.first { $0.state == .completed }?.count == UInt64(numbers.upperBound)
        }
    }
}
