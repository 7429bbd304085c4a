import AtollModel

/// A description of one object: fields under each other, then tables under their titles.
public struct Page: Sendable {
    private enum Part: Sendable {
        case field(String, Cell)
        case table(String, Table)
    }

    private var parts: [Part] = []

    /// Absent values leave no line.
    mutating func field(_ label: String, _ value: String?) { field(label, cell: value.map { Cell($0) }) }

    mutating func field(_ label: String, cell: Cell?) {
        if let cell { parts.append(.field(label, cell)) }
    }

    /// Several values under each other, the label once.
    mutating func field(_ label: String, values: [String]) {
        for (index, value) in values.enumerated() { field(index == 0 ? label : "", value) }
    }

    /// Empty tables leave no line.
    mutating func table(_ title: String, _ table: Table) {
        if !table.rows.isEmpty { parts.append(.table(title, table)) }
    }

    public func lines(isColored: Bool = false) -> [String] {
        let width = parts.reduce(0) { if case .field(let label, _) = $1 { max($0, label.count) } else { $0 } } + 1
        return parts.flatMap { part in
            switch part {
            case .field(let label, let cell):
                let label = label.isEmpty ? "" : label + ":"
                let value = cell.style.map { isColored ? $0.applied(to: cell.text) : cell.text } ?? cell.text
                return [label + String(repeating: " ", count: width - label.count + 2) + value]
            case .table(let title, let table):
                return ["\(title):"] + table.lines(isColored: isColored).map { "  " + $0 }
            }
        }
    }
}

extension Table {
    init(titles: [String]) { self.init(titles.map { Column(title: $0) }) }
}

extension Timestamp {
    /// `2026-11-23T22:12:11Z (3m10s ago)`
    func withAge(at now: Timestamp) -> String { "\(self) (\(Age.text(from: self, to: now)) ago)" }
}
