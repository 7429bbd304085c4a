import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

@Suite struct AdmissionTests {
    private func refused(_ body: AdminReply.Body?) -> AdminFailure? {
        if case .failed(let failure) = body { failure } else { nil }
    }

    private func actions(_ body: AdminReply.Body?) -> [ApplyResult.Action] {
        if case .applied(let results) = body { results.map(\.action) } else { [] }
    }

    @Test func `created, unchanged, configured`() throws {
        var cluster = try ClusterFixture()
        #expect(actions(cluster.apply(.example())) == [.created])
        #expect(actions(cluster.apply(.example())) == [.unchanged])
        #expect(actions(cluster.apply(.example { $0.suspend = true })) == [.configured])
        #expect(cluster.run()?.jobSet.metadata.generation == 2)
    }

    @Test func `what is accepted is in the batch that goes before the answer`() throws {
        var cluster = try ClusterFixture()
        cluster.apply(.example())
        let stored = cluster.effects.persist.contains { change in
            if case .put(.jobSet(let record)) = change { record.name.name == "js" } else { false }
        }
        #expect(stored)
    }

    @Test func `a dry run changes nothing`() throws {
        var cluster = try ClusterFixture()
        #expect(actions(cluster.order(.apply([JobSet.example().application], dryRun: true))) == [.created])
        #expect(cluster.run() == nil)
    }

    private var unnamed: JobSet {
        var jobSet = JobSet.example("")
        jobSet.metadata.generateName = "js-"
        return jobSet
    }

    @Test func `a name that is left out is made, another one each time`() throws {
        var cluster = try ClusterFixture()
        var names: [String] = []
        for body in [cluster.apply(unnamed), cluster.apply(unnamed, unnamed)] {
            guard case .applied(let results) = body else { continue }
            #expect(results.allSatisfy { $0.action == .created })
            names += results.map(\.name.name)
        }
        #expect(Set(names).count == 3)
        #expect(names.allSatisfy { $0.hasPrefix("js-") && $0.count == 8 })
        #expect(cluster.core.jobSetRuns.map(\.name.name) == names)
        #expect(cluster.core.jobSetRuns.allSatisfy { $0.jobSet.metadata.generateName == "js-" })
    }

    @Test func `a made name is what is stored, and what the JobSet is applied by from then on`() throws {
        var cluster = try ClusterFixture()
        cluster.apply(unnamed)
        let before = try #require(cluster.core.jobSetRuns.first).jobSet
        try cluster.restart()
        #expect(cluster.core.jobSetRuns.map(\.jobSet.metadata.name) == [before.metadata.name])
        #expect(cluster.core.jobSetRuns.map(\.jobSet.metadata.generateName) == ["js-"])
        #expect(actions(cluster.apply(before)) == [.unchanged])
    }

    @Test func `a dry run makes no name, and says what one would begin with`() throws {
        var cluster = try ClusterFixture()
        let body = cluster.order(.apply([unnamed.application, unnamed.application], dryRun: true))
        guard case .applied(let results) = body else {
            Issue.record("refused")
            return
        }
        #expect(results.map(\.name.name) == ["js-", "js-"])
        #expect(cluster.core.jobSetRuns.isEmpty)
    }

    @Test func `fields that cannot change are refused by name`() throws {
        var cluster = try ClusterFixture()
        cluster.apply(.example())
        let failure = refused(cluster.apply(.example { $0.successPolicy.operator = .any }))
        #expect(failure?.code == .invalid)
        #expect(failure?.causes.map(\.field) == ["spec.successPolicy"])
        #expect(cluster.run()?.spec.successPolicy.operator == .all)
    }

    @Test func `two JobSets of one name in a manifest are refused as a whole`() throws {
        var cluster = try ClusterFixture()
        let failure = refused(cluster.apply(.example(), .example("other"), .example()))
        #expect(failure?.code == .invalid)
        #expect(failure?.message == "JobSet default/js is in the manifest twice; give each a name of its own")
        #expect(cluster.core.jobSetRuns.isEmpty)
    }

    @Test func `all of a manifest or nothing`() throws {
        var cluster = try ClusterFixture(limits: .tiny)
        let tooBig = JobSet.example("big", [.example(pods: 65)])
        let failure = refused(cluster.apply(.example(), tooBig))
        #expect(failure?.code == .limitReached)
        #expect(failure?.message == "JobSet default/big has 65 pods; the limit is 64")
        #expect(cluster.core.jobSetRuns.isEmpty)
    }

    @Test func `more JobSets than the limit are refused`() throws {
        var cluster = try ClusterFixture(limits: .tiny)
        for number in 0..<5 { cluster.apply(.example("js\(number)")) }
        let both = refused(cluster.apply(.example("js5"), .example("js6")))
        #expect(both?.message == "the limit of 6 JobSets is reached; delete finished ones")
        #expect(actions(cluster.apply(.example("js5"))) == [.created])
        #expect(actions(cluster.apply(.example("js5"))) == [.unchanged])
    }

    @Test func `events are kept up to the limit, the oldest go first`() throws {
        var cluster = try ClusterFixture(hosts: [.example("h0")], limits: .tiny)
        for _ in 0..<Limits.tiny.eventsPerJobSet {
            cluster.apply(.example { $0.suspend = true })
            cluster.endStopping()
            cluster.apply(.example())
        }
        #expect(cluster.run()?.events.count == Limits.tiny.eventsPerJobSet)
    }
}
