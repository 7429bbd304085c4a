import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import AtollYAML
import Testing

struct CreateScenarios {
    static let verdicts: Verdicts = [
        "CREATE-07": .differs(.objects),
        "CREATE-08": .differs(.admissionOfTemplates),
        "CREATE-11d": .differs(.objects),
    ]

    private func objects(_ kind: ObjectKind, _ fixture: Fixture) -> [YAMLNode] {
        fixture.cluster.core.objects(AdminRequest.List(kind: kind))
    }

    /// Values of one label of all jobs, in spec order.
    private func labels(_ key: String, _ fixture: Fixture) -> [String] {
        objects(.jobs, fixture).map { $0["metadata"]?["labels"]?[key]?.scalarText ?? "" }
    }

    @Test func `CREATE-01: a JobSet makes its four jobs, and they are its own`() throws {
        let fixture = try Fixture()
        let names = objects(.jobs, fixture).compactMap { $0["metadata"]?["name"]?.string }
        #expect(names == ["js-a-0", "js-b-0", "js-b-1", "js-b-2"])
        let uid = fixture.cluster.run()?.jobSet.metadata.uid.text ?? ""
        #expect(labels(JobSetKeys.jobSetUID, fixture) == Array(repeating: uid, count: 4))
    }

    @Test func `CREATE-02: jobs that are there are not made again, whatever became of them`() throws {
        let rule = FailurePolicy.Rule.example(.restartJob)
        var fixture = try Fixture { $0.failurePolicy = FailurePolicy(maxRestarts: 1, rules: [rule]) }
        fixture.readyAll()
        fixture.complete("b-0")
        let before = ["a-0", "b-0", "b-1"].map { fixture.job($0)?.id }
        fixture.fail("b-2")
        #expect(fixture.jobs == ["a-0", "b-0", "b-1", "b-2"])
        #expect(["a-0", "b-0", "b-1"].map { fixture.job($0)?.id } == before)
    }

    @Test func `CREATE-03: jobs and pods carry their own labels and annotations, and JobSet's as both`() throws {
        var job = ReplicatedJob.example("a")
        job.labels = ["team": "blue"]
        job.annotations = ["note": "nightly"]
        job.template.pod.labels = ["app": "train"]
        job.template.pod.annotations = ["cost": "high"]
        let fixture = try Fixture([job])
        let node = try #require(objects(.jobs, fixture).first?["metadata"])
        let launch = try #require(fixture.launch("a-0"))
        #expect(node["labels"]?["team"]?.string == "blue")
        #expect(node["annotations"]?["note"]?.string == "nightly")
        #expect(launch.labels["app"] == "train")
        #expect(launch.annotations["cost"] == "high")
        let pod = try #require(objects(.pods, fixture).first?["metadata"])
        #expect(pod["labels"]?["app"]?.string == "train")
        #expect(pod["annotations"]?["cost"]?.string == "high")
        for key in Self.keys {
            let value = try #require(launch.labels[key], "\(key)")
            #expect(launch.annotations[key] == value, "\(key)")
            for metadata in [node, pod] {
                #expect(metadata["labels"]?[key]?.scalarText == value, "\(key)")
                #expect(metadata["annotations"]?[key]?.scalarText == value, "\(key)")
            }
        }
    }

    private static let keys = [
        JobSetKeys.jobSetName, JobSetKeys.jobSetUID, JobSetKeys.replicatedJobName, JobSetKeys.replicatedJobReplicas,
        JobSetKeys.restartAttempt, JobSetKeys.globalReplicas, JobSetKeys.jobIndex, JobSetKeys.jobGlobalIndex,
        JobSetKeys.jobKey, JobSetKeys.groupName, JobSetKeys.groupReplicas, JobSetKeys.jobGroupIndex,
    ]

    @Test func `CREATE-04: jobs are numbered over all ReplicatedJobs in spec order`() throws {
        let fixture = try Fixture([.example("a", replicas: 2), .example("b", replicas: 2)])
        #expect(labels(JobSetKeys.jobGlobalIndex, fixture) == ["0", "1", "2", "3"])
        #expect(labels(JobSetKeys.globalReplicas, fixture) == ["4", "4", "4", "4"])
    }

    @Test func `CREATE-05: jobs are numbered within their group as well`() throws {
        var jobs = [ReplicatedJob.example("a", replicas: 2), .example("b"), .example("c", replicas: 3)]
        for (index, group) in ["g1", "g2", "g1"].enumerated() { jobs[index].groupName = group }
        let fixture = try Fixture(jobs)
        #expect(labels(JobSetKeys.jobGroupIndex, fixture) == ["0", "1", "0", "2", "3", "4"])
        #expect(labels(JobSetKeys.groupReplicas, fixture) == ["5", "5", "1", "5", "5", "5"])
    }

    @Test func `CREATE-06: every job and pod is told where the coordinator is`() throws {
        let fixture = try Fixture { $0.coordinator = CoordinatorPod(replicatedJob: "a") }
        let address = "js-a-0-0.js"
        #expect(labels(JobSetKeys.coordinator, fixture) == Array(repeating: address, count: 4))
        #expect(fixture.launches.count == 4)
        for launch in fixture.launches {
            #expect(launch.labels[JobSetKeys.coordinator] == address)
            #expect(launch.annotations[JobSetKeys.coordinator] == address)
        }
    }

    @Test func `CREATE-07: a Job that is applied by itself is refused`() {
        let text = "{apiVersion: batch/v1, kind: Job, metadata: {name: js-a-0}}"
        #expect(Admission.problems(in: text).isJust("kind", "make it the only replicatedJob of a JobSet"))
    }

    @Test func `CREATE-08: a template that no job could be made of is refused with the JobSet`() {
        let path = "spec.replicatedJobs[0].template.spec.template.spec.containers[0].command"
        #expect(Manifest(container: "").problems.isJust(path, "Required value"))
    }

    @Test func `CREATE-09: applying the same again changes no generation`() throws {
        var fixture = try Fixture()
        let before = fixture.cluster.run()?.jobSet.metadata
        fixture.update { _ in }
        #expect(fixture.cluster.run()?.jobSet.metadata == before)
        #expect(before?.generation == 1)
    }

    @Test func `CREATE-10: a job knows how often it was restarted by itself`() throws {
        let rule = FailurePolicy.Rule.example(.restartJob)
        var fixture = try Fixture([.example("w", replicas: 2)]) {
            $0.failurePolicy = FailurePolicy(maxRestarts: 2, rules: [rule])
        }
        for _ in 0..<2 { fixture.fail("w-1") }
        #expect(fixture["w"]?.jobRestarts == [0, 2])
        #expect(labels(JobSetKeys.jobRestartAttempt, fixture) == ["0", "2"])
        #expect(fixture.launch("w-1")?.labels[JobSetKeys.jobRestartAttempt] == "2")
    }

    @Test func `CREATE-11d: deleting by a job's name finds no JobSet`() throws {
        var fixture = try Fixture()
        let answer = fixture.cluster.order(.deleteJobSet(ObjectName(name: "js-a-0")))
        guard case .failed(let failure) = answer else { return #expect(Bool(false), "it was deleted") }
        #expect(failure.code == .notFound)
        #expect(fixture.jobs.count == 4)
    }
}
