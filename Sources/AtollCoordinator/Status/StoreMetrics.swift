import AtollModel
import AtollStore

/// What the store's commits have cost since the coordinator started.
struct StoreMetrics: Sendable {
    /// From a change being handed to the store until it is durable.
    private(set) var latency = Histogram(
        bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000].map { Duration.milliseconds($0) }
    )
    private(set) var latencyLast = Duration.zero
    /// Changes in one commit.
    private(set) var batchMax = 0

    /// - Parameter report: of one transaction; the coordinator has one under way at a time.
    mutating func add(_ report: CommitReport) {
        latency.add(report.latency)
        latencyLast = report.latency
        batchMax = max(batchMax, report.changes)
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
