import AtollCore
import AtollModel
import AtollStore
import Testing

@testable import AtollCoordinator

struct MetricTests {
    @Test func `metrics are written as Prometheus reads them`() {
        let families = [
            MetricFamily("a_total", .counter, "Counts.", [.init(labels: ["name": "x\"\\\n", "other": "y"], value: 1)]),
            MetricFamily("b_seconds", .gauge, "Seconds.", [.init(value: 0.25)]),
            MetricFamily("c", .gauge, "None.", []),
        ]
        #expect(
            families.text == """
                # HELP a_total Counts.
                # TYPE a_total counter
                a_total{name="x\\"\\\\\\n",other="y"} 1
                # HELP b_seconds Seconds.
                # TYPE b_seconds gauge
                b_seconds 0.25
                # HELP c None.
                # TYPE c gauge

                """
        )
    }

    @Test func `commits are a histogram whose ranges include the ones below`() {
        var metrics = StoreMetrics()
        for milliseconds in [1, 3, 20_000] {
            let took = Duration.milliseconds(milliseconds)
            metrics.add(CommitReport(batches: 1, changes: 2, duration: took, latency: took))
        }
        let text = metrics.families.text
        #expect(text.contains("atoll_store_commit_seconds_bucket{le=\"0.001\"} 1\n"))
        #expect(text.contains("atoll_store_commit_seconds_bucket{le=\"0.005\"} 2\n"))
        #expect(text.contains("atoll_store_commit_seconds_bucket{le=\"10.0\"} 2\n"))
        #expect(text.contains("atoll_store_commit_seconds_bucket{le=\"+Inf\"} 3\n"))
        #expect(text.contains("atoll_store_commit_seconds_sum 20.004\n"))
        #expect(text.contains("atoll_store_changes_total 6\n"))
    }
}
