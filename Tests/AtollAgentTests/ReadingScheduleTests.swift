import Testing

@testable import AtollAgent

@Suite struct ReadingScheduleTests {
    private static func schedule() -> ReadingSchedule { ReadingSchedule(interval: .seconds(60)) }

    @Test func `the host is read at an interval`() {
        var schedule = Self.schedule()
        let readsAll = schedule.timerFired()
        #expect(!readsAll)
        #expect(schedule.readingEnded() == .seconds(60))
    }

    @Test func `a change is read soon, and many at once are read once`() {
        var schedule = Self.schedule()
        #expect(schedule.changeAnnounced() == ReadingSchedule.settlingTime)
        // Or a stream of them would put it off for ever.
        #expect(schedule.changeAnnounced() == nil)
        let readsAll = schedule.timerFired()
        #expect(readsAll)
        #expect(schedule.readingEnded() == .seconds(60))
        #expect(schedule.changeAnnounced() == ReadingSchedule.settlingTime)
    }

    @Test func `a change during a reading is read after it`() {
        var schedule = Self.schedule()
        let readsAll = schedule.timerFired()
        #expect(!readsAll)
        #expect(schedule.changeAnnounced() == nil)
        #expect(schedule.readingEnded() == ReadingSchedule.settlingTime)
        #expect(schedule.changeAnnounced() == nil)
        let readsAllAgain = schedule.timerFired()
        #expect(readsAllAgain)
        #expect(schedule.readingEnded() == .seconds(60))
    }

    @Test func `now and then everything is read`() {
        var schedule = Self.schedule()
        let wholes = (1...2 * ReadingSchedule.wholeEvery).filter { _ in
            defer { _ = schedule.readingEnded() }
            return schedule.timerFired()
        }
        #expect(wholes == [ReadingSchedule.wholeEvery, 2 * ReadingSchedule.wholeEvery])
    }
}
