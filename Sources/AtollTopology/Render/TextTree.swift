/// A tree of lines, drawn with box characters in a given number of columns.
struct TextTree: Equatable {
    var text: String
    var children: [TextTree] = []

    /// Lines that are too long go on below their start, broken at spaces where there are any.
    func lines(columns: Int) -> [String] {
        var lines = Self.wrap(text, columns: columns)
        if !children.isEmpty { for index in 1..<lines.endIndex { lines[index] = "│  " + lines[index] } }
        for (index, child) in children.enumerated() {
            let isLast = index == children.count - 1
            for (row, line) in child.lines(columns: columns - 3).enumerated() {
                lines.append((row == 0 ? (isLast ? "└─ " : "├─ ") : (isLast ? "   " : "│  ")) + line)
            }
        }
        return lines
    }

    /// Lines of at most so many columns; all but the first are indented.
    static func wrap(_ text: String, columns: Int) -> [String] {
        var lines: [String] = []
        var rest = text[...]
        var width = columns
        while rest.count > width {
            let head = rest.prefix(width + 1)
            let end = head.lastIndex(of: " ") ?? head.index(before: head.endIndex)
            lines.append(rest[..<end].trimmed())
            rest = rest[end...].drop { $0 == " " }
            width = columns - indent.count
        }
        lines.append(String(rest))
        return lines.prefix(1) + lines.dropFirst().map { indent + $0 }
    }

    private static let indent = "    "
}
