import AtollModel

/// Draws for one purpose, so that drawing more for one shifts nothing for the others.
struct Chance: RandomNumberGenerator {
    private var random: SplitMix64

    init(_ random: SplitMix64) { self.random = random }

    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    /// True in so many of a hundred draws.
    mutating func percent(_ share: Int) -> Bool { int(0...99) < share }

    mutating func nanoseconds(ms range: ClosedRange<Int>) -> Int64 {
        Int64.random(in: Int64(range.lowerBound) * 1_000_000...Int64(range.upperBound) * 1_000_000, using: &random)
    }

    mutating func one<Element>(of choices: [Element]) -> Element { choices[int(0...choices.count - 1)] }

    mutating func split() -> Chance { Chance(random.split()) }

    mutating func generator() -> SplitMix64 { random.split() }

    mutating func next() -> UInt64 { random.next() }
}
