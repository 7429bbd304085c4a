/// One thing that is measured, by the name users give to `scripts/bench`.
struct Benchmark: Sendable {
    let name: String
    /// What is done, in one line for the report.
    let what: String
    let unit: Unit
    /// The figure to reach, in `unit`; nil where none is set.
    var reach: Double?
    var peer: Peer?
    /// It is run against a coordinator in another process, which has a core to itself.
    var needsCoordinator = false
    /// How large it is made, in hosts; several make a growth table. Empty: it has one size.
    var sizes: [Int] = []
    /// Does the work once, its untimed preparation included, and times what counts.
    let run: @Sendable (_ size: Int, _ stopwatch: inout Stopwatch) async throws -> Void

    /// The same, with a core for the coordinator.
    var besideCoordinator: Benchmark {
        var benchmark = self
        benchmark.needsCoordinator = true
        return benchmark
    }

    /// Another system's published figure for the like of this.
    struct Peer: Codable, Sendable {
        /// In the benchmark's unit.
        let value: Double
        let source: String
        /// False when the peer's figure covers more than ours does, so that the ratio flatters us.
        let isLikeForLike: Bool
    }

    enum Unit: String, Codable, Sendable {
        case milliseconds = "ms"
        case microseconds = "us"
        case nanoseconds = "ns"
        case perSecond = "/s"
        case bytes = "B"
        /// Operations of another process in a second of its processor time.
        case perCPUSecond = "/CPU s"
        /// Of the time, on a processor.
        case percent = "%"

        /// One run's figure: time for each operation, operations in a second, or the number that was counted.
        func value(of stopwatch: Stopwatch) -> Double {
            let seconds = stopwatch.seconds / Double(stopwatch.operations)
            return switch self {
            case .milliseconds: seconds * 1e3
            case .microseconds: seconds * 1e6
            case .nanoseconds: seconds * 1e9
            case .perSecond: 1 / seconds
            case .bytes: Double(stopwatch.counted)
            case .perCPUSecond: Double(stopwatch.operations) / stopwatch.cpuSeconds
            case .percent: stopwatch.cpuSeconds / stopwatch.seconds * 100
            }
        }

        var isBetterWhenLower: Bool { self != .perSecond && self != .perCPUSecond }
    }
}
