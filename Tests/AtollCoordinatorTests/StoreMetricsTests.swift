import AtollModel
import AtollStore
import Testing

@testable import AtollCoordinator

@Suite struct StoreMetricsTests {
    @Test func `a histogram tells in which range a percentile lies`() {
        var histogram = Histogram(bounds: [1, 2, 5, 10])
        #expect(histogram.percentile(50) == nil)
        for value in [1, 2, 2, 4, 7, 7, 7, 8, 9, 40] { histogram.add(value) }
        #expect(histogram.count == 10)
        #expect([1, 10, 11, 30, 31, 40, 41, 90].map { histogram.percentile($0) } == [1, 1, 2, 2, 5, 5, 10, 10])
        #expect([91, 99, 100].map { histogram.percentile($0) } == [40, 40, 40])
    }

    @Test func `no percentile is above the largest value`() {
        var histogram = Histogram(bounds: [10, 100])
        histogram.add(3)
        #expect(histogram.percentile(99) == 3)
    }

    @Test func `one slow commit in a hundred is the slowest and not yet the 99th`() {
        var metrics = StoreMetrics()
        metrics.add(report(changes: 500, milliseconds: 700))
        for _ in 1..<100 { metrics.add(report(changes: 3, milliseconds: 4)) }
        #expect(
            metrics.status(bytes: 9)
                == StoreStatus(
                    bytes: 9,
                    commits: 100,
                    latencyMedian: .milliseconds(5),
                    latencyP99: .milliseconds(5),
                    latencyLast: .milliseconds(4),
                    latencyMax: .milliseconds(700),
                    batchMax: 500
                )
        )
        metrics.add(report(changes: 1, milliseconds: 600))
        #expect(metrics.status(bytes: 9).latencyP99 == .milliseconds(700))
    }

    @Test func `before the first commit everything is zero`() {
        #expect(StoreMetrics().status(bytes: 0) == StoreStatus())
    }

    private func report(changes: Int, milliseconds: Int) -> CommitReport {
        CommitReport(
            batches: 1,
            changes: changes,
            duration: .milliseconds(milliseconds),
            latency: .milliseconds(milliseconds)
        )
    }
}
