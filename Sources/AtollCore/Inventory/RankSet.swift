/// A set of numbers from 0 to a bound that finds its next member quickly: a bit for each number, and above those a bit
/// for each 64 of them.
///
/// Adding and removing take the same time whatever it holds. A step to the next member looks at a few words, and at one
/// more for each 4,096 numbers passed over.
struct RankSet: Equatable, Sendable {
    /// Bit `n % 64` of word `n / 64` is set for a member `n`.
    private var words: [UInt64]
    /// Bit `w % 64` of word `w / 64` is set when word `w` is not zero.
    private var summary: [UInt64]
    private(set) var count = 0

    /// - Parameter bound: members are smaller.
    init(below bound: Int) {
        words = Array(repeating: 0, count: (bound + 63) / 64)
        summary = Array(repeating: 0, count: (words.count + 63) / 64)
    }

    var isEmpty: Bool { count == 0 }

    func contains(_ number: Int) -> Bool { words[number >> 6] & bit(number) != 0 }

    /// Nothing happens to a member.
    mutating func insert(_ number: Int) {
        guard !contains(number) else { return }
        words[number >> 6] |= bit(number)
        summary[number >> 12] |= bit(number >> 6)
        count += 1
    }

    /// Nothing happens to one that is no member.
    mutating func remove(_ number: Int) {
        guard contains(number) else { return }
        words[number >> 6] &= ~bit(number)
        if words[number >> 6] == 0 { summary[number >> 12] &= ~bit(number >> 6) }
        count -= 1
    }

    /// The smallest member that is not smaller than `start`.
    func next(from start: Int) -> Int? {
        let word = start >> 6
        guard word < words.count else { return nil }
        let rest = words[word] & ~(bit(start) - 1)
        if rest != 0 { return word << 6 | rest.trailingZeroBitCount }
        return firstWord(from: word + 1).map { $0 << 6 | words[$0].trailingZeroBitCount }
    }

    /// The first word from `start` on that is not zero.
    private func firstWord(from start: Int) -> Int? {
        guard start < words.count else { return nil }
        var place = start >> 6
        var rest = summary[place] & ~(bit(start) - 1)
        while rest == 0 {
            place += 1
            guard place < summary.count else { return nil }
            rest = summary[place]
        }
        return place << 6 | rest.trailingZeroBitCount
    }

    private func bit(_ number: Int) -> UInt64 { 1 << UInt64(number & 63) }
}

/// Ascending.
extension RankSet: Sequence {
    func makeIterator() -> some IteratorProtocol<Int> {
        sequence(state: 0) { start in
            guard let member = next(from: start) else { return nil }
            start = member + 1
            return member
        }
    }

    var underestimatedCount: Int { count }
}
