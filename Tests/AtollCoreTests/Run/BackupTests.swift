import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

/// A store is restored from a backup, and hosts run pods that were started after it was made. One island of two hosts.
@Suite struct BackupTests {
    private let hosts = HostFacts.examples(islands: 1, ofHosts: 2)

    private func jobSet(_ name: String) -> JobSet { .example(name, [.example(pods: 2, devices: 4)], exclusive: true) }

    private func pods(of name: String, in cluster: ClusterFixture) throws -> [PodID] {
        let job = try #require(cluster.job("\(name)-workers-0"))
        return [job.podID(0), job.podID(1)]
    }

    private func running(_ pod: PodID, in cluster: ClusterFixture) -> PodReport {
        PodReport(pod: pod, observation: .running(since: cluster.now.wall))
    }

    private func ended(_ pod: PodID, in cluster: ClusterFixture) -> PodReport {
        PodReport(pod: pod, observation: .ended(PodExit(cause: .signaled(15), at: cluster.now.wall)))
    }

    /// Pods that hosts are told to run.
    private func wanted(_ cluster: ClusterFixture) -> Set<PodID> {
        Set(cluster.held.values.flatMap { $0.values.filter { $0.goal == .run }.map(\.id) })
    }

    @Test func `an island is not placed on before all of its hosts have reported no unknown pod`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        let backup = cluster.stored
        cluster.apply(jobSet("later"))
        let unknown = try pods(of: "later", in: cluster)
        try cluster.restore(backup)
        cluster.apply(.example("js", [.example(pods: 1, devices: 4)], exclusive: true))

        cluster.join(hosts[0])
        #expect(cluster.run()?.placement == nil)
        #expect(cluster.run()?.waiting?.reason.contains("not ready") == true)
        cluster.join(hosts[1], pods: [running(unknown[1], in: cluster)])
        #expect(cluster.run()?.placement == nil)
        cluster.report([ended(unknown[1], in: cluster)], from: hosts[1].host)
        #expect(cluster.run()?.placement?.islands.count == 1)
    }

    @Test func `pods of the backup do not start beside those that came after them`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(jobSet("js"))
        let known = try pods(of: "js", in: cluster)
        let backup = cluster.stored
        cluster.order(.deleteJobSet(ObjectName(name: "js")))
        cluster.endStopping()
        cluster.apply(jobSet("later"))
        let unknown = try pods(of: "later", in: cluster)
        try cluster.restore(backup)

        cluster.join(hosts[0], pods: [running(unknown[0], in: cluster)])
        #expect(cluster.held[hosts[0].host]?.isEmpty == true)
        cluster.report([ended(unknown[0], in: cluster)], from: hosts[0].host)
        #expect(wanted(cluster).isEmpty)
        cluster.join(hosts[1], pods: [running(unknown[1], in: cluster)])
        #expect(wanted(cluster).isEmpty)
        cluster.report([ended(unknown[1], in: cluster)], from: hosts[1].host)
        #expect(wanted(cluster) == Set(known))
    }

    @Test func `pods that the backup knows go on at once`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(jobSet("js"))
        let known = try pods(of: "js", in: cluster)
        try cluster.restore(cluster.stored)
        cluster.join(hosts[0], pods: [running(known[0], in: cluster)])
        #expect(wanted(cluster) == [known[0]])
        cluster.join(hosts[1], pods: [running(known[1], in: cluster)])
        #expect(wanted(cluster) == Set(known))
        #expect(cluster.run()?.jobSet.status.replicatedJobsStatus[0].ready == 1)
    }

    @Test func `a host that comes back in another island holds the old one up no longer`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(jobSet("js"))
        cluster.startAll()
        let known = try pods(of: "js", in: cluster)
        cluster.end("js-workers-0-0", "js-workers-0-1")
        cluster.apply(.example("next", [.example(pods: 1, devices: 4)], exclusive: true))
        try cluster.restore(cluster.stored)
        cluster.join(hosts[0])
        #expect(wanted(cluster).isEmpty)
        let moved = HostFacts.example(hosts[1].host.name, island: "elsewhere")
        cluster.join(moved, pods: [running(known[1], in: cluster)])
        #expect(cluster.core.cluster.inventory[moved.host]?.isReady == false)
        #expect(wanted(cluster).map(\.job) == [try #require(cluster.job("next-workers-0")).id])
    }

    @Test func `a host that does not come back is vouched for by a person, and that is remembered`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        try cluster.restore(cluster.stored)
        cluster.apply(.example("js", [.example(pods: 1, devices: 4)], exclusive: true))
        cluster.join(hosts[0])
        #expect(cluster.run()?.placement == nil)
        cluster.order(.host(hosts[1].host, HostOrder(.fence, reason: "power is off")))
        #expect(cluster.run()?.placement?.islands.count == 1)
        #expect(cluster.stored.hosts.allSatisfy { $0.verified == cluster.core.cluster.epoch })
    }
}
