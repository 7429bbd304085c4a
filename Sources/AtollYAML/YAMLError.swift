/// Why a text is not YAML that Atoll reads, and where.
public struct YAMLError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong and, where there is one, the remedy; no full stop, no position.
    public var message: String
    public var mark: YAMLMark

    public init(_ message: String, at mark: YAMLMark) {
        self.message = message
        self.mark = mark
    }

    /// 1-based; 0 when the error is about the text as a whole.
    public var line: Int { mark.line }
    /// 1-based; 0 when the error is about the text as a whole.
    public var column: Int { mark.column }

    public var description: String { line == 0 ? message : "line \(line), column \(column): \(message)" }
}
