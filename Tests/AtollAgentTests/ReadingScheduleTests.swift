import Testing

@testable import AtollAgent

@Suite struct ReadingScheduleTests {
    private static func schedule() -> ReadingSchedule { ReadingSchedule(interval: .seconds(60)) }

    @Test func `the host is read at an interval`() {
        var schedule = Self.schedule()
        schedule.timerFired()
        #expect(schedule.readingEnded() == .seconds(60))
    }

    @Test func `a change is read soon, and many at once are read once`() {
        var schedule = Self.schedule()
        #expect(schedule.changeAnnounced() == ReadingSchedule.settlingTime)
        // Or a stream of them would put it off for ever.
        #expect(schedule.changeAnnounced() == nil)
        schedule.timerFired()
        #expect(schedule.readingEnded() == .seconds(60))
        #expect(schedule.changeAnnounced() == ReadingSchedule.settlingTime)
    }

    @Test func `a change during a reading is read after it`() {
        var schedule = Self.schedule()
        schedule.timerFired()
        #expect(schedule.changeAnnounced() == nil)
        #expect(schedule.readingEnded() == ReadingSchedule.settlingTime)
        #expect(schedule.changeAnnounced() == nil)
        schedule.timerFired()
        #expect(schedule.readingEnded() == .seconds(60))
    }

    @Test func `now and then everything is read`() {
        var schedule = Self.schedule()
        let wholes = (1...2 * ReadingSchedule.wholeEvery).filter { _ in
            schedule.timerFired()
            defer { _ = schedule.readingEnded() }
            return schedule.isWholeDue
        }
        #expect(wholes == [ReadingSchedule.wholeEvery, 2 * ReadingSchedule.wholeEvery])
    }
}
