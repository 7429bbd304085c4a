/// A regular expression of `onJobFailureMessagePatterns`, found anywhere in a message.
///
/// The syntax is that of RE2, which JobSet uses, without Unicode classes (`\pL`) and `\Q...\E`; case is folded for
/// ASCII alone. All ways through the expression are followed at once, so the time is bounded by the length of the
/// message times `PatternProgram.instructionsMax`, whatever a user writes.
public struct MessagePattern: Sendable {
    public struct SyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
        public var description: String
    }

    static let bytesMax = 4096

    private let program: PatternProgram

    public init(_ pattern: String) throws(SyntaxError) {
        guard pattern.utf8.count <= Self.bytesMax else {
            throw SyntaxError(description: "the regular expression is longer than \(Self.bytesMax) bytes")
        }
        var parser = PatternParser(pattern)
        program = try PatternProgram(parser.parse())
    }

    public func isFound(in message: String) -> Bool {
        var run = PatternRun(program)
        var previous: Unicode.Scalar?
        for scalar in message.unicodeScalars {
            if run.starts(between: previous, and: scalar) { return true }
            run.advance(over: scalar)
            previous = scalar
        }
        return run.starts(between: previous, and: nil)
    }
}
