import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct ManagedScenarios {
    static let verdicts: Verdicts = ["MANAGED-02": .differs(.objects)]

    @Test(arguments: [false, true]) func `MANAGED-01: another manager's JobSet gets no jobs`(suspended: Bool) throws {
        var fixture = try Fixture {
            $0.managedBy = "acme.io/queue"
            $0.suspend = suspended
        }
        #expect(fixture.jobs.isEmpty)
        fixture.update { $0.suspend.toggle() }
        #expect(fixture.jobs.isEmpty && fixture.cluster.wanted.isEmpty)
        fixture.update { $0.suspend.toggle() }
        #expect(fixture.jobs.isEmpty && fixture.cluster.wanted.isEmpty)
    }

    @Test(arguments: [0, 1]) func `MANAGED-02: and its status is left alone`(jobs: Int) throws {
        var fixture = try Fixture(Array([.example("a")].prefix(jobs))) { $0.managedBy = "acme.io/queue" }
        #expect(fixture.status == JobSetStatus())
        fixture.update { $0.suspend = true }
        #expect(fixture.status == JobSetStatus())
        #expect(fixture.eventReasons.isEmpty)
        fixture.cluster.order(.deleteJobSet(ObjectName(name: "js")))
        #expect(fixture.cluster.run() == nil)
    }
}
