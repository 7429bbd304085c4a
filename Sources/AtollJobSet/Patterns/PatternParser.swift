/// Parses RE2's syntax. Recursive over groups, whose depth is bounded.
struct PatternParser {
    typealias SyntaxError = MessagePattern.SyntaxError

    private struct Flags {
        var ignoresCase = false
        var dotMatchesNewline = false
        var isMultiline = false
    }

    private static let groupsDepthMax = 100
    private static let repetitionMax = 1000

    var rest: Substring.UnicodeScalarView
    private var flags = Flags()
    private var depth = 0

    init(_ pattern: String) { rest = Substring(pattern).unicodeScalars }

    mutating func parse() throws(SyntaxError) -> PatternNode {
        let node = try alternation()
        guard rest.isEmpty else { throw SyntaxError(description: "not a regular expression: unexpected )") }
        return node
    }

    /// Up to the end or a closing parenthesis.
    private mutating func alternation() throws(SyntaxError) -> PatternNode {
        var branches: [[PatternNode]] = [[]]
        while let scalar = rest.first, scalar != ")" {
            if take("|") {
                branches.append([])
            } else if let node = try atom() {
                branches[branches.count - 1].append(try repeated(node))
            }
        }
        return branches.count == 1 ? .sequence(branches[0]) : .alternation(branches.map(PatternNode.sequence))
    }

    /// Nil for what only sets flags.
    private mutating func atom() throws(SyntaxError) -> PatternNode? {
        let scalar = rest.removeFirst()
        switch scalar {
        case "(": return try group()
        case "[": return .set(folded(try characterClass()))
        case ".": return .set(flags.dotMatchesNewline ? .all : ScalarSet("\n").inverted)
        case "^": return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$": return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        case "\\": return try escape()
        case "*", "+", "?": throw SyntaxError(description: "not a regular expression: nothing before \(scalar)")
        default: return .set(folded(ScalarSet(String(scalar))))
        }
    }

    func folded(_ set: ScalarSet) -> ScalarSet { flags.ignoresCase ? set.caseFolded : set }

    private mutating func escape() throws(SyntaxError) -> PatternNode {
        for (letter, assertion) in Self.assertions where take(letter) { return .assertion(assertion) }
        return .set(folded(try escapedSet()))
    }

    private static let assertions: [(Unicode.Scalar, PatternAssertion)] = [
        ("A", .textStart), ("z", .textEnd), ("b", .wordBoundary), ("B", .noWordBoundary),
    ]

    // MARK: Groups

    private mutating func group() throws(SyntaxError) -> PatternNode? {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.groupsDepthMax else {
            throw SyntaxError(description: "groups are nested deeper than \(Self.groupsDepthMax)")
        }
        let outer = flags
        if take("?"), try !groupPrefix() { return nil }
        let node = try alternation()
        guard take(")") else { throw SyntaxError(description: "not a regular expression: missing )") }
        flags = outer
        return node
    }

    /// After `(?`: a name, or flags; false when the flags are for the rest of the group around.
    private mutating func groupPrefix() throws(SyntaxError) -> Bool {
        if take("P") || rest.first == "<" {
            guard take("<"), let end = rest.firstIndex(of: ">"), end > rest.startIndex,
                rest[..<end].allSatisfy({ ScalarSet.word.contains($0) })
            else {
                throw SyntaxError(description: "not a regular expression: only (?P<name>...) may follow (?P or (?<")
            }
            rest = rest[rest.index(after: end)...]
            return true
        }
        var value = true
        while let scalar = rest.popFirst() {
            switch scalar {
            case "i": flags.ignoresCase = value
            case "s": flags.dotMatchesNewline = value
            case "m": flags.isMultiline = value
            // Which of several matches is taken makes no difference to whether there is one.
            case "U": break
            case "-" where value: value = false
            case ":": return true
            case ")": return false
            default: throw SyntaxError(description: "not a regular expression of RE2: (?\(scalar)")
            }
        }
        throw SyntaxError(description: "not a regular expression: missing )")
    }

    // MARK: Repetitions

    private mutating func repeated(_ node: PatternNode) throws(SyntaxError) -> PatternNode {
        guard let (min, max) = try repetition() else { return node }
        // Lazy or not makes no difference to whether there is a match.
        _ = take("?")
        if try repetition() != nil {
            throw SyntaxError(description: "not a regular expression: one repetition directly after another")
        }
        return .repetition(node, min: min, max: max)
    }

    private mutating func repetition() throws(SyntaxError) -> (min: Int, max: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = rest
        guard take("{"), let min = number() else {
            rest = start
            return nil
        }
        var max: Int? = min
        if take(",") { max = rest.first == "}" ? nil : number() ?? -1 }
        guard take("}"), max != -1 else {
            // Without this shape a brace is a brace.
            rest = start
            return nil
        }
        guard min <= Self.repetitionMax, (max ?? min) <= Self.repetitionMax, min <= (max ?? min) else {
            throw SyntaxError(
                description: "not a regular expression: a repetition counts up, to \(Self.repetitionMax) at most"
            )
        }
        return (min, max)
    }

    private mutating func number() -> Int? {
        let digits = rest.prefix { ScalarSet.digit.contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        return Int(String(digits)) ?? .max
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.first == scalar else { return false }
        rest.removeFirst()
        return true
    }
}
