import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct PlacementTests {
    private func hosts(of jobSet: JobSet, on hosts: [HostFacts]) throws -> [[[String]]]? {
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(jobSet)
        return cluster.run()?.placement?.jobs.map { $0.compactMap { $0?.seats.map(\.host.name) } }
    }

    @Test func `each exclusive job gets an island of its own, its pods on neighbouring hosts`() throws {
        let jobSet = JobSet.example("js", [.example(replicas: 2, pods: 2, devices: 4)], exclusive: true)
        #expect(
            try hosts(of: jobSet, on: HostFacts.examples(islands: 3, ofHosts: 2)) == [[["a0", "a1"], ["b0", "b1"]]]
        )
    }

    @Test func `the smallest island that suffices is taken`() throws {
        let facts = HostFacts.examples(islands: 1, ofHosts: 3) + [.example("z0", island: "z")]
        let jobSet = JobSet.example("js", [.example(pods: 1, devices: 4)], exclusive: true)
        try #expect(hosts(of: jobSet, on: facts) == [[["z0"]]])
    }

    @Test func `pods are numbered along the hosts, several to a host where they must`() throws {
        let jobSet = JobSet.example("js", [.example(pods: 4, devices: 2)], exclusive: true)
        try #expect(hosts(of: jobSet, on: HostFacts.examples(islands: 1, ofHosts: 2)) == [[["a0", "a0", "a1", "a1"]]])
    }

    @Test func `pods on one host are given different devices`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example("js", [.example(pods: 2, devices: 2)]))
        #expect(cluster.run()?.placement?.jobs[0][0]?.seats.map(\.devices) == [[0, 1], [2, 3]])
        #expect(cluster.core.cluster.inventory[HostID("h0")]?.freeDevices == [])
    }

    @Test func `a pod's devices of one vendor leave those of another to others`() throws {
        var host = HostFacts.example("h0", devices: 0)
        host.devices = (0..<12).map { Device(index: UInt32($0), vendor: $0 < 4 ? .nvidia : .amd) }
        let jobs = [(AcceleratorVendor.nvidia, Int32(1)), (.amd, 2)].map { vendor, replicas in
            var job = ReplicatedJob.example("\(vendor)", replicas: replicas)
            job.template.pod.containers[0].devices[vendor.resourceName] = 4
            return job
        }
        var cluster = try ClusterFixture(hosts: [host])
        cluster.apply(.example("js", jobs))
        let seats = cluster.run()?.placement?.jobs.joined().compactMap { $0?.seats.first?.devices }
        #expect(seats == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]])
    }

    @Test func `a device that fails and works again stays with the pod that has it`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0", devices: 1)])
        cluster.apply(.example("first", [.example(devices: 1)]))
        for isUsable in [false, true] {
            var facts = HostFacts.example("h0", devices: 1)
            facts.devices[0].usable = isUsable
            cluster.tell(from: HostID("h0"), .reported(facts))
        }
        cluster.apply(.example("second", [.example(devices: 1)]))
        #expect(cluster.wanted == ["first-workers-0-0"])
        cluster.end("first-workers-0-0")
        #expect(cluster.wanted == ["second-workers-0-0"])
    }

    @Test func `shared pods spread over the emptiest hosts and keep off claimed islands`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 2, ofHosts: 2))
        cluster.apply(.example("one", [.example(pods: 2)], exclusive: true))
        cluster.apply(.example("js", [.example(pods: 3)]))
        #expect(cluster.run()?.placement?.jobs[0][0]?.seats.map(\.host.name) == ["b0", "b0", "b1"])
    }

    @Test func `pods that need all devices of a host come before those that spread over the hosts`() throws {
        let jobs: [ReplicatedJob] = [
            .example("small", replicas: 2, devices: 1), .example("any", devices: 0), .example("large", devices: 4),
        ]
        let facts = HostFacts.examples(islands: 1, ofHosts: 2)
        try #expect(hosts(of: .example("js", jobs), on: facts) == [[["a1"], ["a1"]], [["a0"]], [["a0"]]])
    }

    @Test func `an exclusive job and a shared one of the same JobSet do not meet`() throws {
        let jobs = [ReplicatedJob.example("driver"), .example("workers", pods: 2, exclusiveBy: exampleTopologyKey)]
        #expect(
            try hosts(of: .example("js", jobs), on: HostFacts.examples(islands: 2, ofHosts: 2)) == [
                [["b0"]], [["a0", "a1"]],
            ]
        )
    }

    @Test func `a node selector is heeded`() throws {
        let selector: Labels = [exampleTopologyKey: "b"]
        let jobSet = JobSet.example("js", [.example(nodeSelector: selector)])
        try #expect(hosts(of: jobSet, on: HostFacts.examples(islands: 2, ofHosts: 1)) == [[["b0"]]])
    }

    @Test func `a gang has all of its islands or none`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 2, ofHosts: 1))
        cluster.apply(.example("js", [.example(replicas: 3)], exclusive: true))
        #expect(cluster.run()?.placement == nil)
        #expect(cluster.core.cluster.claims.count == 0)
        #expect(cluster.wanted.isEmpty)
        cluster.join(.example("c0", island: "c"))
        #expect(cluster.core.cluster.claims.count == 3)
        #expect(cluster.wanted == ["js-workers-0-0", "js-workers-1-0", "js-workers-2-0"])
    }

    @Test func `islands of the whole JobSet are claimed before its first pod starts`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 2, ofHosts: 1))
        let jobs = [ReplicatedJob.example("first"), .example("second")]
        cluster.apply(.example("js", jobs, exclusive: true) { $0.startupOrder = .inOrder })
        #expect(cluster.core.cluster.claims.count == 2)
        #expect(cluster.wanted == ["js-first-0-0"])
    }

    @Test func `nobody else is placed on an island that has a pod of others`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 2))
        cluster.apply(.example("shared"))
        cluster.apply(.example("js", exclusive: true))
        #expect(cluster.run()?.placement == nil)
    }

    @Test func `a host that joins a claimed island is not given to others`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 1))
        cluster.apply(.example("one", exclusive: true))
        cluster.join(.example("a9", island: "a"))
        cluster.apply(.example("js"))
        #expect(cluster.run()?.placement == nil)
    }
}
