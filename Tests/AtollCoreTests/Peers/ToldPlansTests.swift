import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@testable import AtollCore

/// What a host is not told again.
@Suite struct ToldPlansTests {
    private func assignments(_ cluster: ClusterFixture, since start: Int) -> [Assignment] {
        cluster.assignments[start...].map(\.assignment)
    }

    @Test func `a restart tells the new plan and no peers that are known`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example("js", [.example("w", pods: 2)]) { $0.failurePolicy = FailurePolicy(maxRestarts: 9) })
        cluster.startAll()
        for _ in 0..<3 {
            let start = cluster.assignments.count
            cluster.end("js-w-0-0", code: 1)
            cluster.endStopping()
            cluster.startAll()
            let told = assignments(cluster, since: start)
            #expect(told.flatMap(\.launches).count == 1)
            #expect(told.flatMap(\.allPeers).isEmpty)
        }
    }

    @Test func `a host that comes back is told everything`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example("js", [.example("w", pods: 2)]))
        cluster.startAll()
        let job = try #require(cluster.job("js-w-0"))
        let running = PodObservation.running(since: cluster.now.wall)
        let pods = job.pods.indices.map { PodReport(pod: job.podID($0), observation: running) }
        let start = cluster.assignments.count
        cluster.join(.example("h0"), pods: pods)
        let told = assignments(cluster, since: start)
        #expect(told.flatMap(\.launches).count == 1)
        #expect(told.flatMap(\.allPeers).count == 1)
    }

    @Test func `pods that go on running are told their attempts alone`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example("js", [.example("w", replicas: 2)]) { $0.restartInPlace() })
        let start = cluster.assignments.count
        cluster.observe("js-w-0-0", "js-w-1-0", attempt: 0)
        let told = assignments(cluster, since: start)
        #expect(told.flatMap(\.pods).map { $0.attempts?.current } == [0, 0])
        #expect(told.flatMap(\.launches).isEmpty)
        #expect(told.flatMap(\.allPeers).isEmpty)
    }

    @Test func `peers are kept as long as a plan of their JobSet is`() {
        var told = ToldPlans()
        let source = KnownPeers.Source(placementChanges: 1, seatingChanges: 1, addressChanges: 1)
        let peers = ToldPlans.Peers(source: source, wholeJobs: [])
        let (first, second) = (JobID(rawValue: 1), JobID(rawValue: 2))
        told.add(first, ofJobSet: 7)
        told.add(second, ofJobSet: 7)
        var isNews = [told.tell(peers, ofJobSet: 7), told.tell(peers, ofJobSet: 7)]
        told.drop([first])
        isNews.append(told.tell(peers, ofJobSet: 7))
        told.drop([second])
        isNews.append(told.tell(peers, ofJobSet: 7))
        #expect(isNews == [true, false, false, true])
    }
}
