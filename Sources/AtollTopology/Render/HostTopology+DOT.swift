import AtollModel

extension HostTopology {
    /// The host as an undirected graph for Graphviz, for example `dot -Tsvg`: a cluster for each NUMA node, in it the
    /// bridges that accelerators and NICs share; direct links, or one node for a hive in which all reach all.
    public func dot(labels report: LabelReport) -> String {
        var graph = DOTGraph(findings: findings)
        graph.open("graph", named: hostname.isEmpty ? "host" : hostname)
        graph.line(
            "graph [rankdir=LR, ordering=out, labelloc=t, label=\(DOTGraph.quoted([title, summary])), \(DOTGraph.font)];"
        )
        graph.line("node [shape=box, style=\"rounded,filled\", fontsize=10, \(DOTGraph.font)];")
        graph.line("edge [color=\"\(PictureStyle.place.stroke)\"];")
        for (number, place) in HostLayout(self).places.enumerated() {
            graph.open("subgraph", named: "cluster \(number)")
            graph.line(
                "graph [label=\(DOTGraph.quoted([place.title])), style=filled, \(DOTGraph.paint(PictureStyle.place))];"
            )
            for part in place.parts { graph.add(part, below: nil) }
            graph.close()
        }
        if !nvswitches.isEmpty { graph.node("NVSwitches", [nvswitchText], PictureStyle.fabric) }
        for (number, view) in linkViews.enumerated() { graph.add(view, named: "links \(number)") }
        graph.close()
        return graph.text
    }
}

/// The text of a graph while it is written. Names are quoted everywhere, so that any name is one.
private struct DOTGraph {
    let findings: [Finding]
    private(set) var text = ""
    private var depth = 0

    init(findings: [Finding]) { self.findings = findings }

    static let font = "fontname=\"Helvetica,Arial,sans-serif\", fontcolor=\"\(PictureStyle.text)\""

    /// Lines of a label as one quoted string; only `"` and `\` are special in one.
    static func quoted(_ lines: [String]) -> String {
        let escaped = lines.map { line in
            line.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0.isNewline ? " " : "\($0)" }.joined()
        }
        return "\"\(escaped.joined(separator: "\\n"))\""
    }

    static func paint(_ paint: PictureStyle.Paint) -> String {
        "fillcolor=\"\(paint.fill)\", color=\"\(paint.stroke)\""
    }

    mutating func line(_ line: String) { text += String(repeating: "  ", count: depth) + line + "\n" }

    mutating func open(_ keyword: String, named name: String) {
        line("\(keyword) \(Self.quoted([name])) {")
        depth += 1
    }

    mutating func close() {
        depth -= 1
        line("}")
    }

    mutating func node(_ name: String, _ lines: [String], _ paint: PictureStyle.Paint, extra: String = "") {
        line("\(Self.quoted([name])) [label=\(Self.quoted(lines)), \(Self.paint(paint))\(extra)];")
    }

    mutating func edge(_ one: String, _ other: String, _ attributes: String = "") {
        line("\(Self.quoted([one])) -- \(Self.quoted([other]))\(attributes);")
    }

    mutating func add(_ part: HostLayout.Part, below parent: String?) {
        let name: String
        switch part {
        case .board(let board): name = add(PartCard(board, findings: findings))
        case .network(let device): name = add(PartCard(device, findings: findings))
        case .bridge(let address, let parts): name = add("PCI switch \(address)", parts)
        case .root(let root, let parts): name = add("PCI root \(root)", parts)
        }
        if let parent { edge(parent, name) }
    }

    private mutating func add(_ card: PartCard) -> String {
        let codes = Set(card.findings.map(\.code)).sorted().map { "! \($0.rawValue)" }
        let alarm = codes.isEmpty ? "" : ", penwidth=2, color=\"\(PictureStyle.alarm)\""
        node(card.id, [card.title] + card.lines + codes, card.paint, extra: alarm)
        return card.id
    }

    private mutating func add(_ title: String, _ parts: [HostLayout.Part]) -> String {
        node(title, [title], PictureStyle.bridge)
        for part in parts { add(part, below: title) }
        return title
    }

    /// A hive in which all reach all is a node that all hang on: its links would hide everything else.
    mutating func add(_ view: LinkView, named name: String) {
        let ends = view.boards.map { PartCard($0, findings: []).id }
        let color = " [color=\"\(PictureStyle.fabric.stroke)\", constraint=\(view.isUniform)]"
        if view.isUniform {
            node(name, [view.title, view.summary], PictureStyle.fabric)
            for end in ends { edge(end, name, color) }
        } else {
            for line in view.links { edge(ends[line.from], ends[line.to], color) }
        }
    }
}
