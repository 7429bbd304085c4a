// Escapes and bracketed classes: what stands for one character.
extension PatternParser {
    /// After a backslash.
    mutating func escapedSet() throws(SyntaxError) -> ScalarSet {
        guard let scalar = rest.popFirst() else {
            throw SyntaxError(description: "not a regular expression: \\ at the end")
        }
        switch scalar {
        case "d": return .digit
        case "D": return ScalarSet.digit.inverted
        case "s": return .space
        case "S": return ScalarSet.space.inverted
        case "w": return .word
        case "W": return ScalarSet.word.inverted
        case "t": return ScalarSet("\t")
        case "n": return ScalarSet("\n")
        case "r": return ScalarSet("\r")
        case "f": return ScalarSet("\u{C}")
        case "v": return ScalarSet("\u{B}")
        case "a": return ScalarSet("\u{7}")
        case "x": return ScalarSet(String(try hexadecimal()))
        case _ where scalar.isASCII && !ScalarSet.word.contains(scalar): return ScalarSet(String(scalar))
        default: throw SyntaxError(description: "escape \\\(scalar) is not supported")
        }
    }

    /// Two digits, or any number in braces.
    private mutating func hexadecimal() throws(SyntaxError) -> Unicode.Scalar {
        let digits: Substring.UnicodeScalarView
        if take("{") {
            digits = rest.prefix { $0 != "}" }
            rest = rest[digits.endIndex...]
            guard take("}") else { throw SyntaxError(description: "not a regular expression: \\x{ without }") }
        } else {
            digits = rest.prefix(2)
            rest = rest[digits.endIndex...]
        }
        guard digits.allSatisfy(\.properties.isASCIIHexDigit),
            let scalar = UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init)
        else { throw SyntaxError(description: "not a regular expression: \\x needs a character's number") }
        return scalar
    }

    /// After `[`, through `]`.
    mutating func characterClass() throws(SyntaxError) -> ScalarSet {
        let isInverted = take("^")
        var set = ScalarSet([])
        var isFirst = true
        while isFirst || rest.first != "]" {
            guard !rest.isEmpty else { throw SyntaxError(description: "not a regular expression: missing ]") }
            set = set.union(try classItem())
            isFirst = false
        }
        rest.removeFirst()
        // Folded first: without case, [^a] is neither a nor A.
        return isInverted ? folded(set).inverted : set
    }

    private mutating func classItem() throws(SyntaxError) -> ScalarSet {
        if rest.starts(with: "[:".unicodeScalars) { return try namedClass() }
        let first = try classCharacter()
        let remaining = rest.prefix(2)
        guard remaining.first == "-", remaining.count == 2, remaining.last != "]", let low = first.only else {
            return first
        }
        rest.removeFirst()
        guard let high = try classCharacter().only, low <= high else {
            throw SyntaxError(description: "not a regular expression: a range in [] that ends before it starts")
        }
        return ScalarSet(from: low, through: high)
    }

    private mutating func classCharacter() throws(SyntaxError) -> ScalarSet {
        if take("\\") { return try escapedSet() }
        return ScalarSet(String(rest.removeFirst()))
    }

    /// `[:alpha:]` and the like, and `[:^alpha:]`.
    private mutating func namedClass() throws(SyntaxError) -> ScalarSet {
        rest = rest.dropFirst(2)
        let isInverted = take("^")
        let name = String(rest.prefix { $0 != ":" })
        rest = rest.dropFirst(name.unicodeScalars.count)
        guard take(":"), take("]"), let ranges = Self.namedClasses[name] else {
            throw SyntaxError(description: "not a regular expression: there is no class [:\(name):]")
        }
        return isInverted ? ScalarSet(ranges).inverted : ScalarSet(ranges)
    }

    private static let namedClasses: [String: [ClosedRange<UInt32>]] = [
        "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A], "alpha": [0x41...0x5A, 0x61...0x7A], "ascii": [0...0x7F],
        "blank": [0x09...0x09, 0x20...0x20], "cntrl": [0...0x1F, 0x7F...0x7F], "digit": [0x30...0x39],
        "graph": [0x21...0x7E], "lower": [0x61...0x7A], "print": [0x20...0x7E],
        "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E], "space": [0x09...0x0D, 0x20...0x20],
        "upper": [0x41...0x5A], "word": ScalarSet.word.ranges, "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]
}

extension ScalarSet {
    /// The one scalar of a set of one.
    fileprivate var only: Unicode.Scalar? {
        guard !isInverted, ranges.count == 1, ranges[0].count == 1 else { return nil }
        return Unicode.Scalar(ranges[0].lowerBound)
    }
}
