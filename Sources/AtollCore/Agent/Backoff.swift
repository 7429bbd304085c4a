public import AtollModel

/// How long to wait before the next try: exponential with full jitter, so that many agents that lost one
/// coordinator at one moment do not come back at one moment.
///
/// Each delay is drawn evenly from zero to a ceiling that doubles from `first` up to `ceiling`.
public struct Backoff: Equatable, Sendable {
    public static let first = Duration.milliseconds(200)
    public static let ceiling = Duration.seconds(10)

    /// Tries since the last reset.
    public private(set) var attempts = 0
    private var random: SplitMix64

    public init(random: SplitMix64) { self.random = random }

    public mutating func next() -> Duration {
        // 6 doublings of 200 ms pass 10 s; the limit keeps the shift from overflowing.
        let ceiling = min(Self.ceiling, Self.first * (1 << min(attempts, 6)))
        attempts += 1
        return .nanoseconds(Int64.random(in: 0...ceiling.nanoseconds, using: &random))
    }

    public mutating func reset() { attempts = 0 }
}
