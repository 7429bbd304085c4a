import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct TimeToLiveScenarios {
    static let verdicts: Verdicts = ["TTL-02": .differs(.finalizers)]

    private func completed(_ ttl: Int32?) throws -> Fixture {
        var fixture = try Fixture { $0.ttlSecondsAfterFinished = ttl }
        fixture.completeAll()
        return fixture
    }

    @Test func `TTL-01: of two JobSets that end only the one with a time to live goes`() throws {
        var fixture = try Fixture { $0.ttlSecondsAfterFinished = 2 }
        fixture.cluster.apply(.example("other", [.example("c")]))
        fixture.readyAll()
        fixture.fail("b-0")
        #expect(fixture.jobs == ["b-0"])
        fixture.oldPodsEnd()
        fixture.cluster.end("other-c-0-0")
        fixture.cluster.wait(.milliseconds(1_999))
        #expect(fixture.cluster.run() != nil)
        fixture.cluster.wait(.milliseconds(1))
        #expect(fixture.cluster.run() == nil)
        fixture.cluster.wait(.seconds(3_600))
        #expect(fixture.cluster.run("other")?.jobSet.status.terminalState == "Completed")
    }

    @Test func `TTL-02: a finalizer is told to be of no use, and holds nothing up`() throws {
        let text = Manifest(spec: "ttlSecondsAfterFinished: 5").text
            .replacing("{name: js}", with: "{name: js, finalizers: [acme.io/wait]}")
        let decoded = try JobSetManifest.parse(text: text, source: "test.yaml", defaultNamespace: "default")[0]
        #expect(decoded.warnings == ["metadata.finalizers: ignored: nothing here waits for finalizers"])
        var fixture = try Fixture([])
        fixture.cluster.apply(.example("other", decoded.jobSet.spec.replicatedJobs) { $0.ttlSecondsAfterFinished = 5 })
        fixture.cluster.end("other-w-0-0")
        fixture.cluster.wait(.seconds(5))
        #expect(fixture.cluster.run("other") == nil)
    }

    @Test func `TTL-03: what is left of the time is waited for, and without one nothing goes`() throws {
        var fixture = try completed(5)
        fixture.cluster.wait(.seconds(2))
        #expect(fixture.cluster.run() != nil)
        fixture.cluster.wait(.seconds(3))
        #expect(fixture.cluster.run() == nil)
        var kept = try completed(nil)
        kept.cluster.wait(.seconds(1_000_000))
        #expect(kept.cluster.run() != nil)
        var running = try Fixture { $0.ttlSecondsAfterFinished = 5 }
        running.cluster.wait(.seconds(1_000))
        #expect(running.status.terminalState.isEmpty && running.cluster.wanted.count == 4)
    }

    @Test func `TTL-04: a JobSet that is being deleted is not deleted again when its time has passed`() throws {
        var fixture = try Fixture {
            $0.ttlSecondsAfterFinished = 5
            $0.successPolicy.operator = .any
        }
        fixture.readyAll()
        fixture.complete("a-0")
        fixture.cluster.order(.deleteJobSet(ObjectName(name: "js")))
        let since = fixture.cluster.run()?.jobSet.metadata.deletionTimestamp
        fixture.cluster.wait(.seconds(10))
        #expect(since != nil && fixture.cluster.run()?.jobSet.metadata.deletionTimestamp == since)
        fixture.oldPodsEnd()
        #expect(fixture.cluster.run() == nil)
    }

    @Test func `TTL-05: no time to live ends a JobSet with its last pod`() throws {
        let fixture = try completed(0)
        #expect(fixture.cluster.run() == nil)
    }

    @Test func `TTL-06: a JobSet that is deleted goes after its jobs`() throws {
        var fixture = try Fixture()
        fixture.readyAll()
        fixture.cluster.order(.deleteJobSet(ObjectName(name: "js")))
        #expect(fixture.cluster.stopping.count == 4)
        for pod in ["js-a-0-0", "js-b-0-0", "js-b-1-0"] { fixture.cluster.end(pod, code: 1) }
        #expect(fixture.cluster.run()?.isDeleting == true)
        fixture.oldPodsEnd()
        #expect(fixture.cluster.run() == nil && fixture.cluster.stored.jobs.isEmpty)
    }
}
