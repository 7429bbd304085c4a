import AtollYAML

extension Topology {
    /// The cluster for Graphviz: islands are clusters within each other, hosts are boxes.
    public var dot: String {
        var writer = DOTWriter()
        writer.open("graph cluster")
        writer.line("graph [fontname=\"Helvetica\", style=\"rounded\", color=\"#888888\"];")
        writer.line("node [fontname=\"Helvetica\", fontsize=10, shape=box, style=\"filled\"];")
        for level in levels { writer.write(level) }
        for host in looseHosts { writer.write(host) }
        writer.close()
        return writer.text
    }
}

private struct DOTWriter {
    private(set) var text = ""
    private var depth = 0
    private var clusterCount = 0

    mutating func line(_ line: String) { text += String(repeating: "  ", count: depth) + line + "\n" }

    mutating func open(_ title: String) {
        line(title + " {")
        depth += 1
    }

    mutating func close() {
        depth -= 1
        line("}")
    }

    /// Recursive as deep as there are levels.
    mutating func write(_ level: Topology.Level) {
        for island in level.islands {
            clusterCount += 1
            // Only subgraphs with such names are drawn as boxes.
            open("subgraph cluster_\(clusterCount)")
            line("label=\(quoted(island.caption(level: level.key)));")
            for level in island.levels { write(level) }
            for host in island.hosts { write(host) }
            close()
        }
    }

    mutating func write(_ host: Topology.Host) {
        let label = host.captions.filter { !$0.isEmpty }.joined(separator: "\n")
        let frame = FindingFrame.color(of: host.object).map { ", color=\"\($0)\", penwidth=3" } ?? ""
        let fill = HostShade(host.object).fill
        line("\(quoted(host.object.objectName)) [label=\(quoted(label)), fillcolor=\"\(fill)\"\(frame)];")
    }

    private func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        return "\"\(escaped)\""
    }
}
