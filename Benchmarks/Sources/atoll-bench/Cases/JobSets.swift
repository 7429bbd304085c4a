import AtollCore
import AtollJobSet
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
                what:
                    "a JobSet with a job of 15 pods for every 20 hosts, exclusive: apply until every start is an effect",
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
                what:
                    "the same as f3-growth, a JobSet that loses a pod, but the ends of the old pods come 64 to a turn",
                unit: .milliseconds,
                reach: 500,
                sizes: growthSizes,
                run: { try restart(hosts: $0, turn: 64, &$1) }
            ),
            Benchmark(
                name: "f4-turns",
                what: "a JobSet with a pod on every host restarts in place: from one pod at the next attempt until all "
                    + "are ready there; what agents say comes 64 to a turn",
                unit: .milliseconds,
                reach: 200,
                sizes: growthSizes,
                run: { try restartInPlace(hosts: $0, turn: 64, &$1) }
            ),
            Benchmark(
                name: "f12-core",
                what:
                    "a JobSet of 100,000 pods on as many hosts, 100 to an island: apply until every start is an effect",
                unit: .milliseconds,
                reach: 1_000,
                run: { try startHuge(&$1) }
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

    private static func restartInPlace(hosts: Int, turn: Int, _ stopwatch: inout Stopwatch) throws {
        let manifest = Manifest(name: "training", jobs: hosts / 15, podsPerJob: 15, restartsInPlace: true)
        var (fleet, first) = try runningFleet(of: manifest)
        guard let leader = first.starts.first else { throw BenchError("nothing runs") }
        fleet.turn(fleet.answers(to: fleet.turn([])))
        let failure = fleet.comesToAttempt(1, leader.pod, on: leader.session)
        let going = stopwatch.time { fleet.turn([failure]) }
        let arrivals = fleet.answers(to: going)
        let released = stopwatch.time { fleet.turns(of: turn, arrivals) }
        let beginnings = fleet.answers(to: released)
        _ = stopwatch.time { fleet.turns(of: turn, beginnings) }
        let status = fleet.core.jobSetRuns.first?.jobSet.status
        guard status?.currentInPlaceRestartAttempt == 1,
            status?.replicatedJobsStatus.first.map({ Int($0.ready) }) == manifest.jobs
        else { throw BenchError("not all pods are ready at attempt 1: \(status as Any)") }
    }

    private static func startHuge(_ stopwatch: inout Stopwatch) throws {
        var fleet = try Fleet(hosts: 100_000, hostsPerIsland: 100)
        let manifest = Manifest(name: "training", jobs: 1_000, podsPerJob: 100)
        let apply = fleet.apply([try manifest.application()])
        let effects = stopwatch.time { fleet.turn([apply]) }
        guard effects.starts.count == 100_000 else { throw BenchError("\(effects.starts.count) pods started") }
    }

    /// A cluster in which one JobSet of 15 pods for each island runs on all hosts, and what started it.
    static func runningFleet(hosts: Int) throws -> (Fleet, Effects) {
        try runningFleet(of: Manifest(name: "training", jobs: hosts / 15, podsPerJob: 15))
    }

    /// The same of a manifest whose jobs take one island each.
    private static func runningFleet(of manifest: Manifest) throws -> (Fleet, Effects) {
        var fleet = try Fleet(hosts: manifest.jobs * manifest.podsPerJob, hostsPerIsland: manifest.podsPerJob)
        let apply = fleet.apply([try manifest.application()])
        var effects = fleet.turn([apply])
        let answers = fleet.answers(to: effects)
        effects.persist += fleet.turn(answers).persist
        return (fleet, effects)
    }
}
