import AtollYAML

/// All that is wrong with a manifest.
public struct ManifestError: Error, Equatable, Sendable, CustomStringConvertible {
    /// File name for messages; `-` for standard input, empty when unknown.
    public var source: String
    /// Never empty; in the order of the lines.
    public var problems: [FieldProblem]

    init(source: String = "", problems: [FieldProblem]) {
        self.source = source
        self.problems = problems.enumerated()
            .sorted { ($0.element.mark, $0.offset) < ($1.element.mark, $1.offset) }
            .map(\.element)
    }

    /// One line for each problem: `file:line:column: path: message`.
    public var description: String {
        problems.map { problem in
            let place = problem.mark.line == 0 ? "" : ":\(problem.mark.line):\(problem.mark.column)"
            return source.isEmpty && place.isEmpty ? "\(problem)" : "\(source)\(place): \(problem)"
        }
        .joined(separator: "\n")
    }
}
