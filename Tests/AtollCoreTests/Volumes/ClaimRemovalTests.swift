import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@testable import AtollCore

/// Claims that go: with their JobSet, or because a person says so.
struct ClaimRemovalTests {
    private let hosts = (0..<3).map { HostFacts.example("h\($0)", devices: 4) }
    private let data = ObjectName(name: "data-js")

    /// Two pods on two hosts mount the claim; a third host has none of them.
    private func cluster(_ retention: VolumeClaimPolicy.Retention = .delete) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: hosts)
        let job = ReplicatedJob.example("a", pods: 2, devices: 4).mounting("data")
        cluster.apply(.example("js", [job]) { $0.volumeClaimPolicies = [.example("data", retention)] })
        cluster.startAll()
        return cluster
    }

    private func claim(_ cluster: ClusterFixture) -> VolumeClaim? { cluster.core.cluster.volumeClaims[data] }

    private func awaited(_ cluster: ClusterFixture) -> [String] {
        claim(cluster).map { cluster.core.cluster.volumeClaims.awaitedHosts(of: $0).map(\.name) } ?? []
    }

    @Test func `the folders are deleted once no pod is left, on the hosts that may have one`() throws {
        var cluster = try cluster()
        let id = try #require(claim(cluster)).id
        cluster.order(.deleteJobSet(ObjectName(name: "js")))
        #expect(claim(cluster)?.isTerminating == false)
        #expect(cluster.removals.allSatisfy { $0.1.isEmpty })
        cluster.end("js-a-0-0", .signaled(15))
        #expect(cluster.removals.allSatisfy { $0.1.isEmpty })
        cluster.end("js-a-0-1", .signaled(15))
        #expect(cluster.run() == nil)
        #expect(claim(cluster)?.isTerminating == true)
        #expect(awaited(cluster) == ["h0", "h1"])
        #expect(cluster.removals.filter { !$0.1.isEmpty }.map(\.0.name) == ["h0", "h1"])
        #expect(cluster.removals[HostID("h0")] == [id])

        cluster.confirmRemoval(of: id.uid, from: HostID("h1"))
        #expect(awaited(cluster) == ["h0"])
        #expect(cluster.removals[HostID("h1")] == [])
        // Said once more, or by a host that was not asked.
        cluster.confirmRemoval(of: id.uid, from: HostID("h1"))
        cluster.confirmRemoval(of: id.uid, from: HostID("h2"))
        #expect(cluster.stored.volumeClaims.count == 1)
        cluster.confirmRemoval(of: id.uid, from: HostID("h0"))
        #expect(claim(cluster) == nil)
        #expect(cluster.stored.volumeClaims.isEmpty)
    }

    @Test func `a claim of a JobSet that never had a pod goes at once`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        let job = ReplicatedJob.example("a").mounting("data")
        cluster.apply(
            .example("js", [job]) {
                $0.volumeClaimPolicies = [.example("data", .delete)]
                $0.suspend = true
            }
        )
        cluster.order(.deleteJobSet(ObjectName(name: "js")))
        #expect(cluster.stored.volumeClaims.isEmpty)
    }

    @Test func `all hosts are asked again after a restart, those that have said so as well`() throws {
        var cluster = try cluster()
        let id = try #require(claim(cluster)).id
        cluster.order(.deleteJobSet(ObjectName(name: "js")))
        cluster.endStopping()
        cluster.confirmRemoval(of: id.uid, from: HostID("h1"))
        try cluster.restart()
        #expect(awaited(cluster) == ["h0", "h1"])
        for host in hosts { cluster.join(host) }
        #expect(cluster.removals[HostID("h1")] == [id])
        cluster.answerRemovals()
        #expect(cluster.stored.volumeClaims.isEmpty)
    }

    @Test func `a host that is away is waited for, and told when it comes back`() throws {
        var cluster = try cluster()
        let id = try #require(claim(cluster)).id
        cluster.order(.deleteJobSet(ObjectName(name: "js")))
        cluster.endStopping()
        cluster.tell(from: HostID("h0"), .closed(reason: "gone"))
        cluster.answerRemovals()
        #expect(awaited(cluster) == ["h0"])
        cluster.wait(.seconds(60))
        #expect(awaited(cluster) == ["h0"])
        cluster.join(hosts[0])
        #expect(cluster.removals[HostID("h0")] == [id])
        cluster.answerRemovals()
        #expect(claim(cluster) == nil)
    }

    @Test func `a host that a person has given up is not waited for`() throws {
        var cluster = try cluster()
        cluster.order(.deleteJobSet(ObjectName(name: "js")))
        cluster.endStopping()
        cluster.tell(from: HostID("h0"), .closed(reason: "gone"))
        cluster.answerRemovals()
        cluster.order(.host(HostID("h0"), HostOrder(.fence, reason: "burnt")))
        #expect(claim(cluster) == nil)
        cluster.join(hosts[0], instance: "2")
        #expect(cluster.removals[HostID("h0")] == [])
    }

    @Test func `one that was given up before is not asked, one that is back since is`() throws {
        for isBack in [false, true] {
            var cluster = try cluster()
            cluster.tell(from: HostID("h0"), .closed(reason: "gone"))
            cluster.order(.host(HostID("h0"), HostOrder(.fence, reason: "off")))
            if isBack { cluster.join(hosts[0], instance: "2") }
            cluster.order(.deleteJobSet(ObjectName(name: "js")))
            cluster.endStopping()
            #expect(awaited(cluster) == (isBack ? ["h0", "h1"] : ["h1"]))
        }
    }

    @Test func `a retained claim stays, until a person deletes it`() throws {
        var cluster = try cluster(.retain)
        let used = cluster.order(.deleteVolumeClaim(data))
        guard case .failed(let failure) = used else {
            Issue.record("it is deleted while in use")
            return
        }
        #expect(failure.code == .conflict)
        #expect(
            failure.message == "PersistentVolumeClaim default/data-js is used by JobSet default/js; delete that first"
        )

        cluster.order(.deleteJobSet(ObjectName(name: "js")))
        cluster.endStopping()
        cluster.wait(.seconds(60))
        #expect(claim(cluster)?.isTerminating == false)
        #expect(cluster.order(.deleteVolumeClaim(data)) == .done)
        #expect(cluster.order(.deleteVolumeClaim(data)) == .done)
        #expect(awaited(cluster) == ["h0", "h1"])
        cluster.answerRemovals()
        #expect(cluster.stored.volumeClaims.isEmpty)
        guard case .failed(let gone) = cluster.order(.deleteVolumeClaim(data)) else {
            Issue.record("it is there")
            return
        }
        #expect(gone.code == .notFound)
    }

    @Test func `a finished JobSet does not use its claims any more, whatever came before a restart`() throws {
        for isRestarted in [false, true] {
            var cluster = try cluster(.retain)
            cluster.end("js-a-0-0")
            cluster.end("js-a-0-1")
            if isRestarted { try cluster.restart() }
            #expect(cluster.order(.deleteVolumeClaim(data)) == .done)
            #expect(claim(cluster)?.isTerminating == true)
        }
    }

    @Test func `a claim is not removed while another JobSet uses it`() throws {
        var cluster = try cluster()
        var reader = ReplicatedJob.example("a").mounting("in")
        let id = VolumeClaimID(name: ObjectName(namespace: "", name: data.name), uid: ObjectUID(""))
        reader.template.pod.volumes = [PodVolume(name: "in", source: .claim(id))]
        cluster.apply(.example("reader", [reader]))
        cluster.startAll()
        cluster.order(.deleteJobSet(ObjectName(name: "js")))
        cluster.endStopping()
        #expect(claim(cluster)?.isTerminating == true)
        #expect(awaited(cluster).isEmpty)
        #expect(cluster.removals.allSatisfy { $0.1.isEmpty })
        cluster.end("reader-a-0-0")
        // Also on the host of the reader's pod.
        #expect(awaited(cluster) == ["h0", "h1", "h2"])
    }

    @Test func `a host is told of some at a time`() throws {
        var limits = Limits.production
        limits.claimRemovalsPerHost = 2
        var cluster = try ClusterFixture(hosts: [hosts[0]], limits: limits)
        let names = ["c0", "c1", "c2"]
        let job = ReplicatedJob.example("a").mounting("c0", "c1", "c2")
        cluster.apply(.example("js", [job]) { $0.volumeClaimPolicies = names.map { .example($0, .delete) } })
        cluster.order(.deleteJobSet(ObjectName(name: "js")))
        cluster.endStopping()
        let first = try #require(cluster.removals[HostID("h0")])
        #expect(first.count == 2)
        cluster.confirmRemoval(of: first[0].uid, from: HostID("h0"))
        #expect(cluster.removals[HostID("h0")]?.count == 2)
        #expect(cluster.removals[HostID("h0")]?.contains(first[0]) == false)
    }
}
