import AtollJobSet
import AtollModel
import AtollTestSupport
import AtollYAML
import Testing

@testable import AtollCore

/// Claims from their making to the end of their JobSet.
struct VolumeClaimTests {
    private let hosts = [HostFacts.example("h0", devices: 0), .example("h1", devices: 0)]
    private let data = ObjectName(name: "data-js")
    private let kept = ObjectName(name: "kept-js")

    /// A JobSet with a claim that goes with it, and one that stays.
    private func jobSet(_ name: String = "js", change: (inout JobSetSpec) -> Void = { _ in }) -> JobSet {
        .example(name, [.example("a").mounting("data", "kept"), .example("b")]) {
            $0.volumeClaimPolicies = [.example("data", .delete), .example("kept", .retain)]
            change(&$0)
        }
    }

    private func claims(_ cluster: ClusterFixture) -> [YAMLNode] {
        cluster.core.objects(AdminRequest.List(kind: .persistentvolumeclaims))
    }

    @Test func `claims are made with the JobSet, and belong to it unless they are retained`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        var jobSet = jobSet()
        jobSet.spec.volumeClaimPolicies[0].templates[0].labels = ["tier": "hot"]
        jobSet.spec.volumeClaimPolicies[0].templates[0].annotations = ["note": "n"]
        jobSet.spec.volumeClaimPolicies[0].templates[0].spec = .map([("accessModes", .list([.string("RWX")]))])
        cluster.apply(jobSet)
        let uid = try #require(cluster.run()).jobSet.metadata.uid
        let own = try #require(cluster.core.cluster.volumeClaims[data])
        #expect(own.owner == VolumeClaim.Owner(name: jobSet.metadata.name, uid: uid))
        #expect(own.labels == ["tier": "hot", JobSetKeys.jobSetName: "js"])
        #expect(own.annotations == ["note": "n"])
        #expect(!own.isTerminating && own.uid != uid)
        #expect(try #require(cluster.core.cluster.volumeClaims[kept]).owner == nil)

        let object = try #require(claims(cluster).first)
        #expect(object["kind"]?.string == "PersistentVolumeClaim")
        #expect(object["apiVersion"]?.string == "v1")
        let owners = object["metadata"]?["ownerReferences"]?.items ?? []
        #expect(owners.map { $0["name"]?.string } == ["js"])
        #expect(owners.first?["controller"]?.bool == true)
        #expect(object["spec"]?["accessModes"]?.items?.first?.string == "RWX")
        #expect(object["status"]?["phase"]?.string == "Bound")
        #expect(object["status"]?["usedBy"]?.items?.map(\.string) == ["js"])
        #expect(claims(cluster).last?["metadata"]?["ownerReferences"] == nil)
    }

    @Test func `they are on disk before a pod that mounts them is told to start`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(jobSet())
        // The fixture commits what a turn persists before it hands on what the turn sends.
        #expect(cluster.stored.volumeClaims.map(\.name) == [data, kept])
        let told = cluster.held.filter { $0.1.values.contains { cluster.core.podName($0.id) == "js-a-0-0" } }.map(\.0)
        #expect(cluster.stored.volumeClaims.map(\.hosts) == [told, told])
        #expect(told.count == 1)
    }

    @Test func `jobs that mount a claim are given its volume, others are not`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(jobSet())
        let launches = cluster.assignments.flatMap(\.assignment.launches)
        let first = try #require(launches.first { $0.jobName == "js-a-0" })
        #expect(first.volumes.map(\.name) == ["data", "kept"])
        let uid = try #require(cluster.core.cluster.volumeClaims[data]).uid
        #expect(first.volumes[0].source == .claim(VolumeClaimID(name: data, uid: uid)))
        #expect(try #require(launches.first { $0.jobName == "js-b-0" }).volumes.isEmpty)
    }

    @Test func `a volume may name a claim that exists, or a folder that is nobody's`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(jobSet())
        var job = ReplicatedJob.example("a").mounting("old", "other")
        let names = [("old", "kept-js"), ("other", "folder")]
        job.template.pod.volumes = names.map { name, claim in
            let id = VolumeClaimID(name: ObjectName(namespace: "", name: claim), uid: ObjectUID(""))
            return PodVolume(name: name, source: .claim(id))
        }
        cluster.apply(.example("reader", [job]))
        let launch = try #require(cluster.assignments.flatMap(\.assignment.launches).last)
        let uid = try #require(cluster.core.cluster.volumeClaims[kept]).uid
        #expect(launch.volumes[0].source == .claim(VolumeClaimID(name: kept, uid: uid)))
        let folder = VolumeClaimID(name: ObjectName(name: "folder"), uid: ObjectUID(""))
        #expect(launch.volumes[1].source == .claim(folder))
        #expect(cluster.core.cluster.volumeClaims.users(of: kept).map(\.name) == ["js", "reader"])
    }

    @Test func `a suspended JobSet has its claims as well`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(jobSet { $0.suspend = true })
        #expect(cluster.stored.volumeClaims.map(\.name) == [data, kept])
        #expect(cluster.stored.volumeClaims.allSatisfy { $0.hosts.isEmpty })
    }

    @Test func `without room for its claims a JobSet waits, says so, and goes on when there is some`() throws {
        var limits = Limits.production
        limits.volumeClaims = 3
        var cluster = try ClusterFixture(hosts: hosts, limits: limits)
        cluster.apply(jobSet())
        cluster.apply(jobSet("second"))
        #expect(cluster.run("second")?.waiting?.reason.hasPrefix("the limit of 3 volume claims is reached") == true)
        let events = cluster.run("second")?.events.filter { $0.reason == "PVCCreationFailed" } ?? []
        #expect(events.map(\.kind) == [.warning] && events.map(\.count) == [1])
        #expect(cluster.wanted == ["js-a-0-0", "js-b-0-0"])

        cluster.order(.deleteJobSet(ObjectName(name: "js")))
        cluster.endStopping()
        cluster.answerRemovals()
        #expect(cluster.core.cluster.volumeClaims[ObjectName(name: "kept-second")] != nil)
        #expect(cluster.wanted == ["second-a-0-0", "second-b-0-0"])
        #expect(cluster.run("second")?.waiting == nil)
    }

    @Test func `a claim that is made is not made again`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(jobSet())
        let uids = cluster.stored.volumeClaims.map(\.uid)
        cluster.startAll()
        cluster.end("js-a-0-0", code: 1)
        try cluster.restart()
        #expect(cluster.stored.volumeClaims.map(\.uid) == uids)
    }

    // MARK: Admission

    @Test func `a claim that is left behind is taken over by who asks for the same, and leaves it behind`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(jobSet())
        let uid = cluster.core.cluster.volumeClaims[kept]?.uid
        cluster.order(.deleteJobSet(ObjectName(name: "js")))
        cluster.endStopping()
        cluster.answerRemovals()
        #expect(cluster.stored.volumeClaims.map(\.name) == [kept])

        let greedy = cluster.apply(jobSet { $0.volumeClaimPolicies[1].whenDeleted = .delete })
        #expect(
            causes(greedy) == [
                "spec.volumeClaimPolicies[1].retentionPolicy.whenDeleted: "
                    + "retentionPolicy must be retain when PVC exists"
            ]
        )
        let other = YAMLNode.map([("accessModes", .list([]))])
        let changed = cluster.apply(jobSet { $0.volumeClaimPolicies[1].templates[0].spec = other })
        #expect(
            causes(changed) == [
                "spec.volumeClaimPolicies[1].templates[0].spec: "
                    + "spec does not match existing PVC kept-js in namespace default"
            ]
        )
        guard case .applied = cluster.apply(jobSet()) else {
            Issue.record("it is not taken over")
            return
        }
        #expect(cluster.core.cluster.volumeClaims[kept]?.uid == uid)
    }

    private func causes(_ reply: AdminReply.Body?) -> [String] {
        guard case .failed(let failure) = reply else { return [] }
        return failure.causes.map { "\($0.field): \($0.message)" }
    }

    @Test func `nobody gets a claim that is being deleted`() throws {
        var cluster = try ClusterFixture(hosts: hosts)
        cluster.apply(jobSet())
        cluster.order(.deleteJobSet(ObjectName(name: "js")))
        cluster.endStopping()
        #expect(cluster.run() == nil)
        for jobSet in [jobSet(), jobSet { $0.volumeClaimPolicies[0].whenDeleted = .retain }] {
            guard case .failed(let failure) = cluster.apply(jobSet) else {
                Issue.record("it is accepted")
                return
            }
            #expect(failure.code == .conflict)
            #expect(failure.message.contains("PersistentVolumeClaim default/data-js is being deleted"))
        }
        cluster.answerRemovals()
        guard case .applied = cluster.apply(jobSet()) else {
            Issue.record("it is refused for ever")
            return
        }
    }
}
