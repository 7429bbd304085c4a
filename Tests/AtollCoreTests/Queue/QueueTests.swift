import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct QueueTests {
    @Test func `the second JobSet starts in the turn in which the first one's island is free`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 1))
        cluster.apply(.example("first", exclusive: true))
        cluster.apply(.example("second", exclusive: true))
        #expect(cluster.wanted == ["first-workers-0-0"])
        cluster.startAll()
        cluster.end("first-workers-0-0")
        #expect(cluster.run("first")?.jobSet.status.terminalState == "Completed")
        #expect(cluster.wanted == ["second-workers-0-0"])
        #expect(cluster.run("second")?.waiting == nil)
    }

    @Test func `the oldest that waits is offered the room first`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 1))
        for name in ["first", "second", "third"] { cluster.apply(.example(name, exclusive: true)) }
        cluster.end("first-workers-0-0")
        #expect(cluster.wanted == ["second-workers-0-0"])
        cluster.end("second-workers-0-0")
        #expect(cluster.wanted == ["third-workers-0-0"])
    }

    @Test func `an older JobSet that does not fit holds up no younger one`() throws {
        var cluster = try ClusterFixture(hosts: HostFacts.examples(islands: 1, ofHosts: 1))
        cluster.apply(.example("big", [.example(replicas: 2)], exclusive: true))
        cluster.apply(.example("small", exclusive: true))
        #expect(cluster.wanted == ["small-workers-0-0"])
    }

    @Test func `a JobSet that was changed while it waited is looked at again`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")])
        let selector: Labels = ["zone": "x"]
        cluster.apply(.example("js", [.example(nodeSelector: selector)]) { $0.suspend = true })
        cluster.apply(.example("js", [.example(nodeSelector: selector)]))
        #expect(cluster.run()?.waiting != nil)
        cluster.apply(.example("js", [.example()]) { $0.suspend = true })
        cluster.apply(.example("js", [.example()]))
        #expect(cluster.wanted == ["js-workers-0-0"])
    }

    @Test func `more JobSets wait than one round may look at, and all are placed in the end`() throws {
        var cluster = try ClusterFixture(limits: .tiny)
        let names = (0..<Limits.tiny.jobSets).map { "js\($0)" }
        for name in names { cluster.apply(.example(name)) }
        cluster.join(.example("h0"))
        cluster.turn([])
        #expect(cluster.wanted == names.map { "\($0)-workers-0-0" })
    }
}
