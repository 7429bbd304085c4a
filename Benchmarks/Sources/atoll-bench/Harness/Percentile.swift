/// A value that so much of a distribution stays at or below.
enum Percentile {
    /// With fewer values the 99th would be the maximum by another name.
    static let countMin = 100

    /// By the nearest rank, so that it is one of the values; nil for less than `countMin` of them.
    static func value(_ percent: Int, of values: [Double]) -> Double? {
        guard values.count >= countMin else { return nil }
        let rank = (values.count * percent + 99) / 100
        return values.sorted()[rank - 1]
    }
}
