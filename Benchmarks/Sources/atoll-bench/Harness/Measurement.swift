/// What one benchmark of one size gave.
struct Measurement: Codable, Sendable {
    let name: String
    let what: String
    let unit: Benchmark.Unit
    /// Hosts; nil for a benchmark of one size.
    let size: Int?
    /// One for each run after the warm-up, ascending.
    let values: [Double]
    /// Of the single operations of all those runs together; nil where they were not timed one by one, or are too few.
    let p99: Double?
    /// Of the timed part of the median run, user and system.
    let cpuSeconds: Double
    /// Of one operation, user and system, in the run that took the least.
    let operationCPUSecondsMin: Double
    /// Of the whole process that is measured, preparation included, in KiB.
    let peakResidentKiB: Int
    let reach: Double?
    let peer: Benchmark.Peer?

    var min: Double { values.first ?? .nan }
    var median: Double { values.isEmpty ? .nan : values[values.count / 2] }
    var max: Double { values.last ?? .nan }

    /// How many times better than the peer's figure; below 1 it is worse.
    var ratio: Double? { peer.map { unit.isBetterWhenLower ? $0.value / median : median / $0.value } }

    var isReached: Bool? { reach.map { unit.isBetterWhenLower ? median <= $0 : median >= $0 } }

    init(of benchmark: Benchmark, size: Int?, runs: Int) async throws {
        var stopwatches: [Stopwatch] = []
        for _ in 0...runs {
            var stopwatch = Stopwatch()
            try await benchmark.run(size ?? 0, &stopwatch)
            stopwatches.append(stopwatch)
        }
        // The first fills caches and the allocator's pools.
        let counted = stopwatches.dropFirst().sorted {
            benchmark.unit.value(of: $0) < benchmark.unit.value(of: $1)
        }
        name = benchmark.name
        what = benchmark.what
        unit = benchmark.unit
        self.size = size
        values = counted.map { benchmark.unit.value(of: $0) }
        p99 = Percentile.value(99, of: counted.flatMap(\.operationSeconds)).map { seconds in
            var single = Stopwatch()
            single.add(seconds: seconds, cpuSeconds: 0)
            return benchmark.unit.value(of: single)
        }
        cpuSeconds = counted.isEmpty ? 0 : counted[counted.count / 2].cpuSeconds
        operationCPUSecondsMin = counted.map { $0.cpuSeconds / Double($0.operations) }.min() ?? .nan
        peakResidentKiB = stopwatches.compactMap(\.peakResidentKiB).max() ?? ResidentMemory.peakKiB
        reach = benchmark.reach
        peer = benchmark.peer
    }
}
