import AtollClient
import AtollFleet
import AtollModel

extension Benchmark {
    /// F3, F4 and F9.
    static var restarts: [Benchmark] {
        [
            Benchmark(
                name: "f3",
                what: "a JobSet with a pod on every host loses one: until all pods of the new attempt are ready",
                unit: .milliseconds,
                reach: 500,
                peer: Peer(
                    value: 60_000,
                    source: "JobSet, about 15,000 nodes; jobset:keps/262-ConfigurableFailurePolicy/README.md:62",
                    isLikeForLike: true
                ),
                sizes: growthSizes,
                run: { try await restart(hosts: $0, inPlace: false, &$1) }
            ),
            Benchmark(
                name: "f4",
                what: "a JobSet with a pod on every host loses one, and restarts in place: until all are ready again",
                unit: .milliseconds,
                reach: 200,
                peer: Peer(
                    value: 10_000,
                    source: "JobSet on 5,000 nodes; jobset:keps/467-InPlaceRestart/README.md",
                    isLikeForLike: true
                ),
                sizes: growthSizes,
                run: { try await restart(hosts: $0, inPlace: true, &$1) }
            ),
            Benchmark(
                name: "f9",
                what:
                    "kill -9 of a coordinator with a pod on every host: until the next one serves and all are reconciled",
                unit: .milliseconds,
                reach: 1_000,
                peer: Peer(
                    value: 1_000,
                    source: "slurmctld 22.05 with up to 10,000 nodes on this kind of machine, nothing reconciled",
                    isLikeForLike: false
                ),
                sizes: growthSizes,
                run: { hosts, stopwatch in
                    try await withRunning(hosts: hosts, inPlace: false) { cluster, manifest, pods in
                        try await cluster.time(&stopwatch) {
                            try await cluster.replaceCoordinator()
                            try await cluster.waitUntilConnected(times: 2)
                            try await cluster.waitUntilReady(manifest, pods: pods)
                        }
                        let started = await cluster.fleet.counts.containersStarted
                        guard started == pods else { throw BenchError("\(started - pods) pods were started again") }
                    }
                }
            ),
        ]
    }

    /// F8.
    static var failures: [Benchmark] {
        [
            Benchmark(
                name: "f8-exit",
                what: "a process of a JobSet of 1,000 pods dies: until every other pod was told",
                unit: .milliseconds,
                reach: 50,
                run: { _, stopwatch in
                    try await withRunning(hosts: 1_000, inPlace: false) { cluster, _, pods in
                        try await cluster.time(&stopwatch) {
                            try await cluster.command("fail host-7")
                            _ = await cluster.fleet.reach { $0.failed >= pods }
                        }
                    }
                }
            ),
            Benchmark(
                name: "f8-silence",
                what:
                    "a host of a JobSet of 1,000 pods goes silent, with a lease of 2 s: until every other pod was told",
                unit: .milliseconds,
                reach: 3_000,
                peer: Peer(
                    value: 440_000,
                    source: "Kubernetes and Kueue by default; kueue:keps/6757-failure-recovery/README.md",
                    isLikeForLike: true
                ),
                run: { _, stopwatch in
                    try await withRunning(hosts: 1_000, lease: 2, inPlace: false) { cluster, _, pods in
                        try await cluster.time(&stopwatch) {
                            try await cluster.command("partition host-7")
                            _ = await cluster.fleet.reach { $0.failed >= pods - 1 }
                        }
                    }
                }
            ),
        ]
    }

    private static func restart(hosts: Int, inPlace: Bool, _ stopwatch: inout Stopwatch) async throws {
        try await withRunning(hosts: hosts, inPlace: inPlace) { cluster, manifest, pods in
            try await cluster.time(&stopwatch) {
                try await cluster.command("fail host-7")
                try await cluster.waitUntilReady(manifest, pods: pods, restarts: 1)
            }
        }
    }

    /// A cluster in which one JobSet runs on every host, with a job of 15 pods for each island.
    private static func withRunning(
        hosts: Int,
        lease: Int = 10,
        inPlace: Bool,
        _ body: (LiveCluster, Manifest, _ pods: Int) async throws -> Void
    ) async throws {
        let manifest = Manifest(name: "training", jobs: hosts / 15, podsPerJob: 15, restartsInPlace: inPlace)
        let pods = manifest.jobs * manifest.podsPerJob
        try await LiveCluster.with(hosts: pods, lease: lease) { cluster in
            try await cluster.boot()
            try await cluster.apply(manifest)
            try await cluster.waitUntilReady(manifest, pods: pods)
            try await body(cluster, manifest, pods)
        }
    }
}
