/// Turns pieces of output of several pods into bytes to write: whole lines, each with its pod's name in front.
///
/// A single pod without a prefix passes through unchanged, unfinished lines at once.
public struct LogPrinter: Sendable {
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
    private let isPrefixed: Bool
    private let isColored: Bool
    private let width: Int
    private var sources: [String: Source] = [:]
    /// In order of appearance, which decides about colours.
    private var order: [String] = []

    /// - Parameters:
    ///   - jobSet: whose name is left out of the prefixes.
    ///   - pods: those that are known; their order decides about their colours and their names about the width.
    public init(jobSet: String, pods: [String], isPrefixed: Bool, isColored: Bool) {
        self.jobSet = jobSet
        self.isPrefixed = isPrefixed
        self.isColored = isColored
        width = pods.reduce(0) { max($0, Self.shortName(of: $1, in: jobSet).count) }
        for pod in pods { add(pod) }
    }

    /// What can be written after this piece: nothing while a line is unfinished.
    public mutating func print(_ piece: LogPiece) -> [UInt8] {
        guard isPrefixed else { return piece.data }
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
        let name = Self.shortName(of: pod, in: jobSet)
        let padding = String(repeating: " ", count: max(0, width - name.count))
        let color = Self.colors[order.count % Self.colors.count]
        let shown = isColored ? "\u{1B}[\(color)m\(name)\(padding) |\u{1B}[0m " : "\(name)\(padding) | "
        sources[pod] = Source(prefix: Array(shown.utf8))
        order.append(pod)
    }

    private static let newline = UInt8(ascii: "\n")
    /// Cyan, yellow, green, magenta, blue, red, by ECMA-48, section 8.3.117.
    private static let colors = [36, 33, 32, 35, 34, 31]
}
