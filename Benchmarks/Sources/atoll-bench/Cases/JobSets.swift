import AtollCore
import AtollModel

extension Benchmark {
    /// The core's part of F2 and F3: no network, no store.
    static var jobSets: [Benchmark] {
        [
            Benchmark(
                name: "f2-core",
                what: "250 jobs x 15 pods, exclusive, on 5,000 hosts: apply until every start is an effect",
                unit: .milliseconds,
                reach: 150,
                peer: Peer(
                    value: 64_700,
                    source: "JobSet, 3,750 pods at 58/s; https://github.com/kubernetes-sigs/jobset/issues/174",
                    isLikeForLike: false
                ),
                run: { try start(hosts: 5_000, turn: nil, &$1) }
            ),
            Benchmark(
                name: "f2-core-acked",
                what: "the same, and every start is acknowledged, 64 agents to a turn",
                unit: .milliseconds,
                run: { try start(hosts: 5_000, turn: 64, &$1) }
            ),
            Benchmark(
                name: "f2-growth",
                what: "f2-core with a job of 15 pods for every 20 hosts",
                unit: .milliseconds,
                sizes: growthSizes,
                run: { try start(hosts: $0, turn: nil, &$1) }
            ),
            Benchmark(
                name: "f3-growth",
                what: "a JobSet with a pod on every host loses one: until every start of the new attempt is an effect; "
                    + "the ends of the old pods come in one turn",
                unit: .milliseconds,
                reach: 500,
                sizes: growthSizes,
                run: { try restart(hosts: $0, turn: .max, &$1) }
            ),
            Benchmark(
                name: "f3-turns",
                what: "the same, the ends of the old pods coming 64 to a turn",
                unit: .milliseconds,
                reach: 500,
                sizes: growthSizes,
                run: { try restart(hosts: $0, turn: 64, &$1) }
            ),
        ]
    }

    /// - Parameter turn: agents whose acknowledgements come in one turn; nil: they are not waited for.
    private static func start(hosts: Int, turn: Int?, _ stopwatch: inout Stopwatch) throws {
        var fleet = try Fleet(hosts: hosts, hostsPerIsland: 20)
        let manifest = Manifest(name: "training", jobs: hosts / 20, podsPerJob: 15)
        let apply = fleet.apply([try manifest.application()])
        let effects = stopwatch.time { fleet.turn([apply]) }
        let pods = manifest.jobs * manifest.podsPerJob
        guard effects.starts.count == pods else { throw BenchError("\(effects.starts.count) pods of \(pods) started") }
        guard let turn else { return }
        let answers = fleet.answers(to: effects)
        _ = stopwatch.time { fleet.turns(of: turn, answers) }
    }

    private static func restart(hosts: Int, turn: Int, _ stopwatch: inout Stopwatch) throws {
        var (fleet, first) = try runningFleet(hosts: hosts)
        guard let lost = first.starts.first else { throw BenchError("nothing runs") }
        let failure = fleet.failure(of: lost.pod, on: lost.session)
        let stops = stopwatch.time { fleet.turn([failure]) }
        let ends = fleet.answers(to: stops)
        let size = min(turn, ends.count)
        let restarted = stopwatch.time { fleet.turns(of: size, ends) }
        let started = stops.starts.count + restarted.starts.count
        guard started == first.starts.count else {
            throw BenchError("\(started) pods of \(first.starts.count) started again")
        }
    }

    /// A cluster in which one JobSet of 15 pods for each island runs on all hosts, and what started it.
    static func runningFleet(hosts: Int) throws -> (Fleet, Effects) {
        let islands = hosts / 15
        var fleet = try Fleet(hosts: islands * 15, hostsPerIsland: 15)
        let manifest = Manifest(name: "training", jobs: islands, podsPerJob: 15)
        let apply = fleet.apply([try manifest.application()])
        var effects = fleet.turn([apply])
        let answers = fleet.answers(to: effects)
        effects.persist += fleet.turn(answers).persist
        return (fleet, effects)
    }
}
