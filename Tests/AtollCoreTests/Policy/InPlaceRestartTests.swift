import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import AtollYAML
import Testing

struct InPlaceRestartTests {
    private let dependent = [
        ReplicatedJob.example("a"),
        ReplicatedJob.example("b", dependsOn: [Dependency(name: "a", status: .ready)]),
    ]

    private func cluster(
        _ jobs: [ReplicatedJob],
        islands: Int = 0,
        ofHosts hostCount: Int = 1,
        change: (inout JobSetSpec) -> Void = { _ in }
    ) throws -> ClusterFixture {
        let hosts = islands > 0 ? HostFacts.examples(islands: islands, ofHosts: hostCount) : [.example("h0")]
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(
            .example("js", jobs, exclusive: islands > 0) {
                $0.restartInPlace()
                change(&$0)
            }
        )
        return cluster
    }

    private func current(_ cluster: ClusterFixture) -> Int32? {
        cluster.run()?.jobSet.status.currentInPlaceRestartAttempt
    }

    @Test func `pods of a JobSet that recreates are told of no attempts`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example("js"))
        #expect(cluster.wanted == ["js-workers-0-0"])
        #expect(cluster.attempts("js-workers-0-0") == nil)
    }

    @Test func `pods wait for each other, run, and restart together without a new job`() throws {
        var cluster = try cluster([.example("w", pods: 2)])
        let job = cluster.job("js-w-0")?.id
        #expect(cluster.attempts("js-w-0-0") == InPlaceAttempts(first: 0))
        cluster.observe("js-w-0-0", "js-w-0-1", attempt: 0)
        #expect(cluster.attempts("js-w-0-0") == InPlaceAttempts(current: 0, first: 0))
        cluster.observe("js-w-0-0", "js-w-0-1", attempt: 0, isReady: true)
        #expect(cluster.run()?.jobSet.status.replicatedJobsStatus[0].ready == 1)
        cluster.observe("js-w-0-1", attempt: 1)
        #expect(cluster.attempts("js-w-0-0")?.previous == 0)
        #expect(cluster.run()?.jobSet.status.replicatedJobsStatus[0].ready == 0)
        cluster.observe("js-w-0-0", attempt: 1)
        #expect(cluster.attempts("js-w-0-0") == InPlaceAttempts(previous: 0, current: 1, first: 1))
        #expect(cluster.run()?.events.filter { $0.reason == "RestartingInPlace" }.map(\.count) == [1])
        #expect(cluster.job("js-w-0")?.id == job)
        #expect(cluster.run()?.jobSet.status.restarts == 0)
    }

    @Test func `attempts are durable before any pod is told of them`() throws {
        var cluster = try cluster([.example("w", pods: 2)])
        cluster.observe("js-w-0-0", "js-w-0-1", attempt: 0)
        #expect(cluster.stored.jobSets.map(\.status.currentInPlaceRestartAttempt) == [0])
        cluster.observe("js-w-0-0", attempt: 1)
        #expect(cluster.stored.jobSets.map(\.status.previousInPlaceRestartAttempt) == [0])
    }

    @Test func `a job that waits for another joins the current attempt`() throws {
        var cluster = try cluster(dependent)
        cluster.observe("js-a-0-0", attempt: 0)
        #expect(current(cluster) == 0)
        #expect(cluster.wanted == ["js-a-0-0"])
        cluster.observe("js-a-0-0", attempt: 1)
        #expect(current(cluster) == 1)
        cluster.observe("js-a-0-0", attempt: 1, isReady: true)
        #expect(cluster.attempts("js-b-0-0")?.first == 1)
        cluster.observe("js-b-0-0", attempt: 1)
        #expect(current(cluster) == 1)
    }

    @Test func `a job that comes late while the others restart joins the attempt that they are on their way to`() throws
    {
        var jobs = dependent
        jobs[0].template.completions = 2
        jobs[0].template.parallelism = 2
        jobs[1].dependsOn = []
        var cluster = try cluster(jobs) { $0.startupOrder = .inOrder }
        cluster.observe("js-a-0-0", "js-a-0-1", attempt: 0)
        cluster.observe("js-a-0-1", attempt: 1)
        // A report of before its restart comes late.
        cluster.observe("js-a-0-0", "js-a-0-1", attempt: 0, isReady: true)
        #expect(cluster.attempts("js-b-0-0") == InPlaceAttempts(previous: 0, current: 0, first: 1))
    }

    @Test func `a pod that may not start yet is not waited for`() throws {
        var jobs = dependent
        jobs[1].dependsOn = []
        var cluster = try cluster(jobs) { $0.startupOrder = .inOrder }
        cluster.observe("js-a-0-0", attempt: 0, isReady: true)
        cluster.observe("js-b-0-0", attempt: 0, isReady: true)
        cluster.observe("js-a-0-0", attempt: 1)
        cluster.end("js-b-0-0", code: 1)
        // While the first waits at the barrier the second may not start.
        #expect(cluster.wanted == ["js-a-0-0"])
        #expect(current(cluster) == 1)
        cluster.observe("js-a-0-0", attempt: 1, isReady: true)
        cluster.wait(.seconds(10))
        #expect(cluster.wanted == ["js-a-0-0", "js-b-0-0"])
    }

    @Test func `a pod in the place of a failed one takes the others along`() throws {
        var cluster = try cluster([.example("w", pods: 2)])
        cluster.observe("js-w-0-0", "js-w-0-1", attempt: 0, isReady: true)
        cluster.end("js-w-0-0", code: 1)
        cluster.wait(.seconds(10))
        #expect(cluster.attempts("js-w-0-0") == InPlaceAttempts(current: 0))
        #expect(cluster.attempts("js-w-0-1") == InPlaceAttempts(current: 0, first: 0))
    }

    @Test func `the job of a lost host goes to another island, and the others follow in place`() throws {
        var cluster = try cluster([.example("w", replicas: 2, devices: 4)], islands: 3)
        cluster.observe("js-w-0-0", "js-w-1-0", attempt: 0, isReady: true)
        let (kept, moved) = (cluster.job("js-w-1")?.id, cluster.job("js-w-0")?.id)
        cluster.tell(from: HostID("a0"), .closed(reason: "gone"))
        cluster.wait(.seconds(6))
        #expect(cluster.job("js-w-0")?.seats.map(\.host.name) == ["c0"])
        #expect(cluster.job("js-w-0")?.id != moved)
        #expect(cluster.job("js-w-1")?.id == kept)
        #expect(cluster.attempts("js-w-0-0")?.first == 1)
        cluster.observe("js-w-0-0", attempt: 1)
        #expect(cluster.attempts("js-w-1-0")?.previous == 0)
        #expect(cluster.run()?.jobSet.status.restarts == 0)
    }

    @Test func `nobody starts while a pod of a job that moves still works at the attempt before`() throws {
        let jobs = [
            ReplicatedJob.example("a", devices: 4),
            ReplicatedJob.example("b", pods: 2, devices: 4, dependsOn: [Dependency(name: "a", status: .ready)]),
        ]
        var cluster = try cluster(jobs, islands: 5, ofHosts: 2)
        cluster.observe("js-a-0-0", attempt: 0, isReady: true)
        cluster.observe("js-b-0-0", "js-b-0-1", attempt: 0, isReady: true)
        let lost = ["js-a-0", "js-b-0"].compactMap { cluster.job($0)?.seat(ofPod: 0)?.host }
        for host in lost { cluster.tell(from: host, .closed(reason: "gone")) }
        cluster.wait(.seconds(6))
        #expect(cluster.stopping.contains("js-b-0-1"))
        cluster.observe("js-a-0-0", attempt: 1)
        #expect(current(cluster) == 0)
        cluster.endStopping()
        #expect(current(cluster) == 1)
    }

    @Test func `nobody starts while a pod of a job that is over still works at the attempt before`() throws {
        let jobs = [ReplicatedJob.example("w"), .example("done", pods: 2)]
        var cluster = try cluster(jobs) { spec in
            spec.replicatedJobs[1].template.successPolicy = JobSuccessPolicy(rules: [.init(succeededCount: 1)])
        }
        cluster.observe("js-w-0-0", "js-done-0-0", "js-done-0-1", attempt: 0, isReady: true)
        cluster.end("js-done-0-0", code: 0)
        #expect(cluster.stopping == ["js-done-0-1"])
        cluster.observe("js-w-0-0", attempt: 1)
        #expect(current(cluster) == 0)
        cluster.endStopping()
        #expect(current(cluster) == 1)
    }

    @Test func `suspending and resuming is no restart`() throws {
        var cluster = try cluster([.example("w", pods: 2)])
        cluster.observe("js-w-0-0", "js-w-0-1", attempt: 0, isReady: true)
        cluster.end("js-w-0-0", code: 1)
        let jobSet = try #require(cluster.run()?.jobSet)
        for isSuspended in [true, false] {
            var changed = jobSet
            changed.spec.suspend = isSuspended
            cluster.apply(changed)
            cluster.endStopping()
        }
        cluster.wait(.seconds(10))
        #expect(cluster.attempts("js-w-0-0") == InPlaceAttempts(current: 0, first: 0))
        #expect(cluster.attempts("js-w-0-1") == InPlaceAttempts(current: 0, first: 0))
    }

    @Test func `a job that grows is joined by its new pods`() throws {
        var cluster = try cluster([.example("w", pods: 2)])
        for attempt in 0...1 { cluster.observe("js-w-0-0", "js-w-0-1", attempt: UInt32(attempt)) }
        var jobSet = try #require(cluster.run()?.jobSet)
        jobSet.spec.replicatedJobs[0].template.completions = 3
        jobSet.spec.replicatedJobs[0].template.parallelism = 3
        cluster.apply(jobSet)
        #expect(cluster.attempts("js-w-0-2")?.first == 1)
        cluster.observe("js-w-0-2", attempt: 1)
        #expect(cluster.run()?.events.contains { $0.reason == "RestartingInPlace" } == false)
        #expect(cluster.attempts("js-w-0-0") == InPlaceAttempts(previous: 0, current: 1, first: 1))
    }

    @Test func `with the annotation that disables them pods are told of no attempts any more`() throws {
        var cluster = try cluster([.example("w", pods: 2)])
        #expect(cluster.attempts("js-w-0-0") != nil)
        var jobSet = try #require(cluster.run()?.jobSet)
        jobSet.metadata.annotations[JobSetKeys.disableInPlaceRestart] = ""
        cluster.apply(jobSet)
        #expect(cluster.attempts("js-w-0-0") == nil)
        #expect(cluster.wanted == ["js-w-0-0", "js-w-0-1"])
    }

    @Test func `a pod shows the attempt that it has come to, and whether it is ready`() throws {
        var cluster = try cluster([.example("w")])
        cluster.observe("js-w-0-0", attempt: 2)
        let pod = try #require(cluster.core.objects(AdminRequest.List(kind: .pods)).first)
        #expect(pod["metadata"]?["annotations"]?[JobSetKeys.inPlaceRestartAttempt]?.string == "2")
        #expect(pod["status"]?["conditions"]?.jsonText() == #"[{"type":"Ready","status":"False"}]"#)
    }
}
