public import AtollModel

/// The labels of one host and how each came about.
public struct LabelReport: Equatable, Sendable {
    /// `kubernetes.io/hostname` and every key whose rules gave a value.
    public var labels: Labels
    /// One for each key that has rules, in the order of their first rules.
    public var outcomes: [LabelOutcome]
    /// One sentence for each key that is ambiguous, unreadable, or required and missing.
    public var warnings: [String]
}

/// What became of one label key.
public struct LabelOutcome: Equatable, Sendable {
    public var key: String
    /// As it is on the host, sanitised; nil when no rule gave one.
    public var value: String?
    /// Before sanitising; empty when there is none.
    public var rawValue: String
    /// Every rule of the key, in order; the one that won has the result `.value`.
    public var attempts: [LabelAttempt]

    /// The rule that won.
    public var winner: LabelAttempt? {
        attempts.first { if case .value = $0.result { true } else { false } }
    }
}

/// What one rule gave.
public struct LabelAttempt: Equatable, Sendable {
    /// Position of the rule in the file, from 1.
    public var rule: Int
    /// Line of the rule in the file; 0 if it came from none.
    public var line: Int
    public var result: LabelResult
}

/// How a rule ended.
public enum LabelResult: Equatable, Sendable, CustomStringConvertible {
    case value(String)
    /// No file, or no such key in it.
    case noInput
    /// All inputs were placeholders.
    case rejected([String])
    /// No input matched the regular expression.
    case noMatch([String])
    /// `format` names a label that has no value.
    case missingLabel(String)
    /// The inputs give different values.
    case ambiguous([String])
    /// An input exists and cannot be read; the number is the errno.
    case failed(path: String, Int32)
    /// The rule itself cannot be run, and why.
    case invalid(String)
    /// An earlier rule decided the key.
    case notTried

    /// Ambiguous and unreadable inputs decide the key: a fallback could put the host into a wrong island, and that is
    /// worse than none.
    var isFinal: Bool {
        switch self {
        case .value, .ambiguous, .failed: true
        case .noInput, .rejected, .noMatch, .missingLabel, .invalid, .notTried: false
        }
    }

    public var description: String {
        switch self {
        case .value(let value): "gives \(value)"
        case .noInput: "finds no input"
        case .rejected(let inputs): "finds only placeholders (\(Self.list(inputs)))"
        case .noMatch(let inputs): "does not match (\(Self.list(inputs)))"
        case .missingLabel(let key): "needs label \(key), which has no value"
        case .ambiguous(let values): "is ambiguous (\(Self.list(values)))"
        case .failed(let path, let code): "cannot read /\(path): \(SystemCalls.text(of: code))"
        case .invalid(let flaw): "cannot be run: \(flaw)"
        case .notTried: "was not tried"
        }
    }

    /// The first few, short enough for a line.
    private static func list(_ texts: [String]) -> String {
        let shown = texts.prefix(3).map { $0.printable(max: 40) }.joined(separator: ", ")
        return texts.count > 3 ? shown + ", ..." : shown
    }
}
