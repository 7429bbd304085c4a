/// How often a measured value fell into each of a few fixed ranges: small, and exact enough to tell 2 from 20.
struct Histogram<Value: Comparable & Sendable>: Sendable {
    /// Upper ends of the ranges, ascending; a value at an end belongs to it. Whatever is above has a range of its own.
    private let bounds: [Value]
    private var counts: [UInt64]
    private(set) var maximum: Value?

    init(bounds: [Value]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    var count: UInt64 { counts.reduce(0, +) }

    /// Each upper end, and how many values are at most as large.
    var cumulative: [(bound: Value, count: UInt64)] {
        var seen: UInt64 = 0
        return zip(bounds, counts).map { bound, count in
            seen += count
            return (bound, seen)
        }
    }

    mutating func add(_ value: Value) {
        counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
        maximum = maximum.map { max($0, value) } ?? value
    }

    /// The upper end of the range that holds the value of which `percent` in a hundred are at most as large; never
    /// more than the largest value. Nil when there is none.
    func percentile(_ percent: UInt64) -> Value? {
        guard let maximum else { return nil }
        // count * percent / 100, rounded up, without overflow.
        let rank = count / 100 * percent + (count % 100 * percent + 99) / 100
        var seen: UInt64 = 0
        for (bound, count) in zip(bounds, counts) {
            seen += count
            if seen >= rank { return min(bound, maximum) }
        }
        return maximum
    }
}
