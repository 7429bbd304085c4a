import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import AtollYAML
import Testing

/// Restarts of containers in their pod, which agents do by themselves and report.
struct ContainerRestartTests {
    private func cluster(
        backoffLimit: Int32,
        _ policy: PodTemplate.RestartPolicy = .onFailure
    ) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        var job = ReplicatedJob.example("w", pods: 2, backoffLimit: backoffLimit)
        job.template.pod.restartPolicy = policy
        cluster.apply(.example("js", [job]))
        cluster.startAll()
        return cluster
    }

    @Test func `under OnFailure those of all running pods count towards the limit`() throws {
        var cluster = try cluster(backoffLimit: 3)
        cluster.observe("js-w-0-0", restarts: 1)
        cluster.observe("js-w-0-1", restarts: 1)
        #expect(cluster.job("js-w-0")?.isActive == true)
        cluster.observe("js-w-0-0", restarts: 2)
        #expect(cluster.run()?.firstFailureReason == .backoffLimitExceeded)
    }

    @Test func `those of a pod that fails go on to count`() throws {
        var cluster = try cluster(backoffLimit: 3)
        cluster.observe("js-w-0-0", restarts: 1)
        cluster.end("js-w-0-0", code: 1)
        #expect(cluster.job("js-w-0")?.failures == 2)
        #expect(cluster.job("js-w-0")?.isActive == true)
        cluster.observe("js-w-0-1", restarts: 1)
        #expect(cluster.run()?.firstFailureReason == .backoffLimitExceeded)
    }

    @Test func `those of a pod that succeeds do not`() throws {
        var cluster = try cluster(backoffLimit: 3)
        cluster.observe("js-w-0-0", restarts: 2)
        cluster.end("js-w-0-0")
        cluster.observe("js-w-0-1", restarts: 2)
        #expect(cluster.job("js-w-0")?.isActive == true)
    }

    @Test func `under Never, where rules restart containers, they do not count`() throws {
        var cluster = try cluster(backoffLimit: 1, .never)
        cluster.observe("js-w-0-0", restarts: 5)
        cluster.end("js-w-0-0", code: 1)
        #expect(cluster.job("js-w-0")?.failures == 1)
        #expect(cluster.job("js-w-0")?.isActive == true)
    }

    @Test func `a pod shows them besides the pods that were before it`() throws {
        var cluster = try cluster(backoffLimit: 6)
        cluster.end("js-w-0-0", code: 1)
        cluster.wait(.seconds(10))
        cluster.observe("js-w-0-0", restarts: 2)
        let pod = try #require(cluster.core.objects(AdminRequest.List(kind: .pods)).first)
        #expect(pod["status"]?["restarts"]?.scalarText == "3")
    }
}

extension JobSetRun {
    fileprivate var firstFailureReason: JobFailureReason? {
        positions.compactMap { self[$0].current?.failure?.reason }.first
    }
}
