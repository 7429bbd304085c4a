public import AtollModel

/// How long to wait before the next try: exponential with full jitter, so that many agents that lost one
/// coordinator at one moment do not come back at one moment.
///
/// Each delay is drawn evenly from zero to a ceiling. That doubles from `first` up to `earlyCeiling` and stays there for
/// `earlyTries` tries, some ten seconds: a coordinator that was restarted is found again within a second of its return.
/// Then it goes on doubling up to `ceiling`.
public struct Backoff: Equatable, Sendable {
    public static let first = Duration.milliseconds(200)
    public static let earlyCeiling = Duration.milliseconds(800)
    public static let earlyTries = 24
    public static let ceiling = Duration.seconds(10)

    /// Tries since the last reset.
    public private(set) var attempts = 0
    private var random: SplitMix64

    public init(random: SplitMix64) { self.random = random }

    public mutating func next() -> Duration {
        let ceiling =
            attempts < Self.earlyTries
            ? min(Self.earlyCeiling, Self.first * (1 << min(attempts, 2)))
            // 4 doublings of 800 ms pass 10 s; the limit keeps the shift from overflowing.
            : min(Self.ceiling, Self.earlyCeiling * (1 << min(attempts - Self.earlyTries + 1, 4)))
        attempts += 1
        return .nanoseconds(Int64.random(in: 0...ceiling.nanoseconds, using: &random))
    }

    public mutating func reset() { attempts = 0 }
}
