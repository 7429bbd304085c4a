/// A regular expression of `onJobFailureMessagePatterns`, found anywhere in a message.
public struct MessagePattern {
    public struct SyntaxError: Error, CustomStringConvertible {
        public var description: String
    }

    private let regex: Regex<AnyRegexOutput>

    public init(_ pattern: String) throws(SyntaxError) {
        do {
            regex = try Regex(pattern)
        } catch {
            throw SyntaxError(description: "not a regular expression: \(error)")
        }
    }

    public func isFound(in message: String) -> Bool { message.firstMatch(of: regex) != nil }
}
