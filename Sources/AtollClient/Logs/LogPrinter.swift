/// Turns pieces of the output of pods into bytes to write.
public struct LogPrinter: Sendable {
    public enum Form: Equatable, Sendable {
        /// Every byte as it comes, for a single pod.
        case bytes
        /// Whole lines, so that those of several pods never mix.
        case lines
        /// Whole lines, each with its pod's name in front.
        case prefixedLines(isColored: Bool)
    }

    /// A line that is longer is cut here, and each part gets a prefix.
    static let lineBytesMax = 1 << 20

    private struct Source: Sendable {
        let prefix: [UInt8]
        /// What came after the last line break.
        var rest: [UInt8] = []

        mutating func flush(into output: inout [UInt8]) {
            output += prefix
            output += rest
            output.append(LogPrinter.newline)
            rest.removeAll(keepingCapacity: true)
        }
    }

    private let jobSet: String
    private let form: Form
    private let width: Int
    private var sources: [String: Source] = [:]
    /// In order of appearance, which decides about colours.
    private var order: [String] = []

    /// - Parameters:
    ///   - jobSet: whose name is left out of the prefixes.
    ///   - pods: those that are known; their order decides about their colours and their names about the width.
    public init(jobSet: String, pods: [String], form: Form) {
        self.jobSet = jobSet
        self.form = form
        width = pods.reduce(0) { max($0, Self.shortName(of: $1, in: jobSet).count) }
        for pod in pods { add(pod) }
    }

    /// What can be written after this piece: nothing while a line is unfinished.
    public mutating func print(_ piece: LogPiece) -> [UInt8] {
        guard form != .bytes else { return piece.data }
        if sources[piece.pod] == nil { add(piece.pod) }
        guard var source = sources[piece.pod] else { return [] }
        sources[piece.pod]?.rest = []  // So that the copy's buffer is not shared and grows in place.
        var output: [UInt8] = []
        for part in piece.data.split(separator: Self.newline, omittingEmptySubsequences: false).enumerated() {
            if part.offset > 0 { source.flush(into: &output) }
            source.rest += part.element
            if source.rest.count >= Self.lineBytesMax { source.flush(into: &output) }
        }
        sources[piece.pod] = source
        return output
    }

    /// The unfinished lines, once nothing more comes.
    public mutating func finish() -> [UInt8] {
        var output: [UInt8] = []
        for pod in order where sources[pod]?.rest.isEmpty == false { sources[pod]?.flush(into: &output) }
        return output
    }

    /// `workers-0-1` for `multislice-workers-0-1`.
    static func shortName(of pod: String, in jobSet: String) -> String {
        pod.hasPrefix(jobSet + "-") ? String(pod.dropFirst(jobSet.count + 1)) : pod
    }

    private mutating func add(_ pod: String) {
        sources[pod] = Source(prefix: Array(prefix(of: pod).utf8))
        order.append(pod)
    }

    private func prefix(of pod: String) -> String {
        guard case .prefixedLines(let isColored) = form else { return "" }
        let name = Self.shortName(of: pod, in: jobSet).printable
        let padding = String(repeating: " ", count: max(0, width - name.count))
        let color = Self.colors[order.count % Self.colors.count]
        return isColored ? "\u{1B}[\(color)m\(name)\(padding) |\u{1B}[0m " : "\(name)\(padding) | "
    }

    private static let newline = UInt8(ascii: "\n")
    /// Cyan, yellow, green, magenta, blue, red, by ECMA-48, section 8.3.117.
    private static let colors = [36, 33, 32, 35, 34, 31]
}
