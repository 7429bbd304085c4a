/// How a rule ended.
public enum LabelResult: Equatable, Sendable, CustomStringConvertible {
    case value(String)
    /// What it is meant for (`when`) is not here; the payload says what is missing.
    case notApplicable(String)
    /// No file, or no such key in it.
    case noInput
    /// All inputs were placeholders.
    case rejected([String])
    /// No input matched the regular expression, or each gave an empty text.
    case noMatch([String])
    /// All files there are have not been written for too long.
    case stale(path: String, age: Duration)
    /// A template names a label that has no value.
    case missingLabel(String)
    /// A template names something else that this host does not have.
    case missingVariable(String)
    /// The inputs give different values.
    case ambiguous([String])
    /// An input exists and cannot be read; the number is the errno.
    case failed(path: String, Int32)
    /// An input can be read and is not in the form that the rule wants.
    case malformed(path: String, String)
    /// The rule itself cannot be run, and why.
    case invalid(String)
    /// An earlier rule decided the key.
    case notTried

    /// Ambiguous and unusable inputs decide the key: a fallback could put the host into a wrong island, and that is
    /// worse than none.
    var isFinal: Bool {
        switch self {
        case .value, .ambiguous, .failed, .malformed: true
        case .notApplicable, .noInput, .rejected, .noMatch, .stale, .missingLabel, .missingVariable, .invalid,
            .notTried:
            false
        }
    }

    var applies: Bool { if case .notApplicable = self { false } else { true } }

    public var description: String {
        switch self {
        case .value(let value): "gives \(value)"
        case .notApplicable(let reason): "does not apply: \(reason)"
        case .noInput: "finds no input"
        case .rejected(let inputs): "finds only placeholders (\(Self.list(inputs)))"
        case .noMatch(let inputs): "does not match (\(Self.list(inputs)))"
        case .stale(let path, let age): "finds only old input: /\(path) was written \(age.components.seconds) s ago"
        case .missingLabel(let key): "needs label \(key), which has no value"
        case .missingVariable(let name): "needs {\(name)}, which this host does not have"
        case .ambiguous(let values): "is ambiguous (\(Self.list(values)))"
        case .failed(let path, let code): "cannot read /\(path): \(SystemCalls.text(of: code))"
        case .malformed(let path, let flaw): "cannot use /\(path): \(flaw)"
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
