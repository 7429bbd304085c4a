import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct GangScenarios {
    static let verdicts: Verdicts = ["GANG-02": .differs(.gang), "GANG-03": .differs(.gang)]

    @Test func `GANG-01: a JobSet that says nothing of gangs completes`() throws {
        var fixture = try Fixture()
        fixture.readyAll()
        fixture.completeAll()
        #expect(fixture.status.terminalState == "Completed")
    }

    @Test func `GANG-02: all pods are placed together without being told, and objects that say so are refused`() throws
    {
        let fixture = try Fixture(
            [.example("w", replicas: 2, pods: 2, devices: 2)],
            hosts: [.example("h0", devices: 6)]
        )
        #expect(fixture.cluster.wanted.isEmpty)
        var whole = fixture
        whole.cluster.join(.example("h1", devices: 2))
        #expect(whole.cluster.wanted.count == 4)
        for kind in ["Workload", "PodGroup"] {
            let text = "{apiVersion: scheduling.k8s.io/v1alpha1, kind: \(kind), metadata: {name: w}}"
            #expect(Admission.problems(in: text).isJust("kind", "the pods of a JobSet are always placed together"))
        }
        #expect(Manifest(pod: "schedulingGroup: {podGroupName: w}").problems.isEmpty)
    }

    @Test func `GANG-03: pods that must be near each other ask for an island`() throws {
        let hosts = HostFacts.examples(islands: 2, ofHosts: 2)
        let fixture = try Fixture([.example("w", pods: 4, devices: 2)], hosts: hosts, exclusive: true)
        let names = fixture.cluster.run()?.placement?.jobs[0][0]?.seats.map(\.host.name)
        #expect(names == ["a0", "a0", "a1", "a1"])
    }
}
