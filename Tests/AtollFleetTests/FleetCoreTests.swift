import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@testable import AtollFleet

/// A fleet under a real coordinator's core: what people see of the one is what the other did.
@Suite struct FleetCoreTests {
    private var cluster: FleetAndCoordinator

    init() throws { cluster = try Self.booted(Self.description) }

    private static var description: FleetDescription {
        var description = FleetDescription()
        description.levels = [FleetLevel(key: exampleTopologyKey, hosts: 4, prefix: "island-")]
        description.template = FleetDescription.template(devices: 4, vendor: .google)
        return description
    }

    private static func booted(_ description: FleetDescription) throws -> FleetAndCoordinator {
        var cluster = try FleetAndCoordinator(description)
        cluster.start()
        return cluster
    }

    /// Two islands of four hosts, a pod each.
    private static let jobSet = JobSet.example(
        "js",
        [.example("w", replicas: 2, pods: 4, devices: 4)],
        exclusive: true
    ) { $0.failurePolicy = FailurePolicy(maxRestarts: 3) }

    private var readyHosts: Int { cluster.core.cluster.inventory.hosts.count { $0.isReady } }
    private var restarts: Int32? { cluster.core.jobSetRun(ObjectName(name: "js"))?.jobSet.status.restarts }

    @Test mutating func `all hosts come, and stay as long as they are heard`() {
        #expect(cluster.fleet.counts.connected == 16)
        #expect(readyHosts == 16)
        cluster.wait(.seconds(60))
        #expect(readyHosts == 16)
        #expect(cluster.fleet.counts.connections == 16)
    }

    @Test mutating func `pods run until they are told to stop`() {
        cluster.apply(Self.jobSet)
        cluster.wait(.seconds(1))
        #expect(cluster.fleet.counts.ready == 8)
        cluster.wait(.seconds(3_600))
        #expect(cluster.fleet.counts.ready == 8)
        #expect(cluster.fleet.counts.containersStarted == 8)
    }

    @Test func `pods that end well complete their JobSet`() throws {
        var description = Self.description
        description.pods.startDelay = try #require(TimeRange("10ms..20ms"))
        description.pods.runTime = TimeRange("5s..10s")
        var cluster = try Self.booted(description)
        cluster.apply(Self.jobSet)
        cluster.wait(.seconds(1))
        #expect(cluster.fleet.counts.ready == 8)
        cluster.wait(.seconds(10))
        #expect(cluster.fleet.counts.succeeded == 8)
        #expect(cluster.core.jobSetRun(ObjectName(name: "js"))?.state == .completed)
    }

    @Test mutating func `a pod that fails restarts its JobSet`() throws {
        cluster.apply(Self.jobSet)
        cluster.wait(.seconds(1))
        let host = try #require(cluster.fleet.hosts.firstIndex { !$0.pods.isEmpty })
        try cluster.command("fail host-\(host) 3")
        cluster.wait(.seconds(1))
        #expect(restarts == 1)
        #expect(cluster.fleet.counts.ready == 8)
        // One exited with 3, seven were stopped.
        #expect(cluster.fleet.counts.failed == 8)
        #expect(cluster.fleet.counts.containersStarted == 16)
    }

    @Test mutating func `in place, a pod that failed is replaced, and the others begin anew`() throws {
        var jobSet = Self.jobSet
        jobSet.spec.restartInPlace()
        cluster.apply(jobSet)
        cluster.wait(.seconds(1))
        let before = Set(cluster.fleet.hosts.flatMap(\.pods.keys))
        let host = try #require(cluster.fleet.hosts.firstIndex { !$0.pods.isEmpty })
        try cluster.command("fail host-\(host) 3")
        cluster.wait(.seconds(30))
        #expect(cluster.fleet.counts.ready == 8)
        #expect(cluster.fleet.counts.containersStarted == 16)
        #expect(before.intersection(cluster.fleet.hosts.flatMap(\.pods.keys)).count == 7)
    }

    @Test mutating func `a partitioned host is lost after its lease, and does not know`() throws {
        cluster.apply(Self.jobSet)
        cluster.wait(.seconds(1))
        let host = try #require(cluster.fleet.hosts.firstIndex { !$0.pods.isEmpty })
        try cluster.command("partition host-\(host)")
        cluster.wait(.seconds(6))
        #expect(readyHosts == 16)
        cluster.wait(.seconds(8))
        #expect(readyHosts == 15)
        #expect(restarts == 1)
        // The seven others stopped and eight new ones run; the pod that nobody reaches runs on.
        #expect(cluster.fleet.counts.ready == 9)
        try cluster.command("heal host-\(host)")
        cluster.wait(.seconds(60))
        #expect(readyHosts == 16)
        #expect(cluster.fleet.counts.ready == 8)
        #expect(cluster.abandoned == [])
    }

    @Test mutating func `what a short partition held back arrives`() throws {
        try cluster.command("partition all")
        cluster.wait(.seconds(5))
        try cluster.command("heal all")
        cluster.wait(.seconds(60))
        #expect(readyHosts == 16)
        #expect(cluster.fleet.counts.connections == 16)
    }

    @Test mutating func `after a reset all hosts come back, and no pod is touched`() throws {
        cluster.apply(Self.jobSet)
        cluster.wait(.seconds(1))
        try cluster.command("reset all")
        #expect(cluster.fleet.counts.connected == 0)
        cluster.wait(.seconds(10))
        #expect(cluster.fleet.counts.connections == 32)
        #expect(readyHosts == 16)
        #expect(cluster.fleet.counts.containersStarted == 8)
        #expect(restarts == 0)
    }

    @Test mutating func `a host that reboots has lost its pods`() throws {
        cluster.apply(Self.jobSet)
        cluster.wait(.seconds(1))
        let host = try #require(cluster.fleet.hosts.firstIndex { !$0.pods.isEmpty })
        try cluster.command("reboot host-\(host)")
        cluster.wait(.seconds(10))
        #expect(restarts == 1)
        #expect(cluster.fleet.counts.ready == 8)
        #expect(readyHosts == 16)
    }

    @Test mutating func `a command with a time waits for it`() throws {
        // A second has passed.
        try cluster.command("10s reset host-[0-3,99]")
        cluster.wait(.seconds(8))
        #expect(cluster.fleet.counts.connections == 16)
        cluster.wait(.seconds(20))
        #expect(cluster.fleet.counts.connections == 20)
    }

    @Test mutating func `a fleet that stops says goodbye`() {
        cluster.stop()
        #expect(readyHosts == 0)
        #expect(cluster.fleet.counts.connected == 0)
    }

    @Test func `the same fleet does the same again`() throws {
        var description = Self.description
        description.seed = 7
        description.pods.runTime = TimeRange("1s..100s")
        description.pods.failurePercent = 50
        let runs = try (0..<2).map { _ in
            var cluster = try Self.booted(description)
            cluster.apply(Self.jobSet)
            cluster.wait(.seconds(200))
            return cluster.fleet.counts
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0].failed > 0)
    }
}
