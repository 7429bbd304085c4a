import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct SuspendScenarios {
    static let verdicts: Verdicts = [
        "SUSPEND-03": .differs(.podFields),
        "SUSPEND-05": .differs(.podFields),
        "SUSPEND-07d": .differs(.mergedTemplates),
    ]

    private func suspended() throws -> Fixture { try Fixture { $0.suspend = true } }

    @Test func `SUSPEND-01: a JobSet that is made suspended has its jobs and no pods`() throws {
        let fixture = try suspended()
        #expect(fixture.jobs.count == 4 && fixture.cluster.wanted.isEmpty)
        let condition = try #require(fixture[.suspended])
        #expect(condition.status && condition.reason == "SuspendedJobs" && condition.message == "jobset is suspended")
        #expect(fixture.counts == "a: suspended 1, b: suspended 3")
    }

    @Test func `SUSPEND-02: suspending suspends all jobs`() throws {
        var fixture = try Fixture()
        fixture.readyAll()
        fixture.update { $0.suspend = true }
        #expect(fixture.counts == "a: suspended 1, b: suspended 3")
        #expect(fixture[.suspended]?.status == true)
        #expect(fixture.cluster.stopping.count == 4)
    }

    @Test func `SUSPEND-03: what was edited while suspended holds after resuming, but nothing gates a pod`() throws {
        let hosts = HostFacts.examples(islands: 2, ofHosts: 1)
        var fixture = try Fixture(hosts: hosts) { $0.suspend = true }
        fixture.update {
            $0.replicatedJobs[0].template.pod.labels = ["team": "blue"]
            $0.replicatedJobs[0].template.pod.annotations = ["note": "moved"]
            $0.replicatedJobs[0].template.pod.nodeSelector = [exampleTopologyKey: "b"]
        }
        fixture.update { $0.suspend = false }
        let launch = try #require(fixture.launch("a-0"))
        #expect(launch.labels["team"] == "blue" && launch.annotations["note"] == "moved")
        #expect(launch.labels[JobSetKeys.replicatedJobName] == "a")
        #expect(fixture.job("a-0")?.seat(ofPod: 0)?.host == HostID("b0"))
        #expect(fixture[.suspended]?.status == false && fixture[.suspended]?.reason == "ResumeJobs")
        fixture.completeAll()
        #expect(fixture.status.terminalState == "Completed")
        #expect(!Manifest(pod: "schedulingGates: [{name: acme.io/hold}]").problems.isEmpty)
    }

    @Test func `SUSPEND-04: a JobSet that no host suits can be suspended, changed and resumed`() throws {
        var fixture = try Fixture([.example("a", nodeSelector: ["pool": "none"])]) { $0.suspend = true }
        fixture.update { $0.suspend = false }
        #expect(fixture.cluster.wanted.isEmpty)
        #expect(fixture.cluster.run()?.waiting != nil)
        fixture.update {
            $0.suspend = true
            $0.replicatedJobs[0].template.pod.nodeSelector = [:]
            $0.replicatedJobs[0].template.pod.labels = ["team": "blue"]
        }
        fixture.update { $0.suspend = false }
        #expect(fixture.cluster.wanted == ["js-a-0-0"])
        #expect(fixture.launch("a-0")?.labels["team"] == "blue")
        fixture.completeAll()
        #expect(fixture.status.terminalState == "Completed")
    }

    @Test func `SUSPEND-05: gates are refused; the JobSet's own suspension holds its pods`() throws {
        let path = "spec.replicatedJobs[0].template.spec.template.spec.schedulingGates"
        #expect(Manifest(pod: "schedulingGates: [{name: acme.io/hold}]").problems.isJust(path, "use spec.suspend"))
        var fixture = try suspended()
        #expect(fixture.cluster.wanted.isEmpty)
        fixture.update { $0.suspend = false }
        fixture.completeAll()
        #expect(fixture.status.terminalState == "Completed")
    }

    @Test func `SUSPEND-06d: suspending and resuming is no restart, and what completed stays so`() throws {
        var fixture = try Fixture()
        fixture.readyAll()
        fixture.complete("b-0")
        fixture.update { $0.suspend = true }
        fixture.oldPodsEnd()
        fixture.update { $0.suspend = false }
        #expect(fixture.counters == [0, 0])
        #expect(fixture.cluster.wanted == ["js-a-0-0", "js-b-1-0", "js-b-2-0"])
        #expect(fixture.job("b-0")?.isComplete == true)
    }

    @Test func `SUSPEND-07d: a selector that was removed while suspended is gone after resuming`() throws {
        var fixture = try Fixture([.example("a", nodeSelector: ["pool": "none"])]) { $0.suspend = true }
        fixture.update { $0.replicatedJobs[0].template.pod.nodeSelector = [:] }
        fixture.update { $0.suspend = false }
        #expect(fixture.cluster.wanted == ["js-a-0-0"])
    }
}
