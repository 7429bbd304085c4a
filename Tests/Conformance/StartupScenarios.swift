import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct StartupScenarios {
    static let verdicts: Verdicts = [:]

    private func inOrder(suspended: Bool = false) throws -> Fixture {
        try Fixture {
            $0.startupOrder = .inOrder
            $0.suspend = suspended
        }
    }

    @Test func `STARTUP-01: in order, only the first job is made`() throws {
        let fixture = try inOrder()
        #expect(fixture.jobs == ["a-0"])
        #expect(fixture[.startupPolicyInProgress]?.status == true)
        #expect(fixture[.startupPolicyInProgress]?.reason == "InOrderStartupPolicyInProgress")
    }

    @Test func `STARTUP-02: the next ones when it is ready, and that is not the end of it`() throws {
        var fixture = try inOrder()
        fixture.ready("a")
        #expect(fixture.jobs == ["a-0", "b-0", "b-1", "b-2"])
        #expect(fixture.counts == "a: active 1 ready 1, b: active 3")
        #expect(fixture[.startupPolicyInProgress]?.status == true)
        #expect(fixture[.startupPolicyCompleted] == nil)
    }

    @Test func `STARTUP-03: the order is done when the last ones are ready`() throws {
        var fixture = try inOrder()
        fixture.ready("a")
        fixture.ready("b")
        #expect(fixture[.startupPolicyCompleted]?.status == true)
        #expect(fixture[.startupPolicyInProgress]?.status == false)
        #expect(fixture.counts == "a: active 1 ready 1, b: active 3 ready 3")
    }

    @Test func `STARTUP-04: while suspended, all jobs are made whatever the order`() throws {
        let fixture = try inOrder(suspended: true)
        #expect(fixture.counts == "a: suspended 1, b: suspended 3")
        #expect(fixture.jobs.count == 4)
        #expect(fixture[.startupPolicyInProgress] == nil)
    }

    @Test func `STARTUP-05: the same without an order`() throws {
        let fixture = try Fixture { $0.suspend = true }
        #expect(fixture.counts == "a: suspended 1, b: suspended 3")
        #expect(fixture.jobs.count == 4)
    }

    @Test func `STARTUP-06: without an order all are resumed at once`() throws {
        var fixture = try Fixture { $0.suspend = true }
        fixture.update { $0.suspend = false }
        #expect(fixture.suspendedJobs.isEmpty)
        #expect(fixture.counts == "a: active 1, b: active 3")
    }

    @Test func `STARTUP-07: in order they are resumed one after the other`() throws {
        var fixture = try inOrder(suspended: true)
        fixture.update { $0.suspend = false }
        #expect(fixture.counts == "a: active 1, b: suspended 3")
        fixture.ready("a")
        #expect(fixture.counts == "a: active 1 ready 1, b: active 3")
        #expect(fixture[.startupPolicyInProgress]?.status == true)
        fixture.ready("b")
        #expect(fixture[.startupPolicyCompleted]?.status == true)
        #expect(fixture[.startupPolicyInProgress]?.status == false)
    }

    @Test func `STARTUP-08: jobs have started that are ready or have succeeded, not those that are active`() throws {
        let jobs = [ReplicatedJob.example("a", replicas: 4), .example("b")]
        var allReady = try Fixture(jobs) { $0.startupOrder = .inOrder }
        #expect(allReady["a"]?.active == 4 && allReady["b"]?.active == 0)
        allReady.ready("a")
        #expect(allReady["b"]?.active == 1)
        var mixed = try Fixture(jobs) { $0.startupOrder = .inOrder }
        mixed.complete("a-0", "a-1")
        mixed.cluster.start(["js-a-2-0"])
        #expect(mixed["b"]?.active == 0)
        mixed.cluster.start(["js-a-3-0"])
        #expect(mixed["b"]?.active == 1)
    }

    @Test func `STARTUP-09: without an order all start at once`() throws {
        let fixture = try Fixture { $0.startupOrder = .anyOrder }
        #expect(fixture.counts == "a: active 1, b: active 3")
        #expect(fixture[.startupPolicyInProgress] == nil && fixture[.startupPolicyCompleted] == nil)
    }
}
