/// One field of a table.
struct Cell: Equatable, Sendable {
    var text: String
    var style: Style?

    init(_ text: String?, style: Style? = nil) {
        let text = text?.printable ?? ""
        self.text = text.isEmpty ? "-" : text
        self.style = style
    }

    static func state(_ state: String?) -> Cell { Cell(state, style: state.flatMap { Style(state: $0) }) }
}

/// Rows under upper-case titles, as `kubectl` lays them out: three spaces between columns, none at the end of a line.
///
/// Columns are as wide as their widest field. A last column that `isShortened` gives way so that the line fits.
struct Table: Sendable {
    enum Alignment: Sendable { case left, right }

    struct Column: Sendable {
        var title: String
        var alignment = Alignment.left
        var isShortened = false
    }

    static let gutter = "   "
    static let lineLength = 80
    /// A shortened field keeps so much, even if the line becomes too long.
    static let shortenedMin = 16

    let columns: [Column]
    private(set) var rows: [[Cell]] = []
    private var widths: [Int]

    init(_ columns: [Column]) {
        self.columns = columns
        widths = columns.map(\.title.count)
    }

    mutating func append(_ row: [Cell]) {
        widen(for: row)
        rows.append(row)
    }

    /// A further line under those that have been printed, which it follows in width as far as it fits.
    mutating func line(following row: [Cell], isColored: Bool) -> String {
        widen(for: row)
        return line(row, isColored: isColored)
    }

    func lines(showsTitles: Bool = true, isColored: Bool = false) -> [String] {
        let titles = showsTitles ? [line(columns.map { Cell($0.title) }, isColored: false)] : []
        return titles + rows.map { line($0, isColored: isColored) }
    }

    private mutating func widen(for row: [Cell]) {
        precondition(row.count == columns.count, "a row has \(row.count) fields for \(columns.count) columns")
        for (index, cell) in row.enumerated() { widths[index] = max(widths[index], cell.text.count) }
    }

    private func line(_ row: [Cell], isColored: Bool) -> String {
        var line = ""
        var used = 0
        for (index, (cell, column)) in zip(row, columns).enumerated() {
            let isLast = index == columns.count - 1
            let room = max(Self.shortenedMin, Self.lineLength - used)
            let text = isLast && column.isShortened ? cell.text.shortened(to: room) : cell.text
            let padding = String(repeating: " ", count: max(0, widths[index] - text.count))
            let shown = cell.style.map { isColored ? $0.applied(to: text) : text } ?? text
            switch column.alignment {
            case .right: line += padding + shown
            case .left: line += isLast ? shown : shown + padding
            }
            if !isLast { line += Self.gutter }
            used += widths[index] + Self.gutter.count
        }
        return line
    }
}
