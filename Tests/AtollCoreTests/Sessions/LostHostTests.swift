import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

/// Two jobs of two pods on islands a and b, of three; hosts are lost under them.
@Suite struct LostHostTests {
    private let host = HostID("a0")
    private let restarting = FailurePolicy(maxRestarts: 1)

    private func cluster(islands: Int = 3, _ policy: FailurePolicy?) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: islands, ofHosts: 2))
        let job = ReplicatedJob.example(replicas: 2, pods: 2, devices: 4, backoffLimit: 0)
        cluster.apply(.example("js", [job], exclusive: true) { $0.failurePolicy = policy })
        cluster.startAll()
        return cluster
    }

    private func islands(_ cluster: ClusterFixture) -> [String]? { cluster.run()?.placement?.islands.map(\.value) }

    private func holder(of island: String, in cluster: ClusterFixture) -> String? {
        cluster.core.cluster.claims[IslandID(key: exampleTopologyKey, value: island)]?.job
    }

    /// Pods that the other hosts are told to run; what the lost one was told last it may still hold.
    private func startedElsewhere(_ cluster: ClusterFixture) -> Int {
        cluster.held.filter { $0.0 != host }.reduce(0) { $0 + $1.1.values.count { $0.goal == .run } }
    }

    /// The connection breaks, and nobody calls again for this long; all others are heard.
    private func lose(_ host: HostID, in cluster: inout ClusterFixture, for duration: Duration = .seconds(5)) {
        cluster.tell(from: host, .closed(reason: "connection reset"))
        cluster.wait(duration)
    }

    @Test func `an agent that is back within the grace disturbs no pod`() throws {
        var cluster = try cluster(restarting)
        let before = cluster.held
        cluster.tell(from: host, .closed(reason: "connection reset"))
        cluster.wait(.milliseconds(4999))
        let pods = (cluster.held[host]?.keys ?? []).map { pod in
            PodReport(pod: pod, observation: .running(since: cluster.now.wall))
        }
        cluster.join(.example("a0", island: "a"), pods: pods)
        cluster.wait(.seconds(60))
        #expect(cluster.held == before)
        #expect(cluster.run()?.jobSet.status.restarts == 0)
    }

    @Test func `a host that does not come back is lost, and says since what`() throws {
        var cluster = try cluster(nil)
        lose(host, in: &cluster)
        guard case .lost(_, let evidence) = cluster.core.cluster.inventory[host]?.link else {
            throw Unexpected()
        }
        #expect(evidence == "connection reset, not back after 5 s")
        #expect(cluster.run()?.jobSet.status.terminalState == "Failed")
        #expect(cluster.run()?.events.map(\.reason).contains("HostLost") == true)
    }

    @Test func `a silent host is lost when its lease is over`() throws {
        var cluster = try cluster(nil)
        cluster.wait(.seconds(10), silently: true)
        guard case .lost(_, let evidence) = cluster.core.cluster.inventory[host]?.link else {
            throw Unexpected()
        }
        #expect(evidence == "silent for 10 s")
    }

    @Test func `its job restarts on another island, and the old one stays closed`() throws {
        var cluster = try cluster(restarting)
        lose(host, in: &cluster)
        cluster.endStopping()
        #expect(islands(cluster) == ["c", "b"])
        #expect(holder(of: "a", in: cluster) == "js-workers-0")
        #expect(startedElsewhere(cluster) == 4)
        #expect(cluster.job("js-workers-0")?.island?.value == "c")
    }

    @Test func `the job whose hosts are all there keeps its island`() throws {
        var cluster = try cluster(restarting)
        lose(HostID("b1"), in: &cluster)
        cluster.endStopping()
        #expect(islands(cluster) == ["a", "c"])
    }

    @Test func `no job starts again before every one of them has a place`() throws {
        var cluster = try cluster(islands: 2, restarting)
        lose(host, in: &cluster)
        cluster.endStopping()
        #expect(startedElsewhere(cluster) == 0)
        #expect(cluster.run()?.waiting?.reason.contains("needs 1 free island") == true)
        cluster.join(.example("c0", island: "c"))
        cluster.join(.example("c1", island: "c"))
        #expect(startedElsewhere(cluster) == 4)
    }

    @Test func `old pods are stopped first when the host comes back, and then its island is free`() throws {
        var cluster = try cluster(restarting)
        let old = try #require(cluster.held[host]?.keys.first)
        lose(host, in: &cluster)
        cluster.endStopping()
        cluster.startAll()
        cluster.join(
            .example("a0", island: "a"),
            pods: [PodReport(pod: old, observation: .running(since: cluster.now.wall))]
        )
        #expect(cluster.held[host]?[old]?.goal == .stop)
        #expect(holder(of: "a", in: cluster) == "js-workers-0")
        let exit = PodExit(cause: .signaled(15), at: cluster.now.wall)
        cluster.report([PodReport(pod: old, observation: .ended(exit))], from: host)
        #expect(holder(of: "a", in: cluster) == nil)
        #expect(startedElsewhere(cluster) == 4)
    }

    @Test func `a lost island stays closed over a restart of the coordinator`() throws {
        var cluster = try cluster(restarting)
        lose(host, in: &cluster)
        cluster.endStopping()
        try cluster.restart()
        #expect(holder(of: "a", in: cluster) == "js-workers-0")
        #expect(holder(of: "c", in: cluster) == "js-workers-0")
    }

    @Test func `after a restart of the coordinator hosts have their own time to call`() throws {
        var cluster = try cluster(restarting)
        try cluster.restart()
        cluster.wait(.milliseconds(24_999))
        #expect(cluster.core.cluster.inventory[host]?.link.isLost == false)
        cluster.wait(.milliseconds(1))
        #expect(cluster.core.cluster.inventory[host]?.link.isLost == true)
        #expect(cluster.run()?.jobSet.status.restarts == 1)
    }

    private var rebooted: HostFacts {
        var facts = HostFacts.example("a0", island: "a", address: "10.0.0.0")
        facts.bootID = "boot-2"
        return facts
    }

    /// How the pod on the host ended, in the attempt before.
    private func exit(in cluster: ClusterFixture) throws -> PodExit {
        let phases = cluster.run()?.jobs[0][0].previous.first?.pods.map(\.phase)
        guard case .ended(let exit) = phases?.first else { throw Unexpected() }
        return exit
    }

    @Test func `a new boot ends the pods of before that its agent knows nothing of`() throws {
        var cluster = try cluster(restarting)
        cluster.join(rebooted)
        #expect(try exit(in: cluster).message == "HostRebooted: a0 has a new boot id")
        #expect(cluster.run()?.jobSet.status.restarts == 1)
    }

    @Test func `a pod that its agent found dead after a new boot has ended with the boot before`() throws {
        var cluster = try cluster(restarting)
        let pod = try #require(cluster.held[host]?.keys.first)
        let lost = PodExit(cause: .lost, at: cluster.now.wall, message: "the supervisor is gone")
        cluster.join(rebooted, pods: [PodReport(pod: pod, observation: .ended(lost))])
        #expect(try exit(in: cluster).message == "HostRebooted: a0 has a new boot id")
    }

    @Test func `a pod that ended before its host rebooted ended as its agent says`() throws {
        var cluster = try cluster(restarting)
        let pod = try #require(cluster.held[host]?.keys.first)
        cluster.tell(from: host, .closed(reason: "connection reset"))
        let done = PodExit(cause: .exited(code: 0), at: cluster.now.wall)
        cluster.join(rebooted, pods: [PodReport(pod: pod, observation: .ended(done))])
        #expect(cluster.run()?.jobs[0][0].current?.pods[0].phase == .ended(done))
        #expect(cluster.run()?.jobSet.status.restarts == 0)
    }

    @Test func `a rebooted host that never says what it holds holds nothing`() throws {
        var cluster = try cluster(restarting)
        cluster.greet(rebooted)
        #expect(cluster.run()?.jobSet.status.restarts == 0)
        lose(host, in: &cluster)
        #expect(try exit(in: cluster).message == "HostRebooted: a0 has a new boot id")
        #expect(cluster.run()?.jobSet.status.restarts == 1)
        cluster.endStopping()
        #expect(holder(of: "a", in: cluster) == nil)
    }

    @Test func `a lost host fails its job whatever the backoff limit`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 2, ofHosts: 2))
        let job = ReplicatedJob.example(pods: 2, devices: 4, backoffLimit: 6)
        cluster.apply(.example("js", [job], exclusive: true) { $0.failurePolicy = restartOnHostLoss })
        cluster.startAll()
        lose(host, in: &cluster)
        cluster.endStopping()
        #expect(islands(cluster) == ["b"])
        #expect(cluster.run()?.jobSet.status.restarts == 1)
    }

    /// Restarts for lost hosts and for nothing else.
    private var restartOnHostLoss: FailurePolicy {
        let lost = FailurePolicy.Rule(
            name: "lost",
            action: .restartJobSet,
            onJobFailureMessagePatterns: ["^HostLost: a0 connection reset"]
        )
        let other = FailurePolicy.Rule(name: "other", action: .failJobSet)
        return FailurePolicy(maxRestarts: 1, rules: [lost, other])
    }

    @Test func `a pod that would be replaced on a lost host fails its job as well`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 2, ofHosts: 2))
        let job = ReplicatedJob.example(pods: 2, devices: 4, backoffLimit: 6)
        cluster.apply(.example("js", [job], exclusive: true) { $0.failurePolicy = restarting })
        cluster.startAll()
        cluster.end("js-workers-0-0", code: 1)
        lose(host, in: &cluster)
        #expect(cluster.run()?.jobSet.status.restarts == 0)
        cluster.wait(.seconds(10))
        cluster.endStopping()
        #expect(islands(cluster) == ["b"])
        #expect(cluster.run()?.jobSet.status.restarts == 1)
    }

    @Test func `jobs that have not been created take no place on a lost host`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 3, ofHosts: 2))
        let first = ReplicatedJob.example("first", pods: 2, devices: 4)
        let second = ReplicatedJob.example("second", pods: 2, devices: 4)
        cluster.apply(.example("js", [first, second], exclusive: true) { $0.startupOrder = .inOrder })
        #expect(islands(cluster) == ["a", "b"])
        cluster.tell(from: HostID("b1"), .closed(reason: "connection reset"))
        cluster.wait(.seconds(5))
        cluster.startAll()
        #expect(islands(cluster) == ["a", "c"])
        #expect(cluster.wanted.count == 4)
    }

    @Test func `a person who fences a lost host opens its island`() throws {
        var cluster = try cluster(restarting)
        lose(host, in: &cluster)
        cluster.endStopping()
        #expect(cluster.order(.host(host, HostOrder(.fence, reason: "power is off"))) == .done)
        #expect(holder(of: "a", in: cluster) == nil)
    }

    @Test func `fencing a host that is away restarts its jobs without waiting for the grace`() throws {
        var cluster = try cluster(restarting)
        cluster.tell(from: host, .closed(reason: "connection reset"))
        #expect(cluster.order(.host(host, HostOrder(.fence, reason: "power is off"))) == .done)
        #expect(cluster.run()?.jobSet.status.restarts == 1)
    }

    @Test func `a connected host is not fenced, and neither is one that does not exist`() throws {
        var cluster = try cluster(restarting)
        guard case .failed(let connected) = cluster.order(.host(host, HostOrder(.fence, reason: "x"))),
            case .failed(let unknown) = cluster.order(.host(HostID("nope"), HostOrder(.fence, reason: "x")))
        else { throw Unexpected() }
        #expect(connected.code == .conflict)
        #expect(unknown.code == .notFound)
    }

    @Test func `a host that comes back with pods that nobody wants takes nothing before they are gone`() throws {
        var cluster = try cluster(islands: 2, nil)
        let old = try #require(cluster.held[host]?.keys.first)
        lose(host, in: &cluster)
        cluster.endStopping()
        cluster.order(.host(host, HostOrder(.fence, reason: "power is off")))
        cluster.join(
            .example("a0", island: "a"),
            pods: [PodReport(pod: old, observation: .running(since: cluster.now.wall))]
        )
        #expect(cluster.core.cluster.inventory[host]?.isReady == false)
        let exit = PodExit(cause: .signaled(15), at: cluster.now.wall)
        cluster.report([PodReport(pod: old, observation: .ended(exit))], from: host)
        #expect(cluster.core.cluster.inventory[host]?.isReady == true)
    }

    @Test func `an island with such a host is nobody's until they are gone, even if the others would do`() throws {
        var cluster = try ClusterFixture(hosts: [.example("a1", island: "a")])
        let stray = PodID(job: JobID(rawValue: 7), index: 0, replacement: 0)
        let alive = PodReport(pod: stray, observation: .running(since: cluster.now.wall))
        cluster.join(.example("a0", island: "a"), pods: [alive])
        cluster.apply(.example("js", [.example(pods: 1, devices: 4)], exclusive: true))
        #expect(cluster.wanted == [])
        let exit = PodExit(cause: .signaled(15), at: cluster.now.wall)
        cluster.report([PodReport(pod: stray, observation: .ended(exit))], from: host)
        #expect(cluster.wanted == ["js-workers-0-0"])
    }
}

private struct Unexpected: Error {}
