import AtollCore

extension Benchmark {
    /// F5: a JobSet that wants 4 % of the islands of a cluster that is 80 % busy.
    static var placement: [Benchmark] {
        [
            Benchmark(
                name: "f5-place",
                what:
                    "250 islands found among 6,250 (100,000 hosts of 16 to an island, 80 % busy), claims taken, one of the "
                    + "250 jobs started",
                unit: .milliseconds,
                reach: 5,
                run: { try place(hosts: 100_000, holdsBack: true, &$1) }
            ),
            Benchmark(
                name: "f5-place-start",
                what: "the same, and all 4,000 pods are started",
                unit: .milliseconds,
                run: { try place(hosts: 100_000, holdsBack: false, &$1) }
            ),
            Benchmark(
                name: "f5-growth",
                what: "4 % of the islands found where 80 % are busy, claims taken, one of the jobs started",
                unit: .milliseconds,
                sizes: growthSizes,
                run: { try place(hosts: $0, holdsBack: true, &$1) }
            ),
        ]
    }

    private static func place(hosts: Int, holdsBack: Bool, _ stopwatch: inout Stopwatch) throws {
        var fleet = try Fleet(hosts: hosts, hostsPerIsland: 16)
        let islands = hosts / 16
        let busy = Manifest(name: "busy", jobs: islands * 8 / 10, podsPerJob: 16, wantsHostNames: false)
        let applied = fleet.apply([try busy.application()])
        fleet.turn([applied])

        let wanted = Manifest(
            name: "wanted",
            jobs: max(2, islands / 25),
            podsPerJob: 16,
            holdsBackAllButOne: holdsBack,
            wantsHostNames: false
        )
        let apply = fleet.apply([try wanted.application()])
        var effects = Effects()
        fleet.core.handle(apply, at: fleet.now, into: &effects)
        effects = stopwatch.time { fleet.turn([]) }
        let pods = holdsBack ? 16 : wanted.jobs * 16
        guard effects.starts.count == pods else { throw BenchError("\(effects.starts.count) pods of \(pods) started") }
    }
}
