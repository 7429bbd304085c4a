import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct ExecutionAttemptTests {
    private func cluster(_ change: (inout JobSetSpec) -> Void = { _ in }) throws -> ClusterFixture {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(
            .example("js", [.example("a"), .example("b")]) {
                $0.failurePolicy = FailurePolicy(maxRestarts: 3)
                change(&$0)
            }
        )
        return cluster
    }

    private func suspend(_ isSuspended: Bool, in cluster: inout ClusterFixture) throws {
        var jobSet = try #require(cluster.run()?.jobSet)
        jobSet.spec.suspend = isSuspended
        cluster.apply(jobSet)
        cluster.endStopping()
    }

    private func attempts(_ cluster: ClusterFixture) -> Int32? { cluster.run()?.jobSet.status.executionAttempts }

    @Test func `there is none before the first pod may run, and the first is 0`() throws {
        var cluster = try cluster { $0.suspend = true }
        #expect(attempts(cluster) == nil)
        try suspend(false, in: &cluster)
        #expect(attempts(cluster) == 0)
        cluster.startAll()
        #expect(attempts(cluster) == 0)
    }

    @Test func `each resume and each restart of all jobs is one more`() throws {
        var cluster = try cluster()
        cluster.end("js-a-0-0", code: 1)
        #expect(attempts(cluster) == 1)
        cluster.endStopping()
        try suspend(true, in: &cluster)
        #expect(attempts(cluster) == 1)
        try suspend(false, in: &cluster)
        #expect(attempts(cluster) == 2)
    }

    @Test func `a resume that comes in steps is counted once`() throws {
        var cluster = try cluster { $0.startupOrder = .inOrder }
        cluster.startAll()
        try suspend(true, in: &cluster)
        try suspend(false, in: &cluster)
        cluster.end("js-a-0-0")
        cluster.startAll()
        #expect(attempts(cluster) == 1)
    }

    @Test func `that it was held back is remembered over a restart of the coordinator`() throws {
        var cluster = try cluster()
        try suspend(true, in: &cluster)
        try cluster.restart()
        cluster.join(.example("h0"))
        try suspend(false, in: &cluster)
        #expect(attempts(cluster) == 1)
    }

    @Test func `jobs and pods say in which execution they were started`() throws {
        var cluster = try cluster()
        let launch = try #require(cluster.assignments.flatMap(\.assignment.launches).last)
        #expect(launch.annotations[JobSetKeys.executionAttempt] == "0")
        cluster.end("js-a-0-0", code: 1)
        cluster.endStopping()
        let next = try #require(cluster.assignments.flatMap(\.assignment.launches).last)
        #expect(next.annotations[JobSetKeys.executionAttempt] == "1")
        #expect(next.labels[JobSetKeys.executionAttempt] == nil)
    }
}
