import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import AtollYAML
import Testing

/// Jobs and pods as `get -o yaml` shows them, and as lists need them.
@Suite struct WholeObjectTests {
    private func cluster() throws -> ClusterFixture {
        var job = ReplicatedJob.example(replicas: 2, devices: 1, backoffLimit: 4)
        job.template.activeDeadlineSeconds = 60
        job.template.podFailurePolicy = PodFailurePolicy(rules: [
            .init(action: .ignore, onPodConditions: [.init(type: "DisruptionTarget")])
        ])
        job.template.ignored = [YAMLPair(key: "suspend", value: .bool(true))]
        job.template.pod.initContainers = [Container(spec: ContainerSpec(name: "fetch", command: ["curl"]))]
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        cluster.apply(.example("js", [job]))
        return cluster
    }

    private func specs(_ kind: ObjectKind, whole: Bool, in cluster: ClusterFixture) -> [YAMLNode] {
        cluster.core.objects(.init(kind: kind, whole: whole)).compactMap { $0["spec"] }
    }

    @Test func `a job is shown as its template says, but for what its JobSet decides`() throws {
        let cluster = try cluster()
        let specs = specs(.jobs, whole: true, in: cluster)
        let template = try #require(cluster.run()?.spec.replicatedJobs[0].template)
        var expected = template
        expected.ignored = [YAMLPair(key: "suspend", value: .bool(false))]
        #expect(specs == [expected.node, expected.node])
        #expect(specs[0]["podFailurePolicy"] != nil && specs[0]["template"]?["spec"]?["initContainers"] != nil)
    }

    @Test func `a pod is shown with its containers, and with the place that it has`() throws {
        let specs = specs(.pods, whole: true, in: try cluster())
        #expect(specs.count == 2)
        #expect(specs[0]["containers"]?.items?.first?["name"]?.string == "main")
        #expect(specs[0]["restartPolicy"]?.string == "Never")
        #expect(specs[0]["nodeName"]?.string == "h0")
        #expect(specs.map { $0["devices"]?.items?.compactMap(\.int) } == [[0], [1]])
        #expect(specs[1]["hostname"]?.string == "js-workers-1-0")
    }

    @Test func `lists are spared the templates`() throws {
        let cluster = try cluster()
        let jobs = specs(.jobs, whole: false, in: cluster).map { $0.pairs?.map(\.key) }
        #expect(
            jobs
                == Array(
                    repeating: ["backoffLimit", "completionMode", "completions", "parallelism", "suspend"],
                    count: 2
                )
        )
        let pods = specs(.pods, whole: false, in: cluster).map { $0.pairs?.map(\.key) }
        #expect(pods == Array(repeating: ["devices", "hostname", "nodeName", "subdomain"], count: 2))
    }
}
