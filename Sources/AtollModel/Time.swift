/// A point on the wall clock: nanoseconds since 1970-01-01T00:00:00Z. For people and records, never for measuring.
public struct Timestamp: Hashable, Comparable, Sendable, Codable {
    public let nanoseconds: Int64

    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    public var seconds: Int64 { nanoseconds.quotientAndRemainderFloored(by: 1_000_000_000).quotient }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }
}

/// The moment an input is handled: monotonic time to reason with, wall-clock time to show.
///
/// Compares, adds and subtracts by the monotonic part alone. The shell reads both clocks once for each input
/// (`CLOCK_BOOTTIME`, `CLOCK_REALTIME`); pure code only ever receives it.
public struct Instant: Hashable, Comparable, Sendable, Codable {
    /// Nanoseconds of a clock that never goes back; its zero means nothing.
    public let uptime: Int64
    public let wall: Timestamp

    public init(uptime: Int64, wall: Timestamp) {
        self.uptime = uptime
        self.wall = wall
    }

    /// Saturates: what is due in more than 292 years is never due.
    public func advanced(by duration: Duration) -> Instant {
        func later(_ nanoseconds: Int64) -> Int64 {
            let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.nanoseconds)
            return !overflow ? sum : nanoseconds < 0 ? .min : .max
        }
        return Instant(uptime: later(uptime), wall: Timestamp(nanoseconds: later(wall.nanoseconds)))
    }

    public func duration(since earlier: Instant) -> Duration { .nanoseconds(uptime - earlier.uptime) }

    public static func < (left: Instant, right: Instant) -> Bool { left.uptime < right.uptime }
}

extension Duration {
    /// Whole nanoseconds, saturating at `Int64.max` (292 years).
    public var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflow ? .max : product + attoseconds / 1_000_000_000
    }
}

extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in UTC with whole seconds, as Kubernetes prints times: `2026-11-23T22:12:11Z`.
    public var description: String {
        let (days, rest) = seconds.quotientAndRemainderFloored(by: 86_400)
        let date = CivilDate(daysSinceEpoch: days)
        let time = "\(padded(rest / 3600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))"
        return "\(padded(date.year, to: 4))-\(padded(date.month))-\(padded(date.day))T\(time)Z"
    }

    private func padded(_ number: Int64, to width: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// A day of the proleptic Gregorian calendar.
///
/// The arithmetic is "days to civil" by Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
private struct CivilDate {
    let year, month, day: Int64

    init(daysSinceEpoch: Int64) {
        let shifted = daysSinceEpoch + 719_468
        let (era, dayOfEra) = shifted.quotientAndRemainderFloored(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}

extension Int64 {
    fileprivate func quotientAndRemainderFloored(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
