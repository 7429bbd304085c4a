/// When the host is read again: at an interval, and shortly after the kernel has announced a change, never twice at a
/// time.
///
///     idle    -> reading
///     soon    -> reading
///     reading -> idle | soon (something changed meanwhile)
struct ReadingSchedule: Equatable {
    private enum State: Equatable {
        case idle
        /// The timer is armed for a change.
        case soon
        case reading(isOutdated: Bool)
    }

    /// What belongs together, a driver with all its devices, comes within this time and is read once.
    static let settlingTime = Duration.milliseconds(200)

    /// Every so many readings look at everything.
    static let wholeEvery = 10

    let interval: Duration
    private var state = State.idle
    private var count = 0

    init(interval: Duration) { self.interval = interval }

    /// When to set the timer to; nil leaves it as it is.
    mutating func changeAnnounced() -> Duration? {
        switch state {
        case .idle:
            state = .soon
            return Self.settlingTime
        case .soon: return nil
        case .reading:
            state = .reading(isOutdated: true)
            return nil
        }
    }

    /// A reading begins. Returns whether it should look at what usually stays as well: after a change, since devices may
    /// have come back in the place of others, and now and then, for what nobody announces.
    mutating func timerFired() -> Bool {
        let isAnnounced = state == .soon
        state = .reading(isOutdated: false)
        count += 1
        return isAnnounced || count % Self.wholeEvery == 0
    }

    /// When to set the timer to.
    mutating func readingEnded() -> Duration {
        let isOutdated = state == .reading(isOutdated: true)
        state = isOutdated ? .soon : .idle
        return isOutdated ? Self.settlingTime : interval
    }
}
