import Foundation

/// All figures of one invocation.
struct Report: Codable, Sendable {
    let machine: Machine
    let measurements: [Measurement]

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Two tables: every figure, then how those grow that were taken at several sizes.
    func text() -> String {
        let header = """
            \(machine.processor), \(machine.cores) cores, Linux \(machine.kernel)
            commit \(machine.commit), \(machine.configuration), load average \(machine.loadAverage)
            """
        let parts = [header, TextTable(figures).text, TextTable(growth).text, sources]
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private var figures: [[String]] {
        let titles = [
            "NAME", "HOSTS", "MIN", "MEDIAN", "MAX", "P99", "UNIT", "CPU s", "RSS MiB", "REACH", "PEER", "RATIO",
        ]
        return [titles] + measurements.map(row)
    }

    private func row(of figure: Measurement) -> [String] {
        let size = figure.size.map { String($0) } ?? "-"
        let reach = figure.reach.map { $0.short + (figure.isReached == true ? " yes" : " NO") } ?? "-"
        let peer = figure.peer.map { $0.value.short } ?? "-"
        let mark = figure.peer?.isLikeForLike == true ? "" : "*"
        let ratio = figure.ratio.map { "x" + $0.short + mark } ?? "-"
        let memory = (Double(figure.peakResidentKiB) / 1024).short
        return [
            figure.name, size, figure.min.short, figure.median.short, figure.max.short, figure.p99?.short ?? "-",
            figure.unit.rawValue, figure.cpuSeconds.short, memory, reach, peer, ratio,
        ]
    }

    private var growth: [[String]] {
        let rows = Growth.all(in: measurements).map { growth in
            [
                growth.points.first?.name ?? "",
                growth.points.map { "\($0.size ?? 0): \($0.median.short)" }.joined(separator: "  "),
                growth.points.first?.unit.rawValue ?? "", String(format: "%.2f", growth.law.exponent),
            ]
        }
        return rows.isEmpty ? [] : [["GROWTH OF", "HOSTS: MEDIAN", "UNIT", "EXPONENT"]] + rows
    }

    /// What is measured, and whose the peers' figures are.
    private var sources: String {
        var lines: [String] = []
        var seen = Set<String>()
        for figure in measurements where seen.insert(figure.name).inserted {
            lines.append("\(figure.name): \(figure.what)")
            guard let peer = figure.peer else { continue }
            let caution = peer.isLikeForLike ? "" : " (* covers more than ours: API server, store or network)"
            lines.append("    peer: \(peer.source)\(caution)")
        }
        return lines.joined(separator: "\n")
    }
}

/// Rows of text in columns as wide as their widest cell; the first row is the header.
struct TextTable {
    private let rows: [[String]]

    init(_ rows: [[String]]) { self.rows = rows }

    var text: String {
        guard let titles = rows.first else { return "" }
        let widths = titles.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined(separator: "  ")
        }
        return lines.map { String($0.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
    }
}
