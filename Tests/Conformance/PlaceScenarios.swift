import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct PlaceScenarios {
    static let verdicts: Verdicts = [
        "PLACE-02": .differs(.nodeSelectorStrategy),
        "PLACE-03": .differs(.objects),
        "PLACE-04": .differs(.exclusivePriority),
        "PLACE-05": .differs(.exclusivePriority),
        "PLACE-06": .differs(.leaders),
        "PLACE-07": .differs(.leaders),
        "PLACE-08": .differs(.leaders),
        "PLACE-09": .differs(.leaders),
        "PLACE-10": .differs(.leaders),
        "PLACE-11": .differs(.leaders),
        "PLACE-12": .differs(.leaders),
    ]

    private let islands = HostFacts.examples(islands: 3, ofHosts: 2)

    /// The island that each job of a JobSet has claimed, by the names of its hosts' first letters: `a`, `b`, ...
    private func places(_ fixture: Fixture, _ name: String = "js") -> [String] {
        let placement = fixture.cluster.run(name)?.placement
        return placement?.jobs.joined().map { place in
            (place?.seats.map { String($0.host.name.prefix(1)) } ?? []).joined()
        } ?? []
    }

    @Test func `PLACE-01: exclusiveness is asked for by the JobSet or by one of its jobs`() throws {
        let key = JobSetKeys.exclusiveTopology
        let whole = try Fixture(hosts: HostFacts.examples(islands: 4, ofHosts: 1), exclusive: true)
        #expect(whole.launches.map { $0.annotations[key] } == Array(repeating: exampleTopologyKey, count: 4))
        #expect(whole.cluster.core.cluster.claims.count == 4)
        let jobs = [ReplicatedJob.example("a"), .example("b", replicas: 2, exclusiveBy: exampleTopologyKey)]
        let part = try Fixture(jobs, hosts: islands)
        #expect(part.launch("a-0")?.annotations[key] == nil)
        #expect(part.launch("b-0")?.annotations[key] == exampleTopologyKey)
        #expect(part.cluster.core.cluster.claims.count == 2)
    }

    @Test func `PLACE-02: the node-selector strategy is passed on to pods and needs no labels on hosts`() throws {
        var job = ReplicatedJob.example("w", replicas: 2, exclusiveBy: exampleTopologyKey)
        job.annotations[JobSetKeys.nodeSelectorStrategy] = "true"
        let fixture = try Fixture([job], hosts: islands)
        #expect(fixture.cluster.core.cluster.claims.count == 2)
        #expect(fixture.launch("w-0")?.annotations[JobSetKeys.nodeSelectorStrategy] == "true")
    }

    @Test func `PLACE-03: a pod that is applied by itself is refused`() {
        let text = "{apiVersion: v1, kind: Pod, metadata: {name: p}}"
        #expect(Admission.problems(in: text).isJust("kind", "make it the pod template of a JobSet"))
    }

    @Test func `PLACE-04: a priority does nothing, and a warning says so`() throws {
        let text = Manifest(pod: "priorityClassName: high").text
        let decoded = try JobSetManifest.parse(text: text, source: "test.yaml", defaultNamespace: "default")[0]
        #expect(decoded.warnings.count == 1)
        #expect(decoded.warnings[0].hasSuffix("priorityClassName: ignored: there are no priorities yet"))
    }

    @Test func `PLACE-05: no two exclusive jobs share an island, nor does any other pod`() throws {
        var fixture = try Fixture([.example("w", replicas: 2, pods: 2)], hosts: islands, exclusive: true)
        #expect(places(fixture) == ["aa", "bb"])
        fixture.cluster.apply(.example("more", [.example("x", replicas: 2)], exclusive: true))
        #expect(places(fixture, "more").isEmpty)
        fixture.cluster.apply(.example("shared", [.example("y", pods: 3)]))
        #expect(places(fixture, "shared") == ["ccc"])
    }

    @Test func `PLACE-06: all pods of a job are placed in one step, or none`() throws {
        let tooSmall = try Fixture([.example("w", pods: 3, devices: 4)], hosts: islands, exclusive: true)
        #expect(tooSmall.cluster.wanted.isEmpty && tooSmall.cluster.run()?.waiting != nil)
        let fits = try Fixture([.example("w", pods: 2, devices: 4)], hosts: islands, exclusive: true)
        #expect(fits.cluster.wanted == ["js-w-0-0", "js-w-0-1"] && places(fits) == ["aa"])
    }

    @Test func `PLACE-07: what becomes of pod 0 moves no other pod`() throws {
        var job = ReplicatedJob.example("w", pods: 2)
        job.template.backoffLimit = 3
        var fixture = try Fixture([job], hosts: islands, exclusive: true)
        fixture.readyAll()
        let before = places(fixture)
        fixture.cluster.end("js-w-0-0", code: 1)
        #expect(fixture.cluster.wanted == ["js-w-0-1"])
        fixture.cluster.wait(.seconds(10))
        #expect(fixture.cluster.wanted == ["js-w-0-0", "js-w-0-1"] && places(fixture) == before)
        fixture.cluster.end("js-w-0-0")
        #expect(fixture.cluster.wanted == ["js-w-0-1"] && places(fixture) == before)
    }

    @Test func `PLACE-08: a JobSet of the same name has nothing of the one before`() throws {
        var fixture = try Fixture([.example("w", pods: 2)], hosts: islands, exclusive: true)
        let before = fixture.job("w-0")?.id
        fixture.readyAll()
        fixture.cluster.order(.deleteJobSet(ObjectName(name: "js")))
        fixture.oldPodsEnd()
        #expect(fixture.cluster.run() == nil && fixture.cluster.core.cluster.claims.count == 0)
        fixture.update { _ in }
        #expect(fixture.cluster.wanted.count == 2)
        #expect(fixture.job("w-0")?.id != before)
    }

    @Test func `PLACE-09: over a restart no pod is on another island than its job`() throws {
        var fixture = try Fixture([.example("w", replicas: 2, pods: 2)], hosts: islands, exclusive: true) {
            $0.failurePolicy = FailurePolicy(maxRestarts: 1)
        }
        fixture.readyAll()
        fixture.failAndRestart("w-0")
        #expect(fixture.attempts == [1, 1] && places(fixture) == ["aa", "bb"])
        for (job, island) in [("w-0", "a"), ("w-1", "b")] {
            let seats = try #require(fixture.job(job)).seats
            #expect(seats.map(\.host.name) == [island + "0", island + "1"])
        }
    }

    @Test func `PLACE-10: hosts without the label are no island, and the JobSet waits`() throws {
        var fixture = try Fixture([.example("w")], hosts: [.example("h0")], exclusive: true)
        #expect(fixture.cluster.wanted.isEmpty)
        #expect(fixture.cluster.run()?.waiting?.reason.contains(exampleTopologyKey) == true)
        fixture.cluster.join(.example("a0", island: "a"))
        #expect(places(fixture) == ["a"])
    }

    @Test func `PLACE-11: jobs of one name in two namespaces are two`() throws {
        var fixture = try Fixture([.example("w")], hosts: islands, exclusive: true)
        var other = JobSet.example("js", [.example("w")], exclusive: true)
        other.metadata.name = ObjectName(namespace: "team", name: "js")
        fixture.cluster.apply(other)
        #expect(fixture.cluster.core.cluster.claims.count == 2)
        fixture.cluster.order(.deleteJobSet(other.metadata.name))
        #expect(fixture.cluster.stopping.isEmpty == false && fixture.jobs == ["w-0"])
    }

    @Test func `PLACE-12: a stop that did not reach its host is told again, and the island waits for it`() throws {
        let hosts = HostFacts.examples(islands: 1, ofHosts: 1)
        var fixture = try Fixture([.example("w")], hosts: hosts, exclusive: true)
        fixture.readyAll()
        let pod = try #require(fixture.job("w-0")).podID(0)
        fixture.cluster.tell(from: hosts[0].host, .closed(reason: "reset"))
        fixture.cluster.order(.deleteJobSet(ObjectName(name: "js")))
        #expect(fixture.cluster.core.cluster.claims.count == 1)
        let running = PodReport(pod: pod, observation: .running(since: fixture.cluster.now.wall))
        fixture.cluster.join(hosts[0], pods: [running])
        #expect(fixture.cluster.stopping == ["js-w-0-0"])
        fixture.oldPodsEnd()
        #expect(fixture.cluster.core.cluster.claims.count == 0)
    }
}
