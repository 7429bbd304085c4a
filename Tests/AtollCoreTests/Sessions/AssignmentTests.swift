import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct AssignmentTests {
    private let host = HostID("h0")

    @Test func `the first assignment of a connection is whole, the next are differences`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example())
        let sent = cluster.assignments.map(\.assignment)
        #expect(sent.map(\.base) == [nil, Generation(1)])
        #expect(sent.map(\.generation) == [Generation(1), Generation(2)])
        #expect(sent[1].pods.map(\.goal) == [.run])
        #expect(sent[1].launches.map(\.jobName) == ["js-workers-0"])
    }

    @Test func `after a reconnection the whole set comes under a newer generation`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example())
        let pod = try #require(cluster.job("js-workers-0")).podID(0)
        cluster.tell(from: host, .closed(reason: "reset"))
        cluster.join(.example("h0"), pods: [PodReport(pod: pod, observation: .running(since: cluster.now.wall))])
        let last = try #require(cluster.assignments.last?.assignment)
        #expect(last.base == nil)
        #expect(last.generation == Generation(3))
        #expect(last.pods.map(\.id) == [pod])
        #expect(last.launches.count == 1)
    }

    @Test func `an agent that could not apply a difference is sent the whole set`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        let epoch = cluster.core.cluster.epoch
        func answer(_ applied: UInt64) -> SessionInput {
            .observed(StatusBatch(epoch: epoch, applied: Generation(applied), complete: false, pods: []))
        }
        cluster.tell(from: host, answer(1))
        cluster.apply(.example())
        #expect(cluster.assignments.count == 2)
        cluster.tell(from: host, answer(1))
        #expect(cluster.assignments.count == 3)
        #expect(cluster.assignments.last?.assignment.base == nil)
        cluster.tell(from: host, answer(3))
        cluster.tell(from: host, answer(3))
        #expect(cluster.assignments.count == 3)
    }

    @Test func `what is sent again for the same news is nothing`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example())
        cluster.startAll()
        let pod = try #require(cluster.job("js-workers-0")).podID(0)
        let report = PodReport(pod: pod, observation: .running(since: cluster.now.wall))
        cluster.report([report], from: host)
        #expect(cluster.effects.persist.isEmpty && cluster.effects.send.isEmpty && cluster.effects.notes.isEmpty)
    }
}
