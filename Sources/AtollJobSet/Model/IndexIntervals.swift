/// Completion indexes as the Job API writes them: `1,3-5,7`, ascending and without repeats.
public struct IndexIntervals: Equatable, Sendable, CustomStringConvertible {
    public private(set) var ranges: [ClosedRange<Int>] = []

    /// - Parameter indexes: ascending.
    public init(_ indexes: some Sequence<Int>) {
        for index in indexes { append(index...index) }
    }

    /// Neighbours become one, so that equal sets of indexes are equal.
    mutating func append(_ range: ClosedRange<Int>) {
        if let last = ranges.last, last.upperBound == range.lowerBound - 1 {
            ranges[ranges.count - 1] = last.lowerBound...range.upperBound
        } else {
            ranges.append(range)
        }
    }

    public var count: Int { ranges.reduce(0) { $0 + $1.count } }

    /// Three and more in a row are written as an interval.
    public var description: String {
        ranges.map { range in
            switch range.count {
            case 1: "\(range.lowerBound)"
            case 2: "\(range.lowerBound),\(range.upperBound)"
            default: "\(range.lowerBound)-\(range.upperBound)"
            }
        }
        .joined(separator: ",")
    }
}
