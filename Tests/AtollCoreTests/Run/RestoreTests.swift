import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct RestoreTests {
    private func busyCluster() throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 3, ofHosts: 1))
        cluster.apply(
            .example("js", [.example(replicas: 2, devices: 2)], exclusive: true) {
                $0.failurePolicy = FailurePolicy(maxRestarts: 2)
            }
        )
        cluster.apply(.example("shared", [.example(pods: 2, devices: 1)]))
        cluster.apply(.example("waits", [.example(replicas: 2)], exclusive: true))
        cluster.startAll()
        cluster.end("js-workers-0-0", code: 1)
        return cluster
    }

    @Test func `what was known is known again`() throws {
        var cluster = try busyCluster()
        let before = cluster.core
        try cluster.restart()
        let after = cluster.core
        #expect(after.cluster.epoch > before.cluster.epoch)
        #expect(after.cluster.claims == before.cluster.claims)
        for (old, new) in zip(before.jobSetRuns, after.jobSetRuns) {
            #expect(new.name == old.name)
            #expect(new.placement == old.placement)
            #expect(new.jobSet.metadata.uid == old.jobSet.metadata.uid)
            #expect(new.jobSet.status.restarts == old.jobSet.status.restarts)
            #expect(new.jobSet.status.conditions == old.jobSet.status.conditions)
            #expect(new.jobs.joined().map { $0.current?.id } == old.jobs.joined().map { $0.current?.id })
        }
        for host in before.cluster.inventory.hosts {
            #expect(after.cluster.inventory[host.id]?.freeDevices == host.freeDevices)
            #expect(after.cluster.inventory[host.id]?.seatCount == host.seatCount)
        }
    }

    @Test func `a restart tells a host that comes back nothing new to do`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example())
        cluster.startAll()
        let pod = try #require(cluster.job("js-workers-0")).podID(0)
        try cluster.restart()
        cluster.join(.example("h0"), pods: [PodReport(pod: pod, observation: .running(since: cluster.now.wall))])
        #expect(cluster.held[HostID("h0")]?.values == [PodAssignment(id: pod, goal: .run)])
        #expect(cluster.run()?.jobSet.status.replicatedJobsStatus[0].ready == 1)
        cluster.end("js-workers-0-0")
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
    }

    @Test func `ids are never given twice, whatever was lost`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example("one"))
        let first = try #require(cluster.job("one-workers-0")).id
        try cluster.restart()
        cluster.join(.example("h0"))
        cluster.apply(.example("two"))
        let second = try #require(cluster.job("two-workers-0")).id
        #expect(second > first)
        #expect(second.rawValue >> 40 == first.rawValue >> 40)
    }

    @Test func `a failed pod that waited for its back-off is replaced`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example("js", [.example(backoffLimit: 3)]))
        cluster.startAll()
        cluster.end("js-workers-0-0", code: 1)
        try cluster.restart()
        cluster.join(.example("h0"))
        #expect(cluster.wanted == ["js-workers-0-0"])
    }

    @Test func `a store that cannot be understood is refused by name`() throws {
        var cluster = try ClusterFixture()
        cluster.apply(.example())
        var stored = cluster.stored
        stored.jobSets[0].manifest = "{}"
        #expect {
            try CoordinatorCore(restoring: stored, seed: 1)
        } throws: { error in
            (error as? RestoreError)?.message.hasPrefix("the stored JobSet default/js cannot be read: ") == true
        }
    }

    @Test(arguments: [
        ClusterRecord(epoch: Epoch(.max), jobIDPrefix: 0, nextJobNumber: 1, revision: 0),
        ClusterRecord(epoch: Epoch(1), jobIDPrefix: 1 << 24, nextJobNumber: 1, revision: 0),
        ClusterRecord(epoch: Epoch(1), jobIDPrefix: 0, nextJobNumber: .max, revision: 0),
        ClusterRecord(epoch: Epoch(1), jobIDPrefix: 0, nextJobNumber: 1, revision: .max),
    ])
    func `numbers that no cluster gets to are refused`(record: ClusterRecord) {
        #expect(throws: RestoreError.self) { try CoordinatorCore(restoring: StoredState(cluster: record), seed: 1) }
    }

    @Test func `a JobSet whose record contradicts itself is refused by name`() throws {
        let stored = try busyCluster().stored
        let js = try #require(stored.jobSets.firstIndex { $0.name.name == "js" })
        let sequence = #expect(throws: RestoreError.self) {
            var stored = stored
            stored.jobSets[js].sequence = .max
            _ = try CoordinatorCore(restoring: stored, seed: 1)
        }
        #expect(sequence?.message.contains("default/js is damaged in its sequence number") == true)
        let placement = #expect(throws: RestoreError.self) {
            var stored = stored
            stored.jobSets[js].placement?.jobs.removeLast()
            _ = try CoordinatorCore(restoring: stored, seed: 1)
        }
        #expect(placement?.message.contains("default/js is damaged in its placement") == true)
    }
}
