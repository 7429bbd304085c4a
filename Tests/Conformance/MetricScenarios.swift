import AtollTestSupport
import Testing

struct MetricScenarios {
    private static let counter = Verdict.missing("a counter of the metrics endpoint; the event it would count is there")

    static let verdicts: Verdicts = ["METRIC-01": counter, "METRIC-02": counter]

    @Test func `METRIC-01: a JobSet that fails is one event`() throws {
        var fixture = try Fixture()
        fixture.fail("a-0")
        fixture.oldPodsEnd()
        #expect(fixture.eventReasons.count { $0 == "FailedJobs" } == 1)
    }

    @Test func `METRIC-02: a JobSet that completes is one event`() throws {
        var fixture = try Fixture()
        fixture.completeAll()
        #expect(fixture.eventReasons.count { $0 == "AllJobsCompleted" } == 1)
    }
}
