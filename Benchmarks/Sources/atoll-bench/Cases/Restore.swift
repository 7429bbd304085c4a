import AtollCore
import AtollModel

extension Benchmark {
    /// The core's part of F9: what is read from the store becomes a core, and the agents come back to it.
    static var restore: [Benchmark] {
        [
            Benchmark(
                name: "f9-restore",
                what:
                    "a core made from the records of as many hosts and pods as there are hosts, first settle included",
                unit: .milliseconds,
                sizes: growthSizes,
                run: { try restore(hosts: $0, reconnecting: false, &$1) }
            ),
            Benchmark(
                name: "f9-reconnect",
                what:
                    "all agents connect to a core that was made from its records, and report their facts and pods, 64 to a turn",
                unit: .milliseconds,
                sizes: growthSizes,
                run: { try restore(hosts: $0, reconnecting: true, &$1) }
            ),
        ]
    }

    private static func restore(hosts: Int, reconnecting: Bool, _ stopwatch: inout Stopwatch) throws {
        let (before, stored, starts) = try storedCluster(hosts: hosts)
        let make = { () throws -> Fleet in
            var fleet = try Fleet(restoring: stored, hosts: before.hosts, hostsPerIsland: before.hostsPerIsland)
            fleet.turn([])
            return fleet
        }
        guard reconnecting else {
            _ = try stopwatch.time(make)
            return
        }
        var fleet = try make()
        let arrivals = starts.flatMap { session, pod in
            let report = PodReport(pod: pod, observation: .running(since: before.now.wall))
            return fleet.arrival(of: Int(session.rawValue) - 1, with: [report])
        }
        // Three inputs for each agent.
        let effects = stopwatch.time { fleet.turns(of: 3 * 64, arrivals) }
        guard effects.stops.isEmpty else { throw BenchError("\(effects.stops.count) pods were stopped") }
    }

    /// A cluster whose every host runs a pod, and what its store holds.
    private static func storedCluster(hosts: Int) throws -> (Fleet, StoredState, [(session: SessionID, pod: PodID)]) {
        let (fleet, effects) = try runningFleet(hosts: hosts)
        var stored = StoredState()
        stored.take(effects.persist)
        stored.hosts = (0..<fleet.hosts).map {
            HostRecord(facts: fleet.facts(of: $0), instance: ObjectUID("instance-\($0)"))
        }
        stored.cluster = ClusterRecord(epoch: Epoch(1), jobIDPrefix: 1, nextJobNumber: 100_000, revision: 100_000)
        return (fleet, stored, effects.starts)
    }
}
