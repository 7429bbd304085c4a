import AtollCore
import AtollModel
import AtollTestSupport
import Testing

struct MetricScenarios {
    static let verdicts: Verdicts = [:]

    private func samples(_ name: String, _ fixture: Fixture) -> [MetricFamily.Sample]? {
        fixture.cluster.core.metrics.first { $0.name == name }?.samples
    }

    private let one = [MetricFamily.Sample(labels: ["jobset_name": "js", "namespace": "default"], value: 1)]

    @Test func `METRIC-01: a JobSet that fails counts`() throws {
        var fixture = try Fixture()
        #expect(samples("jobset_failed_total", fixture) == [])
        fixture.fail("a-0")
        fixture.oldPodsEnd()
        #expect(samples("jobset_failed_total", fixture) == one)
        #expect(samples("jobset_completed_total", fixture) == [])
    }

    @Test func `METRIC-02: a JobSet that completes counts`() throws {
        var fixture = try Fixture()
        fixture.completeAll()
        #expect(samples("jobset_completed_total", fixture) == one)
        #expect(samples("jobset_failed_total", fixture) == [])
    }
}
