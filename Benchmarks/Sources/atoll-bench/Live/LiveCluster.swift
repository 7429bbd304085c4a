import AtollClient
import AtollFleet
import AtollLoop
import AtollModel
import AtollYAML
import Foundation
import Logging

/// A coordinator in a process of its own and a fleet in this one: real connections, a store on the disk.
final class LiveCluster {
    let hosts: Int
    let fleet: FleetShell
    private(set) var admin: AdminConnection
    private(set) var coordinator: CoordinatorProcess
    private let loop: EventLoop
    let folder: URL
    let port: UInt16
    private let lease: Int

    /// The core that the fleet is held to.
    static let core = 1

    /// Hosts have addresses of their own. From one alone the kernel looks long for a free port.
    private static let sources = (1...250).map { "127.1.0.\($0)" }

    /// What is not so by then will not be. Seconds.
    private static let patience = 120.0

    /// The coordinator serves; the hosts are not booted yet.
    ///
    /// - Parameter hosts: simulated ones; 0 where there are real agents.
    init(
        hosts: Int,
        hostsPerIsland: Int = 15,
        lease: Int = 10,
        change: (inout FleetDescription) -> Void = { _ in }
    ) async throws {
        self.hosts = hosts
        self.lease = lease
        folder = FileManager.default.temporaryDirectory.appending(path: "atoll-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        loop = try EventLoop()
        port = try Self.freePort(on: loop)
        var description = FleetDescription()
        description.hostCount = hosts
        description.levels = [FleetLevel(key: Fleet.islandKey, hosts: hostsPerIsland, prefix: "island-")]
        change(&description)
        EventLoop.ignoreBrokenPipes()
        fleet = FleetShell(
            on: loop,
            description,
            coordinators: [.internet(host: "127.0.0.1", port: port)],
            from: Self.sources,
            log: Logger(label: "fleet")
        )
        try loop.runOnNewThread()
        coordinator = try CoordinatorProcess(folder: folder, port: port, lease: lease)
        admin = try await coordinator.connect()
    }

    /// One that the kernel would have chosen.
    private static func freePort(on loop: EventLoop) throws -> UInt16 {
        let any = SocketAddress.internet(host: "127.0.0.1", port: 0)
        let listener = try Listener(on: loop, address: any, handlers: Listener.Handlers(onConnection: { _ in }))
        defer { listener.close() }
        guard case .internet(_, let port) = listener.address else { throw BenchError("there is no free port") }
        return port
    }

    /// All hosts have connected and reported, and the coordinator says so.
    func boot() async throws {
        await fleet.start()
        try await waitUntilConnected()
    }

    /// So often, in the fleet; then by the coordinator's word, which costs it a look at every host.
    func waitUntilConnected(times: Int = 1) async throws {
        let hosts = hosts
        _ = await fleet.reach { $0.connected == hosts && $0.connections >= hosts * times }
        try await wait(for: "all hosts to be ready") { try await admin.status().hostsReady == UInt64(hosts) }
    }

    /// Kills the coordinator and starts it anew; returns once it serves.
    func replaceCoordinator() async throws {
        coordinator.kill()
        coordinator = try CoordinatorProcess(folder: folder, port: port, lease: lease)
        admin = try await coordinator.connect()
    }

    func end() async {
        await fleet.hangUp()
        await admin.close()
        coordinator.kill()
        loop.stop()
        // Nobody else looks for it.
        try? FileManager.default.removeItem(at: folder)
    }

    // MARK: JobSets

    func apply(_ manifest: Manifest) async throws {
        _ = try await admin.apply(AdminRequest.Apply(manifest: manifest.yaml, source: manifest.name))
    }

    /// Until all jobs are ready, in the fleet and by the coordinator's word, after so many restarts.
    func waitUntilReady(_ manifest: Manifest, pods: Int, restarts: Int = 0) async throws {
        let containers = pods * (restarts + 1)
        if hosts > 0 { _ = await fleet.reach { $0.ready == pods && $0.containersStarted >= containers } }
        try await wait(for: "\(manifest.name) to be ready") {
            let status = try await status(of: manifest.name)
            return status.ready == manifest.jobs && status.restarts == restarts
        }
    }

    private func status(of name: String) async throws -> (ready: Int, restarts: Int) {
        let objects = try await admin.list(AdminRequest.List(kind: .jobsets, names: [name]))
        let status = objects.first?["status"]
        let ready = (status?["replicatedJobsStatus"]?.items ?? []).reduce(0) { $0 + ($1["ready"]?.int ?? 0) }
        // Restarts in place are counted by themselves.
        return (ready, status?["currentInPlaceRestartAttempt"]?.int ?? status?["restarts"]?.int ?? 0)
    }

    /// Until the first agent has been told of a pod, which it is not before all pods have places that are on disk.
    func waitUntilPlaced() async { _ = await fleet.reach { $0.starting + $0.running > 0 } }

    func command(_ line: String) async throws {
        if let command = try TimedCommand.parse(line) { await fleet.perform(command) }
    }

    /// Asks again and again.
    func wait(for what: String, _ isSo: () async throws -> Bool) async throws {
        let start = ContinuousClock.now
        while try await !isSo() {
            guard ContinuousClock.now - start < .seconds(Self.patience) else {
                throw BenchError("waited in vain for \(what): \(await fleet.counts)")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}

extension LiveCluster {
    /// Runs a benchmark's body on a cluster of its own, which is gone afterwards whatever happens.
    static func with(
        hosts: Int,
        hostsPerIsland: Int = 15,
        lease: Int = 10,
        change: (inout FleetDescription) -> Void = { _ in },
        _ body: (LiveCluster) async throws -> Void
    ) async throws {
        let cluster = try await LiveCluster(hosts: hosts, hostsPerIsland: hostsPerIsland, lease: lease, change: change)
        do {
            try await body(cluster)
        } catch {
            await cluster.end()
            throw error
        }
        await cluster.end()
    }

    /// Adds the time of `work` to a stopwatch, with the coordinator's processor time and peak memory.
    func time(_ stopwatch: inout Stopwatch, _ work: () async throws -> Void) async throws {
        let (first, before) = (coordinator.identifier, coordinator.usage.cpuSeconds)
        let start = ContinuousClock.now
        try await work()
        let (whole, attoseconds) = (ContinuousClock.now - start).components
        let usage = coordinator.usage
        // Of the next one where it was replaced meanwhile.
        let spent = coordinator.identifier == first ? usage.cpuSeconds - before : usage.cpuSeconds
        stopwatch.add(seconds: Double(whole) + Double(attoseconds) / 1e18, cpuSeconds: spent)
        stopwatch.peakResidentKiB = usage.peakResidentKiB
    }
}
