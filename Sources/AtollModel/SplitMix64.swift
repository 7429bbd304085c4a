/// A small seedable generator: the only randomness that pure code may use.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator, Equatable, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    /// One of its own for what `words` name: the same words give the same draws, whenever they are asked for.
    public init(seed: UInt64, naming words: [UInt64]) {
        state = words.reduce(seed) { mixed, word in
            var random = SplitMix64(seed: mixed ^ word)
            return random.next()
        }
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A generator of its own for one purpose or host, so that drawing more in one place shifts nothing elsewhere.
    public mutating func split() -> SplitMix64 { SplitMix64(seed: next()) }
}
