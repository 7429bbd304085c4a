import AtollYAML
import Testing

@testable import AtollClient

/// The cluster for Graphviz, and as a picture.
@Suite struct PictureTests {
    private func topology(_ hosts: [YAMLNode], _ islands: [YAMLNode]) -> Topology {
        Topology(islands: islands, hosts: hosts, devices: [])
    }

    @Test func `islands are clusters in the form of Graphviz, hosts are filled by what they are good for`() throws {
        let hosts = [
            try Samples.host(1, job: 0, more: Samples.findings("error")), try Samples.host(6, state: "Lost", job: nil),
        ]
        let island = try Samples.island("slice-1", hosts: [1], state: "Claimed", job: "default/a-0")
        #expect(
            topology(hosts, [island]).dot == """
                graph cluster {
                  graph [fontname="Helvetica", style="rounded", color="#888888"];
                  node [fontname="Helvetica", fontsize=10, shape=box, style="filled"];
                  subgraph cluster_1 {
                    label="gke-nodepool slice-1: claimed by default/a-0";
                    "tpu-1" [label="tpu-1\\n0/4 free, 1 error", fillcolor="#a6cee3", color="#d7301f", penwidth=3];
                  }
                  "tpu-6" [label="tpu-6\\n4/4 free", fillcolor="#c8c8c8"];
                }

                """
        )
    }

    @Test func `an island within an island is a cluster within a cluster`() throws {
        let rack = try Samples.island("rack-a", key: "atoll.dev/rack", hosts: [1, 2, 3], state: "Free")
        let slice = try Samples.island("slice-1", hosts: [1, 2], state: "Free")
        let hosts = try (1...3).map { try Samples.host($0, job: nil) }
        let lines = topology(hosts, [rack, slice]).dot.split(separator: "\n")
        #expect(lines.contains("  subgraph cluster_1 {") && lines.contains("    subgraph cluster_2 {"))
        #expect(lines.contains("    \"tpu-3\" [label=\"tpu-3\\n4/4 free\", fillcolor=\"#cfe8b4\"];"))
    }

    @Test(arguments: [
        ("Ready", 0 as Int?, HostShade.claimed), ("Ready", nil, .inUse), ("Cordoned", 0, .degraded),
        ("Lost", nil, .degraded),
    ])
    func `a host has the shade of its state`(state: String, job: Int?, shade: HostShade) throws {
        #expect(HostShade(try Samples.host(1, state: state, job: job)) == shade)
    }

    @Test func `a host without pods is free`() throws {
        let host = try Samples.object(#"{"status":{"state":"Ready","pods":0,"devices":8,"freeDevices":8}}"#)
        #expect(HostShade(host) == .free)
    }

    @Test func `a picture is XML, whatever names are in it`() throws {
        let awkward = #"<b> & "c" 'd'"#
        let island = try Samples.island("x", hosts: [1], state: "Free").setting(name: awkward)
        let svg = topology([try Samples.host(1, job: nil)], [island]).svg
        #expect(svg.contains(">gke-nodepool &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;: free</text>"))
        #expect(svg.hasPrefix("<?xml") && svg.hasSuffix("</svg>\n"))
        #expect(svg.matches(of: /<text/).count == svg.matches(of: /<\/text>/).count)
    }

    @Test func `a picture of 100 hosts has each once, within its bounds, and none on another`() throws {
        let hosts = try (1...100).map { try Samples.host($0, job: nil) }
        let islands = try (0..<10).map { number in
            try Samples.island("r\(number)", hosts: Array(number * 10 + 1...number * 10 + 10), state: "Free")
        }
        let svg = topology(hosts, islands).svg
        let size = try #require(svg.firstMatch(of: /width="(\d+)" height="(\d+)" viewBox/))
        let (width, height) = (Int(size.1) ?? 0, Int(size.2) ?? 0)
        #expect(width < 2_000 && height < 1_200)
        let cells = svg.matches(of: /<rect x="(\d+)" y="(\d+)" width="(\d+)" height="38"/).map { match in
            [match.1, match.2, match.3].compactMap { Int($0) }
        }
        // And six in the legend.
        #expect(cells.count == 106)
        #expect(cells.allSatisfy { $0[0] + $0[2] <= width && $0[1] + 38 <= height })
        for (index, cell) in cells.enumerated() {
            for other in cells[(index + 1)...] where abs(cell[1] - other[1]) < 38 {
                #expect(cell[0] + cell[2] <= other[0] || other[0] + other[2] <= cell[0])
            }
        }
        for number in 1...100 { #expect(svg.contains(">tpu-\(number)</text>")) }
    }
}

extension YAMLNode {
    /// The same object under another name.
    fileprivate func setting(name: String) -> YAMLNode {
        .map([
            ("metadata", .map([("name", .string(name))])), ("status", self["status"]),
        ])
    }
}
