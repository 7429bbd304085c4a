import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct SuspendTests {
    private let running = JobSet.example("js", [.example(pods: 2)], exclusive: true)

    private var suspended: JobSet {
        var jobSet = running
        jobSet.spec.suspend = true
        return jobSet
    }

    private func runningCluster() throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 1))
        cluster.apply(running)
        cluster.startAll()
        return cluster
    }

    @Test func `a JobSet applied suspended has jobs and no places`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 1))
        cluster.apply(suspended)
        let run = try #require(cluster.run())
        #expect(run.placement == nil && run.waiting == nil)
        #expect(cluster.job("js-workers-0")?.isSuspended == true)
        #expect(run.jobSet.status[.suspended]?.reason == "SuspendedJobs")
        #expect(run.jobSet.status.replicatedJobsStatus[0].suspended == 1)
    }

    @Test func `suspending stops the pods and frees the island once they are gone`() throws {
        var cluster = try runningCluster()
        cluster.apply(suspended)
        #expect(cluster.stopping == ["js-workers-0-0", "js-workers-0-1"])
        cluster.end("js-workers-0-0", code: 1)
        #expect(cluster.core.cluster.claims.count == 1)
        cluster.end("js-workers-0-1", code: 1)
        #expect(cluster.core.cluster.claims.count == 0)
        #expect(cluster.run()?.jobSet.status.restarts == 0)
        #expect(cluster.job("js-workers-0")?.failures == 0)
    }

    @Test func `resuming keeps the job and runs its pods again`() throws {
        var cluster = try runningCluster()
        let job = cluster.job("js-workers-0")?.id
        cluster.apply(suspended)
        cluster.endStopping()
        cluster.apply(running)
        #expect(cluster.wanted == ["js-workers-0-0", "js-workers-0-1"])
        #expect(cluster.job("js-workers-0")?.id == job)
        let condition = cluster.run()?.jobSet.status[.suspended]
        #expect(condition?.status == false)
        #expect(condition?.reason == "ResumeJobs")
    }

    @Test func `pods that succeed while they are stopped stay succeeded`() throws {
        var cluster = try runningCluster()
        cluster.apply(suspended)
        cluster.end("js-workers-0-0", "js-workers-0-1")
        cluster.apply(running)
        #expect(cluster.run()?.jobSet.status.terminalState == "Completed")
    }

    private func withDevices(_ jobSet: JobSet, _ count: UInt32) -> JobSet {
        var jobSet = jobSet
        jobSet.spec.replicatedJobs[0].template.pod.containers[0].devices = [
            AcceleratorVendor.google.resourceName: count
        ]
        return jobSet
    }

    private func deviceCounts(_ cluster: ClusterFixture) -> [Int] {
        cluster.held.values.flatMap(\.values).filter { $0.goal == .run }.map(\.devices.count)
    }

    @Test func `devices may be changed while suspended, and are what the pods then get`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 1))
        cluster.apply(withDevices(running, 1))
        #expect(deviceCounts(cluster) == [1, 1])
        cluster.startAll()
        cluster.apply(withDevices(suspended, 1))
        cluster.endStopping()
        cluster.apply(withDevices(suspended, 2))
        cluster.apply(withDevices(running, 2))
        #expect(deviceCounts(cluster) == [2, 2])
    }

    @Test func `devices may be changed with the suspension and before the pods are gone`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 1))
        cluster.apply(withDevices(running, 1))
        cluster.startAll()
        cluster.apply(withDevices(suspended, 2))
        cluster.apply(withDevices(running, 2))
        #expect(deviceCounts(cluster).isEmpty)
        cluster.endStopping()
        #expect(deviceCounts(cluster) == [2, 2])
        #expect(cluster.run()?.jobSet.status[.suspended]?.status == false)
    }

    @Test func `a JobSet that is resumed before its pods are gone keeps its places, if it asks for none other`() throws
    {
        var cluster = try runningCluster()
        cluster.apply(suspended)
        let placement = cluster.run()?.placement
        cluster.apply(running)
        cluster.endStopping()
        #expect(placement != nil && cluster.run()?.placement == placement)
        #expect(cluster.run()?.eviction == nil)
    }

    @Test func `a pod that was stopped has not failed, though its job is resumed before it ends`() throws {
        var cluster = try runningCluster()
        cluster.apply(suspended)
        cluster.apply(running)
        cluster.endStopping()
        #expect(cluster.run()?.isFinished == false)
        #expect(cluster.wanted == ["js-workers-0-0", "js-workers-0-1"])
    }
}
