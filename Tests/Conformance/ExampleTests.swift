import AtollCore
import AtollJobSet
import AtollModel
import AtollTestSupport
import Testing

/// `examples/`: what a user may begin with.
struct ExampleTests {
    private static let files = RepositoryFiles.names(in: "examples", ending: ".yaml")
    /// One for each policy; they run on hosts with nothing but a shell.
    private static let plain = [
        "coordinator", "depends-on", "failure-policy", "hello", "maintenance", "network", "probes", "restart-one-job",
        "sidecar", "success-policy", "volumes", "work-queue",
    ]
    .map { $0 + ".yaml" }

    @Test func `there is an example for each policy`() { #expect(Set(Self.plain).isSubset(of: Self.files)) }

    @Test(arguments: files) func `an example is accepted, and comes back as it went in`(file: String) throws {
        let text = try #require(RepositoryFiles.read("examples/\(file)"))
        let decoded = try JobSetManifest.parse(text: text, source: file, defaultNamespace: "default")
        for item in decoded {
            #expect(try JobSet.decode(item.jobSet.node, defaultNamespace: "default").jobSet == item.jobSet)
        }
        if Self.plain.contains(file) { #expect(decoded.flatMap(\.warnings).isEmpty) }
    }

    @Test(arguments: plain) func `an example that needs nothing runs to its end on one host`(file: String) throws {
        let text = try #require(RepositoryFiles.read("examples/\(file)"))
        let jobSet = try JobSetManifest.parse(text: text, source: file, defaultNamespace: "default")[0].jobSet
        var cluster = try ClusterFixture(hosts: [.example("h0", devices: 0)])
        cluster.apply(jobSet)
        // Each round starts what may start, and ends what then runs: no example has more than three steps.
        for _ in 0..<3 {
            cluster.startAll()
            for pod in cluster.wanted { cluster.end(pod) }
        }
        #expect(cluster.run(jobSet.metadata.name.name)?.jobSet.status.terminalState == "Completed")
    }
}
