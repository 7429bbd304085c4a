import AtollCore
import AtollModel

extension Benchmark {
    /// F1, F7: what agents say, in the core alone.
    static var sessions: [Benchmark] {
        [
            Benchmark(
                name: "f1-core",
                what: "all hosts connect and report 8 devices each, in one turn",
                unit: .milliseconds,
                sizes: growthSizes,
                run: { hosts, stopwatch in
                    var fleet = try Fleet(restoring: StoredState(), hosts: hosts, hostsPerIsland: 16)
                    let arrivals = (0..<hosts).flatMap { fleet.arrival(of: $0, with: []) }
                    _ = stopwatch.time { fleet.turn(arrivals) }
                }
            ),
            Benchmark(
                name: "f7-heartbeat-core",
                what: "one heartbeat, of hosts that run a pod each, 64 to a turn",
                unit: .nanoseconds,
                sizes: growthSizes,
                run: { try heartbeats(hosts: $0, &$1) }
            ),
            Benchmark(
                name: "f7-status-core",
                what: "one status batch with one running pod that is known already, 64 to a turn",
                unit: .nanoseconds,
                sizes: growthSizes,
                run: { try repeatedStatus(hosts: $0, &$1) }
            ),
        ]
    }

    private static func heartbeats(hosts: Int, _ stopwatch: inout Stopwatch) throws {
        var (fleet, _) = try runningFleet(hosts: hosts)
        let inputs = (0..<10 * fleet.hosts).map { Input.session(Fleet.session($0 % fleet.hosts), .heartbeat()) }
        stopwatch.operations = inputs.count
        _ = stopwatch.time { fleet.turns(of: 64, inputs) }
    }

    private static func repeatedStatus(hosts: Int, _ stopwatch: inout Stopwatch) throws {
        var (fleet, effects) = try runningFleet(hosts: hosts)
        let inputs = fleet.answers(to: effects)
        stopwatch.operations = inputs.count
        _ = stopwatch.time { fleet.turns(of: 64, inputs) }
        effects = Effects()
    }
}
