import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct LaunchTests {
    private func sentLaunches(_ cluster: ClusterFixture) -> [JobLaunch] {
        cluster.assignments.flatMap(\.assignment.launches).sorted { $0.job < $1.job }
    }

    @Test func `ranks are counted over the whole group, in spec order`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        let jobs = [ReplicatedJob.example("driver"), .example("workers", replicas: 2, pods: 3)]
        cluster.apply(.example("js", jobs))
        let launches = sentLaunches(cluster)
        #expect(launches.map(\.jobName) == ["js-driver-0", "js-workers-0", "js-workers-1"])
        #expect(launches.map(\.firstRank) == [0, 1, 4])
        #expect(launches.map(\.worldSize) == [7, 7, 7])
        #expect(launches.map(\.masterName) == Array(repeating: "js-driver-0-0.js", count: 3))
        #expect(launches.map(\.replicas) == [1, 2, 2])
        #expect(launches.map(\.podCount) == [1, 3, 3])
    }

    @Test func `another group has ranks and a master of its own`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        var workers = ReplicatedJob.example("workers", replicas: 2)
        workers.groupName = "training"
        cluster.apply(.example("js", [.example("driver"), workers]))
        let launches = sentLaunches(cluster)
        #expect(launches.map(\.firstRank) == [0, 0, 1])
        #expect(launches.map(\.worldSize) == [1, 2, 2])
        #expect(launches[2].masterName == "js-workers-0-0.js")
    }

    @Test func `the coordinator that a JobSet names is the master`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(
            .example("js", [.example("driver"), .example()]) {
                $0.coordinator = CoordinatorPod(replicatedJob: "workers")
                $0.network.subdomain = "net"
            }
        )
        #expect(sentLaunches(cluster).map(\.masterName) == Array(repeating: "js-workers-0-0.net", count: 2))
    }

    // MARK: Containers

    private func launch(_ change: (inout ReplicatedJob) -> Void, strategy: FailurePolicy.RestartStrategy = .recreate)
        throws -> JobLaunch
    {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        var job = ReplicatedJob.example(backoffLimit: .max)
        change(&job)
        cluster.apply(.example("js", [job]) { $0.failurePolicy = FailurePolicy(restartStrategy: strategy) })
        return try #require(sentLaunches(cluster).first)
    }

    @Test func `what a container says goes through as it is`() throws {
        let probe = Probe(action: .tcpSocket(host: "", port: 80), period: .seconds(3))
        let spec = ContainerSpec(
            name: "main",
            command: ["a"],
            restartPolicy: .onFailure,
            restartRules: [RestartRule(action: .restart, operator: .in, exitCodes: [3])],
            startupProbe: probe,
            livenessProbe: probe,
            preStop: .sleep(.seconds(1))
        )
        let sidecar = ContainerSpec(name: "proxy", command: ["b"], restartPolicy: .always)
        let launch = try launch {
            $0.template.pod.containers = [Container(spec: spec)]
            $0.template.pod.initContainers = [Container(spec: sidecar)]
        }
        #expect(launch.containers == [spec])
        #expect(launch.initContainers == [sidecar])
    }

    @Test(arguments: [(0, 0), (1, 0), (6, 5), (.max, 2_147_483_646)] as [(Int32, UInt32)])
    func `containers are restarted until the job would have failed`(limit: Int32, restarts: UInt32) throws {
        let launch = try launch {
            $0.template.pod.restartPolicy = .onFailure
            $0.template.backoffLimit = limit
        }
        #expect(launch.restartPolicy == .onFailure)
        #expect(launch.restartsMax == restarts)
    }

    @Test func `where pods never restart, only a container that asks for it does, and nobody counts`() throws {
        let plain = try launch { _ in }
        #expect(plain.restartPolicy == .never && plain.restartsMax == 0)
        let sidecar = Container(spec: ContainerSpec(name: "proxy", command: ["b"], restartPolicy: .always))
        #expect(try launch { $0.template.pod.initContainers = [sidecar] }.restartsMax == .max)
        #expect(try launch { $0.template.pod.containers[0].spec.restartPolicy = .onFailure }.restartsMax == .max)
    }

    @Test func `JobSet's own agent is left out where pods restart in place, and its worker started`() throws {
        let agent = ContainerSpec(name: "agent", command: [], restartPolicy: .always)
        let worker = ContainerSpec(
            name: "main",
            command: [],
            env: [EnvironmentVariable(name: "WORKER_COMMAND", source: .value("train"))]
        )
        let launch = try launch(
            {
                $0.template.pod.initContainers = [Container(spec: agent)]
                $0.template.pod.containers = [Container(spec: worker)]
            },
            strategy: .inPlaceRestart
        )
        #expect(launch.initContainers.isEmpty)
        #expect(launch.containers.map(\.command) == [["bash", "-c", "train"]])
    }

    // MARK: Names

    @Test func `each host is told where all pods are reached`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 2, ofHosts: 2))
        cluster.apply(.example("js", [.example(replicas: 2, pods: 2)], exclusive: true))
        let tables = cluster.assignments.flatMap(\.assignment.peers)
        #expect(tables.count == 4)
        #expect(tables.first?.subdomain == "js")
        let expected = [
            PeerTable.Job(name: "js-workers-0", addresses: ["10.0.0.0", "10.0.0.1"]),
            PeerTable.Job(name: "js-workers-1", addresses: ["10.0.1.0", "10.0.1.1"]),
        ]
        #expect(tables.allSatisfy { $0.jobs == expected })
    }

    @Test func `above the limit a pod is given its own job and pod 0 of each other`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 2, ofHosts: 2), limits: .tiny)
        cluster.apply(.example("js", [.example(replicas: 2, pods: 9)], exclusive: true))
        let table = try #require(cluster.assignments.last { $0.host == HostID("b0") }?.assignment.peers.first)
        #expect(table.jobs.map(\.addresses.count) == [1, 9])
    }

    @Test func `a JobSet without host names has no table`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example { $0.network.enableDNSHostnames = false })
        #expect(cluster.assignments.flatMap(\.assignment.peers).isEmpty)
        #expect(sentLaunches(cluster).map(\.subdomain) == [""])
        #expect(sentLaunches(cluster).map(\.masterName) == ["js-workers-0-0"])
    }
}
