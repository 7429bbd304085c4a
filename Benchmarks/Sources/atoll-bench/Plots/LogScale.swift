import Foundation

/// A logarithmic axis of a picture.
struct LogScale {
    /// Above zero.
    let values: ClosedRange<Double>
    /// Where the least and the greatest value are; the first may be the larger one, as it is on an axis that goes up.
    let places: (least: Double, greatest: Double)

    func place(of value: Double) -> Double {
        let share = log(value / values.lowerBound) / log(values.upperBound / values.lowerBound)
        return places.least + share * (places.greatest - places.least)
    }

    /// 1, 2 and 5 times the powers of ten, ascending: the nearest at or below the range, those within it, and the
    /// nearest at or above it; two or more.
    static func steps(around range: ClosedRange<Double>) -> [Double] {
        let first = Int(floor(log10(range.lowerBound)))
        // One power more, so that there are two where the range is a single one.
        let last = Int(ceil(log10(range.upperBound))) + 1
        let all = (first...last).flatMap { power in [1, 2, 5].map { $0 * pow(10, Double(power)) } }
        let below = all.last { $0 <= range.lowerBound } ?? range.lowerBound
        let above = all.first { $0 >= range.upperBound && $0 > below } ?? range.upperBound
        return all.filter { below <= $0 && $0 <= above }
    }
}
