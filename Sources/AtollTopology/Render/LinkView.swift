/// The direct links among a host's boards of one kind: those of a hive, or those outside hives.
struct LinkView: Equatable {
    /// Nil for links outside hives.
    var hive: Hive?
    /// Position among the host's hives, from 1.
    var number: Int
    /// Those that are linked, in order.
    var boards: [Board]
    /// Ends are positions in `boards`, the lower first.
    var links: [Line]

    struct Line: Equatable {
        var from: Int
        var to: Int
        var link: DeviceLink
    }

    /// Whether every board reaches every other by a link of the same weight, which needs no drawing.
    var isUniform: Bool {
        links.count == boards.count * (boards.count - 1) / 2 && Set(links.map(\.link.weight)).count <= 1
    }

    /// `XGMI hive 1`, `NeuronLink`.
    var title: String {
        if hive != nil { return "XGMI hive \(number)" }
        return links.first?.link.kind == .neuron ? "NeuronLink" : "XGMI"
    }

    /// `[0-7], all linked directly, weight 15, 64 GB/s`.
    var summary: String {
        let members = Board.indexes(boards)
        if links.isEmpty { return "\(members), links unknown" }
        if !isUniform { return "\(members), \(links.count) direct links" }
        let link = links[0].link
        let weight = link.weight == 0 ? "" : ", weight \(link.weight)"
        return "\(members), all linked directly\(weight)"
            + (link.bandwidthMax == 0 ? "" : ", \(link.bandwidthMax / 1000) GB/s")
    }

    /// `[0] to [1], [3]` for each board that has links, each link once at each end; empty where all have all.
    var neighbours: [String] {
        if isUniform { return [] }
        return boards.indices.compactMap { position in
            let others = links.compactMap { line in
                line.from == position ? line.to : line.to == position ? line.from : nil
            }
            if others.isEmpty { return nil }
            return "\(boards[position].indexes) to "
                + others.sorted().map { boards[$0].indexes }.joined(separator: ", ")
        }
    }
}

extension HostTopology {
    /// One for each hive, then one for the links of each kind outside hives.
    var linkViews: [LinkView] {
        let boards = boards
        let hiveViews = hives.enumerated().map { position, hive in
            let members = Set(hive.devices)
            return LinkView(hive, number: position + 1, boards.filter { members.contains($0.linkName) }, links)
        }
        let inHives = hives.map { Set($0.devices) }
        let loose = links.filter { link in !inHives.contains { $0.contains(link.from) && $0.contains(link.to) } }
        let looseViews = [DeviceLink.Kind.xgmi, .neuron].compactMap { kind -> LinkView? in
            let links = loose.filter { $0.kind == kind }
            let ends = Set(links.flatMap { [$0.from, $0.to] })
            let view = LinkView(nil, number: 0, boards.filter { ends.contains($0.linkName) }, links)
            return view.links.isEmpty ? nil : view
        }
        return hiveViews.filter { !$0.boards.isEmpty } + looseViews
    }
}

extension LinkView {
    fileprivate init(_ hive: Hive?, number: Int, _ boards: [Board], _ links: [DeviceLink]) {
        var positions: [String: Int] = [:]
        for (position, board) in boards.enumerated() { positions[board.linkName] = position }
        self.hive = hive
        self.number = number
        self.boards = boards
        self.links = links.compactMap { link in
            guard let from = positions[link.from], let to = positions[link.to], from != to else { return nil }
            return Line(from: min(from, to), to: max(from, to), link: link)
        }
    }
}
