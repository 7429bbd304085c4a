public import AtollModel

/// How long something has been active, for a limit on it.
///
/// While the coordinator lives the monotonic clock counts, so that a step of the wall clock changes nothing. Over a
/// restart the wall clock has to do, within what can be true: at least nothing has passed since it began.
public struct Countdown: Equatable, Sendable, Codable {
    public let begunAt: Timestamp
    /// When the limit is reached; nil until somebody asks in this life of the coordinator.
    private var end: Instant?

    private enum CodingKeys: String, CodingKey { case begunAt }

    /// Beyond this, 68 years, a limit is none, and moments would not fit their type.
    private static let secondsMax = Int64(Int32.max)

    init(begunAt: Timestamp) { self.begunAt = begunAt }

    /// The coordinator has started again: the monotonic clock may be another.
    mutating func forgetEnd() { end = nil }

    /// When the limit is or was reached.
    mutating func end(after seconds: Int64, at now: Instant) -> Instant {
        if let end { return end }
        let limit = Duration.seconds(min(seconds, Self.secondsMax))
        let past = Duration.seconds(now.wall.seconds - begunAt.seconds)
        let moment = now.advanced(by: max(.zero, limit - max(.zero, past)))
        end = moment
        return moment
    }
}
