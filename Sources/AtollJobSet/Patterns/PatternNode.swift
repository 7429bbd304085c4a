/// A regular expression as it was parsed.
indirect enum PatternNode: Equatable {
    case set(ScalarSet)
    case assertion(PatternAssertion)
    case sequence([PatternNode])
    case alternation([PatternNode])
    /// `max` nil: without end.
    case repetition(PatternNode, min: Int, max: Int?)
}

/// What holds between two characters.
enum PatternAssertion: Equatable {
    case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary

    func holds(between previous: Unicode.Scalar?, and next: Unicode.Scalar?) -> Bool {
        switch self {
        case .textStart: previous == nil
        case .textEnd: next == nil
        case .lineStart: previous == nil || previous == "\n"
        case .lineEnd: next == nil || next == "\n"
        case .wordBoundary: isWord(previous) != isWord(next)
        case .noWordBoundary: isWord(previous) == isWord(next)
        }
    }

    private func isWord(_ scalar: Unicode.Scalar?) -> Bool { scalar.map(ScalarSet.word.contains) ?? false }
}

/// Some of the Unicode scalars.
struct ScalarSet: Equatable {
    private(set) var ranges: [ClosedRange<UInt32>]
    private(set) var isInverted = false

    init(_ ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

    init(_ text: String) { ranges = text.unicodeScalars.map { $0.value...$0.value } }

    init(from first: Unicode.Scalar, through last: Unicode.Scalar) { ranges = [first.value...last.value] }

    static let digit = ScalarSet([0x30...0x39])
    static let space = ScalarSet("\t\n\u{C} \r")
    static let word = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let all = ScalarSet([0...0x10FFFF])

    var inverted: ScalarSet {
        var set = self
        set.isInverted.toggle()
        return set
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } != isInverted
    }

    /// Both; an inverted part is first written out as what it holds.
    func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(plainRanges + other.plainRanges) }

    /// With the other case of every ASCII letter.
    var caseFolded: ScalarSet {
        var result = plainRanges
        for range in plainRanges {
            for (letters, offset) in [(UInt32(0x41)...0x5A, Int32(32)), (0x61...0x7A, -32)]
            where range.overlaps(letters) {
                let both = range.clamped(to: letters)
                result.append(UInt32(Int32(both.lowerBound) + offset)...UInt32(Int32(both.upperBound) + offset))
            }
        }
        return ScalarSet(result)
    }

    private var plainRanges: [ClosedRange<UInt32>] {
        guard isInverted else { return ranges }
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = max(next, range.upperBound + 1)
        }
        if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
        return gaps
    }
}
