import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct FinishTests {
    private let name = ObjectName(name: "js")

    @Test func `a JobSet with a time to live goes when it has passed`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example { $0.ttlSecondsAfterFinished = 5 })
        cluster.startAll()
        cluster.end("js-workers-0-0")
        cluster.wait(.milliseconds(4_900))
        #expect(cluster.run()?.isFinished == true)
        cluster.wait(.milliseconds(100))
        #expect(cluster.run() == nil)
        #expect(cluster.stored.jobSets.isEmpty && cluster.stored.jobs.isEmpty)
        #expect(cluster.held.values.flatMap(\.keys).isEmpty)
    }

    @Test func `a wall clock that is set back puts the end off, and no further`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example { $0.ttlSecondsAfterFinished = 5 })
        cluster.end("js-workers-0-0")
        cluster.stepWallClock(by: .seconds(-2))
        cluster.wait(.seconds(5))
        #expect(cluster.run() != nil)
        cluster.wait(.seconds(2))
        #expect(cluster.run() == nil)
    }

    @Test func `deleting waits until the last pod is gone`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 2))
        cluster.apply(.example("js", [.example(pods: 2)], exclusive: true))
        cluster.startAll()
        #expect(cluster.order(.deleteJobSet(name)) == .done)
        #expect(cluster.stopping == ["js-workers-0-0", "js-workers-0-1"])
        cluster.end("js-workers-0-0", code: 1)
        #expect(cluster.run()?.isDeleting == true)
        #expect(cluster.core.cluster.claims.count == 1)
        cluster.endStopping()
        #expect(cluster.run() == nil)
        #expect(cluster.core.cluster.claims.count == 0)
    }

    @Test func `a host that is away keeps its pods' island, whatever people ask for`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 1))
        cluster.apply(.example("js", exclusive: true))
        cluster.startAll()
        cluster.tell(from: HostID("a0"), .closed(reason: "reset"))
        cluster.order(.deleteJobSet(name))
        cluster.wait(.seconds(3_600))
        #expect(cluster.core.cluster.claims.count == 1)
        let pod = try #require(cluster.job("js-workers-0")).podID(0)
        let exit = PodExit(cause: .exited(code: 0), at: cluster.now.wall)
        cluster.join(
            HostFacts.examples(islands: 1, ofHosts: 1)[0],
            pods: [PodReport(pod: pod, observation: .ended(exit))]
        )
        #expect(cluster.core.cluster.claims.count == 0)
        #expect(cluster.run() == nil)
    }

    @Test func `a JobSet that is being deleted cannot be applied again`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example())
        cluster.order(.deleteJobSet(name))
        guard case .failed(let failure) = cluster.apply(.example()) else {
            Issue.record("it was accepted")
            return
        }
        #expect(failure.code == .conflict)
        #expect(failure.message == "JobSet default/js is being deleted; apply it again once it is gone")
    }

    @Test func `deleting what does not exist says so`() throws {
        var cluster = try ClusterFixture()
        let failure = AdminFailure(code: .notFound, message: "JobSet default/js does not exist")
        #expect(cluster.order(.deleteJobSet(name)) == .failed(failure))
    }
}
