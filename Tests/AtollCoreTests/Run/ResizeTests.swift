import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@testable import AtollCore

/// Jobs whose size changes while they run.
struct ResizeTests {
    private func cluster(hosts: Int = 2, pods: Int32, exclusive: Bool = false) throws -> ClusterFixture {
        let hosts = (0..<hosts).map { HostFacts.example("h\($0)", island: "r\($0 / 2)") }
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(jobSet(pods: pods, exclusive: exclusive))
        cluster.startAll()
        return cluster
    }

    private func jobSet(pods: Int32, exclusive: Bool = false) -> JobSet {
        .example("js", [.example("w", pods: pods)], exclusive: exclusive)
    }

    private func seats(_ cluster: ClusterFixture) -> Int {
        cluster.core.cluster.inventory.hosts.reduce(0) { $0 + $1.seatCount }
    }

    @Test func `the highest pods of a job that shrinks are stopped, and their seats are free once they are gone`()
        throws
    {
        var cluster = try cluster(pods: 4)
        cluster.apply(jobSet(pods: 2))
        #expect(cluster.stopping == ["js-w-0-2", "js-w-0-3"])
        #expect(seats(cluster) == 4)
        cluster.end("js-w-0-2", .signaled(15))
        // Nobody starts it again while the last one is on its way out.
        #expect(cluster.wanted == ["js-w-0-0", "js-w-0-1"])
        cluster.end("js-w-0-3", .signaled(15))
        #expect(seats(cluster) == 2)
        #expect(cluster.job("js-w-0")?.failures == 0)
        #expect(cluster.job("js-w-0")?.pods.count == 2)
    }

    @Test func `a job of which all that is left has succeeded is complete at once`() throws {
        var cluster = try cluster(pods: 3)
        cluster.end("js-w-0-0", "js-w-0-2")
        cluster.apply(jobSet(pods: 1))
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
        #expect(cluster.stopping == ["js-w-0-1"])
        cluster.endStopping()
        #expect(seats(cluster) == 0)
    }

    @Test func `a success beyond the new size does not stand for one within it`() throws {
        var cluster = try cluster(pods: 4)
        cluster.end("js-w-0-2")
        cluster.apply(jobSet(pods: 2))
        cluster.end("js-w-0-0")
        cluster.end("js-w-0-3", .signaled(15))
        #expect(cluster.run()?.jobSet.status.terminalState == "")
        cluster.end("js-w-0-1")
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
    }

    @Test func `a job that grows stays within its island, on the emptiest hosts`() throws {
        var cluster = try cluster(hosts: 4, pods: 1, exclusive: true)
        cluster.apply(jobSet(pods: 2, exclusive: true))
        let hosts = cluster.job("js-w-0")?.seats.map(\.host.name)
        #expect(hosts == ["h0", "h1"])
        #expect(cluster.wanted == ["js-w-0-0", "js-w-0-1"])
    }

    @Test func `a job that cannot grow runs on as it is, says what is missing, and grows when it can`() throws {
        let hosts = ["h0", "h1"].map { HostFacts.example($0, devices: 1) }
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(.example("js", [.example("w", pods: 2, devices: 1)]))
        cluster.startAll()
        cluster.apply(.example("js", [.example("w", pods: 3, devices: 1)]))
        #expect(cluster.wanted == ["js-w-0-0", "js-w-0-1"])
        #expect(cluster.run()?.waiting?.reason.contains("needs 1 place") == true)
        cluster.join(.example("h2", devices: 1))
        #expect(cluster.wanted == ["js-w-0-0", "js-w-0-1", "js-w-0-2"])
        #expect(cluster.run()?.waiting == nil)
    }

    @Test func `pods that run already are told the addresses of new ones`() throws {
        var cluster = try cluster(pods: 1)
        let before = cluster.assignments.count
        cluster.apply(jobSet(pods: 2))
        let told = cluster.assignments[before...].filter { $0.host.name == "h0" }.flatMap(\.assignment.peers)
        #expect(told.last?.jobs.first?.addresses.count == 2)
        #expect(told.last?.jobs.first?.addresses.contains("") == false)
    }

    @Test func `a restart of the coordinator in the middle of it changes nothing`() throws {
        var cluster = try cluster(pods: 4)
        cluster.apply(jobSet(pods: 2))
        try cluster.restart()
        let job = try #require(cluster.job("js-w-0"))
        let alive = job.pods.indices.map { (job.seats[$0].host, job.podID($0)) }
        for name in ["h0", "h1"] {
            let pods = alive.filter { $0.0.name == name }.map {
                PodReport(pod: $0.1, observation: .running(since: cluster.now.wall))
            }
            cluster.join(.example(name, island: "r0"), pods: pods)
        }
        #expect(cluster.stopping == ["js-w-0-2", "js-w-0-3"])
        cluster.endStopping()
        #expect(seats(cluster) == 2)
    }

    @Test func `a suspended job has its new size when it is resumed`() throws {
        var cluster = try cluster(pods: 2)
        var suspended = jobSet(pods: 2)
        suspended.spec.suspend = true
        cluster.apply(suspended)
        cluster.endStopping()
        suspended = jobSet(pods: 3)
        suspended.spec.suspend = true
        cluster.apply(suspended)
        cluster.apply(jobSet(pods: 3))
        #expect(cluster.wanted == ["js-w-0-0", "js-w-0-1", "js-w-0-2"])
        #expect(seats(cluster) == 3)
    }
}
