import AtollModel

/// How long simulated pods take, and how they end.
public struct PodHabits: Equatable, Sendable {
    /// From the order to start until the processes run.
    public var startDelay = TimeRange.zero
    /// Until the processes end by themselves; nil: they run until they are told to stop.
    public var runTime: TimeRange?
    /// From SIGTERM until the processes are gone.
    public var stopTime = TimeRange.zero
    /// Of 100 containers that end by themselves, so many fail.
    public var failurePercent = 0
    /// What those exit with.
    public var failureCode: Int32 = 1

    public init() {}

    /// - Parameter life: counts how often the pod's containers were started, from 0.
    func life(_ life: Int, of pod: PodID, seed: UInt64) -> PodLife {
        let words = [pod.job.rawValue, UInt64(pod.index), UInt64(pod.replacement), UInt64(life) << 32]
        var random = SplitMix64(seed: seed, naming: words)
        let fails = Int.random(in: 0..<100, using: &random) < failurePercent
        return PodLife(
            startDelay: startDelay.draw(&random),
            runTime: runTime?.draw(&random),
            stopTime: stopTime.draw(&random),
            exitCode: fails ? failureCode : 0
        )
    }
}

/// One life of a pod's containers, drawn. Times in nanoseconds.
struct PodLife: Equatable, Sendable {
    var startDelay: Int64
    var runTime: Int64?
    var stopTime: Int64
    var exitCode: Int32
}

/// A time, or two between which one is drawn: `250ms`, `1s..2m`.
public struct TimeRange: Equatable, Sendable {
    /// Nanoseconds, from 0 to a year.
    let bounds: ClosedRange<Int64>

    public static let zero = TimeRange(bounds: 0...0)
    public static let form = "time such as 250ms, 10s, 5m or 1h, or two with .. between them"

    private init(bounds: ClosedRange<Int64>) { self.bounds = bounds }

    /// Nil for a text that is no such time.
    public init?(_ text: some StringProtocol) {
        let text = String(text)
        let ends = text.split(separator: "..", omittingEmptySubsequences: false)
        guard (1...2).contains(ends.count), let low = Self.nanoseconds(ends[0]),
            let high = Self.nanoseconds(ends[ends.count - 1]), low <= high
        else { return nil }
        bounds = low...high
    }

    /// The time that a text names, such as `250ms`; nil for any other text.
    static func nanoseconds(_ text: some StringProtocol) -> Int64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let scales: [String: Int64] = [
            "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000,
        ]
        guard let number = Int64(digits), let scale = scales[String(text.dropFirst(digits.count))],
            number <= 365 * 86_400_000_000_000 / scale
        else { return nil }
        return number * scale
    }

    func draw(_ random: inout SplitMix64) -> Int64 { Int64.random(in: bounds, using: &random) }
}
