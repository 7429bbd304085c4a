import AtollCore

extension Benchmark {
    /// F6: gangs of three pods with one device each, that share 5,000 hosts; one turn for each gang.
    static var gangs: [Benchmark] {
        [(1_000, 3.7), (2_000, 5.0), (3_000, 5.7)].map { count, milliseconds in
            Benchmark(
                name: "f6-gangs-\(count)",
                what:
                    "\(count) JobSets of one job with 3 pods, applied and started one by one on 5,000 hosts: mean of one",
                unit: .microseconds,
                reach: 50,
                peer: Peer(
                    value: milliseconds * 1000,
                    source: "kube-scheduler, mean of one PodGroup attempt; "
                        + "kubernetes:test/integration/scheduler_perf/gangscheduling/performance-config.yaml @1691311",
                    isLikeForLike: true
                ),
                run: { try start(gangs: count, &$1) }
            )
        }
    }

    private static func start(gangs: Int, _ stopwatch: inout Stopwatch) throws {
        var fleet = try Fleet(hosts: 5_000, hostsPerIsland: 20)
        let inputs = try (0..<gangs).map { number in
            let manifest = Manifest(
                name: "gang-\(number)",
                jobs: 1,
                podsPerJob: 3,
                isExclusive: false,
                devicesPerPod: 1
            )
            return fleet.apply([try manifest.application()])
        }
        stopwatch.timeEach(inputs, { fleet.turn([$0]) }, counting: { $0.starts.count })
        let started = stopwatch.counted
        guard started == gangs * 3 else { throw BenchError("\(started) pods of \(gangs * 3) started") }
    }
}
