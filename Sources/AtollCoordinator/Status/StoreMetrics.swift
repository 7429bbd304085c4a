import AtollCore
import AtollModel
import AtollStore

/// What the store's commits have cost since the coordinator started.
struct StoreMetrics: Sendable {
    /// From a change being handed to the store until it is durable.
    private(set) var latency = Histogram(
        bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000].map { Duration.milliseconds($0) }
    )
    private(set) var latencyLast = Duration.zero
    private var latencySum = Duration.zero
    /// Changes in all commits.
    private var changes: UInt64 = 0
    /// Changes in one commit.
    private(set) var batchMax = 0

    /// - Parameter report: of one transaction; the coordinator has one under way at a time.
    mutating func add(_ report: CommitReport) {
        latency.add(report.latency)
        latencyLast = report.latency
        latencySum += report.latency
        changes += UInt64(report.changes)
        batchMax = max(batchMax, report.changes)
    }

    var families: [MetricFamily] {
        let name = "atoll_store_commit_seconds"
        var samples = latency.cumulative.map { bound, count in
            MetricFamily.Sample(suffix: "_bucket", labels: ["le": "\(bound.inSeconds)"], value: Double(count))
        }
        samples += [
            .init(suffix: "_bucket", labels: ["le": "+Inf"], value: Double(latency.count)),
            .init(suffix: "_sum", value: latencySum.inSeconds),
            .init(suffix: "_count", value: Double(latency.count)),
        ]
        return [
            MetricFamily(name, .histogram, "Time from a change to its being durable, by commit.", samples),
            MetricFamily(
                "atoll_store_changes_total",
                .counter,
                "Changes that commits have made durable.",
                [.init(value: Double(changes))]
            ),
        ]
    }

    func status(bytes: UInt64) -> StoreStatus {
        StoreStatus(
            bytes: bytes,
            commits: latency.count,
            latencyMedian: latency.percentile(50) ?? .zero,
            latencyP99: latency.percentile(99) ?? .zero,
            latencyLast: latencyLast,
            latencyMax: latency.maximum ?? .zero,
            batchMax: UInt64(batchMax)
        )
    }
}
