import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

struct NetScenarios {
    static let verdicts: Verdicts = [
        "NET-01": .differs(.peerNames),
        "NET-02": .differs(.peerNames),
        "NET-03": .differs(.peerNames),
        "NET-05": .differs(.peerNames),
        "NET-06": .differs(.unreadyAddresses),
        "NET-07": .differs(.peerNames),
        "NET-08": .differs(.peerNames),
    ]

    private func peers(_ fixture: Fixture) -> [PeerTable] { fixture.cluster.assignments.flatMap(\.assignment.peers) }

    @Test func `NET-01: pods know each other under the JobSet's name`() throws {
        let fixture = try Fixture()
        let table = try #require(peers(fixture).first)
        #expect(table.subdomain == "js")
        #expect(table.jobs.map(\.name) == ["js-a-0", "js-b-0", "js-b-1", "js-b-2"])
        #expect(fixture.launches.map(\.subdomain) == Array(repeating: "js", count: 4))
    }

    @Test func `NET-02: or under the subdomain that the JobSet chooses`() throws {
        let fixture = try Fixture { $0.network.subdomain = "example" }
        #expect(peers(fixture).map(\.subdomain) == ["example"])
        #expect(fixture.launches.map(\.subdomain) == Array(repeating: "example", count: 4))
    }

    @Test func `NET-03: two JobSets may choose the same subdomain`() throws {
        var fixture = try Fixture { $0.network.subdomain = "example" }
        fixture.cluster.apply(.example("other", [.example("c")]) { $0.network.subdomain = "example" })
        #expect(peers(fixture).map { $0.jobs.map(\.name).last } == ["js-b-2", "other-c-0"])
    }

    @Test func `NET-04: a JobSet that says nothing of its network has one`() throws {
        var fixture = try Fixture([])
        fixture.cluster.apply(try Manifest(name: "other").decoded())
        #expect(peers(fixture).map(\.subdomain) == ["other"])
    }

    @Test func `NET-05: a Service in a manifest is refused`() {
        let text = "{apiVersion: v1, kind: Service, metadata: {name: js}}"
        #expect(Admission.problems(in: text).isJust("kind", "know each other by name anyway"))
    }

    @Test(arguments: [true, false]) func `NET-06: addresses are known before pods are ready`(flag: Bool) throws {
        let text = Manifest(spec: "network: {publishNotReadyAddresses: \(flag)}").text
        let decoded = try JobSetManifest.parse(text: text, source: "test.yaml", defaultNamespace: "default")[0]
        #expect(
            decoded.warnings.map { $0.hasPrefix("spec.network.publishNotReadyAddresses: ") } == (flag ? [] : [true])
        )
        let fixture = try Fixture { $0.network.publishNotReadyAddresses = flag }
        #expect(fixture["a"]?.ready == 0)
        #expect(peers(fixture).first?.jobs.map(\.addresses) == Array(repeating: ["10.0.0.1"], count: 4))
    }

    @Test func `NET-07: names outlive restarts of the coordinator`() throws {
        var fixture = try Fixture()
        let before = try #require(peers(fixture).first)
        try fixture.cluster.restart()
        fixture.cluster.join(.example("h0"))
        #expect(peers(fixture).count == 2 && peers(fixture).last == before)
    }

    @Test func `NET-08: pods know each other under the name that was generated`() throws {
        let text = Manifest().text.replacing("{name: js}", with: "{generateName: gen-}")
        let decoded = try JobSetManifest.parse(text: text, source: "test.yaml", defaultNamespace: "default")[0]
        var fixture = try Fixture([])
        fixture.cluster.apply(decoded.jobSet)
        let name = try #require(fixture.cluster.core.jobSetRuns.last?.name.name)
        #expect(name.hasPrefix("gen-") && name.count == 9)
        #expect(peers(fixture).map(\.subdomain) == [name])
        #expect(peers(fixture).first?.jobs.map(\.name) == ["\(name)-w-0"])
    }

    @Test(arguments: ["js", "network-subdomain"])
    func `NET-09: every pod reaches all four by name`(subdomain: String) throws {
        let fixture = try Fixture([.example("w", replicas: 4)], hosts: HostFacts.examples(islands: 1, ofHosts: 4)) {
            $0.network.subdomain = subdomain
        }
        #expect(fixture.cluster.assignments.filter { !$0.assignment.pods.isEmpty }.count == 4)
        for (host, assignment) in fixture.cluster.assignments {
            guard let pod = assignment.pods.first, let launch = assignment.launches.first else { continue }
            let address = fixture.cluster.core.cluster.inventory[host]?.facts.address ?? ""
            let plan = PodPlan(
                launch: launch,
                pod: pod,
                peers: assignment.peers.first,
                host: host,
                hostAddress: address
            )
            let lines = HostsFile.text(for: plan).split(separator: "\n")
            for index in 0..<4 {
                let name = " js-w-\(index)-0.\(subdomain) js-w-\(index)-0"
                #expect(lines.count { $0.hasSuffix(name) } == 1)
            }
        }
    }

    @Test func `NET-10: without host names pods have no subdomain`() throws {
        let fixture = try Fixture { $0.network.enableDNSHostnames = false }
        #expect(fixture.launches.map(\.subdomain) == Array(repeating: "", count: 4))
        #expect(peers(fixture).isEmpty)
    }
}
