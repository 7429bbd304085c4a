import AtollModel
import Testing

@Suite struct TimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00Z"), (951_782_399, "2000-02-28T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
        (1_795_471_931, "2026-11-23T22:12:11Z"), (-1, "1969-12-31T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
    ])
    func `a time prints as RFC 3339 in UTC`(seconds: Int64, text: String) {
        #expect("\(Timestamp(nanoseconds: seconds * 1_000_000_000))" == text)
    }

    @Test func `parts of a second before 1970 belong to the second that they are in`() {
        #expect(Timestamp(nanoseconds: -1).seconds == -1)
    }

    @Test func `moments compare by the clock that never goes back`() {
        let before = Instant(uptime: 5, wall: Timestamp(nanoseconds: 1_000))
        let after = Instant(uptime: 6, wall: Timestamp(nanoseconds: 10))
        #expect(before < after)
        #expect(after.duration(since: before) == .nanoseconds(1))
    }

    @Test func `adding moves both clocks`() {
        let moment = Instant(uptime: 1, wall: Timestamp(nanoseconds: 2)).advanced(by: .seconds(1))
        #expect(moment == Instant(uptime: 1_000_000_001, wall: Timestamp(nanoseconds: 1_000_000_002)))
    }

    @Test func `what is centuries away is never due`() {
        let moment = Instant(uptime: 5, wall: Timestamp(nanoseconds: -5))
        #expect(moment.advanced(by: .seconds(Int64.max)).uptime == .max)
        #expect(Instant(uptime: -5, wall: moment.wall).advanced(by: .nanoseconds(Int64.min)).uptime == .min)
    }

    @Test func `nanoseconds of a long duration stop at the largest number`() {
        #expect(Duration.seconds(Int64.max).nanoseconds == .max)
        #expect(Duration.milliseconds(-3).nanoseconds == -3_000_000)
    }
}
