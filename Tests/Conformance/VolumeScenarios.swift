import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import AtollYAML
import Testing

struct VolumeScenarios {
    static let verdicts: Verdicts = [:]

    private let test = ObjectName(name: "test-volume-js")
    private let retained = ObjectName(name: "test-volume-retain-js")

    /// A worker that mounts two claims, of which one stays, and another job that mounts none.
    private func fixture(_ change: (inout JobSetSpec) -> Void = { _ in }) throws -> Fixture {
        let worker = ReplicatedJob.example("worker").mounting("test-volume", "test-volume-retain")
        return try Fixture([worker, .example("other")]) {
            $0.volumeClaimPolicies = [.example("test-volume", .delete), .example("test-volume-retain", .retain)]
            change(&$0)
        }
    }

    @Test func `VOLUME-01: claims are made, of which the JobSet owns those that go with it`() throws {
        let claims = try fixture().claims
        #expect(claims.map { $0["metadata"]?["name"]?.string } == [test.name, retained.name])
        let owners = claims.map { $0["metadata"]?["ownerReferences"]?.items?.map { $0["name"]?.string } }
        #expect(owners == [["js"], nil])
        #expect(claims.allSatisfy { $0["metadata"]?["labels"]?[JobSetKeys.jobSetName]?.string == "js" })
    }

    @Test func `VOLUME-02: the owned claim goes with its JobSet, the other stays and can be used again`() throws {
        var fixture = try fixture()
        let uid = fixture.uid(of: retained)
        fixture.delete()
        #expect(fixture.claims.map { $0["metadata"]?["name"]?.string } == [retained.name])

        let keeps: (inout JobSetSpec) -> Void = { $0.volumeClaimPolicies = [.example("test-volume-retain", .retain)] }
        let job = ReplicatedJob.example("worker").mounting("test-volume-retain")
        fixture.cluster.apply(.example("js", [job], change: keeps), .example("js-2", [job], change: keeps))
        #expect(fixture.uid(of: retained) == uid)
        fixture.readyAll()
        fixture.completeAll()
        #expect(fixture.status.terminalState == "Completed")
        #expect(fixture.cluster.run("js-2")?.jobSet.status.terminalState == "Completed")
        #expect(fixture.uid(of: ObjectName(name: "test-volume-retain-js-2")) != uid)
    }

    @Test func `VOLUME-03: a suspended JobSet has its claims`() throws {
        #expect(try fixture { $0.suspend = true }.claims.count == 2)
    }

    @Test func `VOLUME-04: a claim that exists is left as it is, one that cannot be made is an event`() throws {
        var fixture = try fixture()
        let uids = [test, retained].map(fixture.uid)
        fixture.readyAll()
        fixture.complete("other-0")
        #expect([test, retained].map(fixture.uid) == uids)

        // What can fail here is that there are too many.
        var limits = Limits.production
        limits.volumeClaims = 0
        var full = try ClusterFixture(hosts: [.example("h0")], limits: limits)
        full.apply(fixture.jobSet)
        #expect(full.run()?.events.map(\.reason) == ["PVCCreationFailed"])
        #expect(full.run()?.jobs.joined().allSatisfy { $0.current == nil } == true)
    }

    @Test func `VOLUME-05: a claim is a volume of the jobs that mount it, in whichever container`() throws {
        let fixture = try fixture()
        #expect(fixture.launch("worker-0")?.volumes.map(\.name) == ["test-volume", "test-volume-retain"])
        #expect(fixture.launch("other-0")?.volumes == [])
        let first = PodTemplate.example(mounting: ["test-volume"])
        var pod = PodTemplate.example(mounting: [])
        pod.initContainers = first.containers
        #expect(pod.mounts("test-volume") && first.mounts("test-volume"))
        #expect(!PodTemplate.example(mounting: ["a", "b"]).mounts("test-volume"))
    }

    @Test func `VOLUME-06: an initializer and its workers share one claim`() throws {
        let jobs = [ReplicatedJob.example("first"), .example("node", pods: 2)].map { $0.mounting("test-volume") }
        var fixture = try Fixture(jobs) {
            $0.volumeClaimPolicies = [.example("test-volume", .delete)]
            $0.replicatedJobs[1].dependsOn = [Dependency(name: "first", status: .complete)]
        }
        fixture.readyAll()
        fixture.completeAll()
        fixture.readyAll()
        fixture.completeAll()
        #expect(fixture.status.terminalState == "Completed")
        #expect(fixture.launches.flatMap(\.volumes).allSatisfy { $0 == fixture.launches[0].volumes[0] })
        // What is in it, and that it is gone afterwards, is shown by scripts/test-e2e.
        fixture.delete()
        #expect(fixture.claims.isEmpty)
    }
}

extension Fixture {
    fileprivate var claims: [YAMLNode] {
        cluster.core.objects(AdminRequest.List(kind: .persistentvolumeclaims))
    }

    fileprivate func uid(of claim: ObjectName) -> ObjectUID? { cluster.core.cluster.volumeClaims[claim]?.uid }

    /// Deletes the JobSet and waits for its end, and for that of its claims.
    fileprivate mutating func delete() {
        cluster.order(.deleteJobSet(ObjectName(name: "js")))
        cluster.endStopping()
        cluster.answerRemovals()
    }
}
