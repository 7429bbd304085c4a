extension IndexIntervals {
    /// Why a text is none: what is wrong with which part of it.
    public struct ParseError: Error, Equatable {
        public let message: String
    }

    /// Reads what the Job API writes; unlike it, refuses a text that names no index at all.
    ///
    /// - Parameter limit: all indexes are below this.
    public init(parsing text: String, below limit: Int) throws(ParseError) {
        for part in text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
            let range = try Self.range(Substring(part), below: limit)
            if let last = ranges.last, last.upperBound >= range.lowerBound {
                throw ParseError(
                    message: "non-increasing order, previous: \(last.upperBound), current: \(range.lowerBound)"
                )
            }
            append(range)
        }
    }

    private static func range(_ text: Substring, below limit: Int) throws(ParseError) -> ClosedRange<Int> {
        let ends = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard ends.count <= 2 else {
            throw ParseError(message: "\"\(text)\" has more than two parts separated by '-'")
        }
        let first = try index(Substring(ends[0]), below: limit)
        guard ends.count == 2 else { return first...first }
        let last = try index(Substring(ends[1]), below: limit)
        guard first < last else {
            throw ParseError(message: "non-increasing order, previous: \(first), current: \(last)")
        }
        return first...last
    }

    private static func index(_ text: Substring, below limit: Int) throws(ParseError) -> Int {
        guard text.utf8.allSatisfy(NameRules.isDigit), let index = Int(text) else {
            throw ParseError(message: "cannot convert string to integer for index: \"\(text)\"")
        }
        guard index < limit else { throw ParseError(message: "too large index: \"\(text)\"") }
        return index
    }
}
