import AtollModel

/// A span of time in the short form of lists: `5s`, `3m10s`, `42m`, `2h5m`, `31h`, `3d`.
enum Age {
    static func text(from start: Timestamp, to end: Timestamp) -> String { text(seconds: end.seconds - start.seconds) }

    /// Two units while the first is below ten, one above; nothing below zero, for clocks that differ.
    static func text(seconds: Int64) -> String {
        switch seconds {
        case ..<60: "\(max(0, seconds))s"
        case ..<600: pair(seconds / 60, "m", seconds % 60, "s")
        case ..<3600: "\(seconds / 60)m"
        case ..<36_000: pair(seconds / 3600, "h", seconds / 60 % 60, "m")
        case ..<172_800: "\(seconds / 3600)h"
        default: "\(seconds / 86_400)d"
        }
    }

    private static func pair(_ large: Int64, _ unit: String, _ small: Int64, _ smallUnit: String) -> String {
        small == 0 ? "\(large)\(unit)" : "\(large)\(unit)\(small)\(smallUnit)"
    }
}

extension Timestamp {
    /// Reads RFC 3339 in UTC, as objects have it; fractions of a second are dropped. Nil for anything else.
    init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z"), bytes[10] == UInt8(ascii: "T") else { return nil }
        func number(_ range: Range<Int>) -> Int64? { Int64(String(decoding: bytes[range], as: UTF8.self)) }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
        else { return nil }
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        let days = Self.daysSinceEpoch(year: year, month: month, day: day)
        let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
        let (nanoseconds, isTooFar) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !isTooFar else { return nil }
        self.init(nanoseconds: nanoseconds)
    }

    /// "days from civil" by Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"; for years from 0 on.
    private static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
