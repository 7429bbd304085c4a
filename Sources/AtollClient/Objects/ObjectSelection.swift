public import AtollModel

/// Objects as users name them: `jobsets`, `pod a b`, `jobset/a`, `host h[01-18]`.
public struct ObjectSelection: Equatable, Sendable {
    public var kind: ObjectKind
    /// Ranges expanded; empty for all.
    public var names: [String]

    public init(kind: ObjectKind, names: [String]) {
        self.kind = kind
        self.names = names
    }

    /// Reads `KIND [NAME...]` or `KIND/NAME...`; all words of the second form name the same kind.
    public init(words: [String]) throws(UsageError) {
        guard let first = words.first else { throw UsageError("name a kind of object: \(Self.kinds)") }
        guard first.contains("/") else {
            self.init(kind: try Self.kind(first), names: try Self.expanded(words.dropFirst()))
            return
        }
        var kinds: [ObjectKind] = []
        var names: [String] = []
        for word in words {
            guard let slash = word.firstIndex(of: "/") else {
                throw UsageError("\"\(word)\" names no kind: write KIND/NAME, as in \(first)")
            }
            kinds.append(try Self.kind(String(word[..<slash])))
            names.append(String(word[word.index(after: slash)...]))
        }
        guard Set(kinds).count == 1, !names.contains("") else {
            throw UsageError("\(words.joined(separator: " ")): name objects of one kind, each as KIND/NAME")
        }
        self.init(kind: kinds[0], names: try Self.expanded(names))
    }

    private static func kind(_ word: String) throws(UsageError) -> ObjectKind {
        guard let kind = ObjectKind(userText: word) else {
            throw UsageError("there are no objects of kind \"\(word)\"; there are \(kinds)")
        }
        return kind
    }

    private static func expanded(_ patterns: some Sequence<String>) throws(UsageError) -> [String] {
        var names: [String] = []
        for pattern in patterns {
            guard let expanded = NameRanges.expanded(pattern) else {
                throw UsageError("\"\(pattern)\" is no range of names: write h[01-18] or h[1-3,7]")
            }
            names += expanded
        }
        return names
    }

    private static let kinds = ObjectKind.allCases.map(\.rawValue).joined(separator: ", ")
}

/// What the user typed makes no sense; the message says what to type.
public struct UsageError: Error, Equatable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// Reads `key=value,key=value`.
public enum LabelSelector {
    public static func parse(_ text: String) throws(UsageError) -> Labels {
        var labels = Labels()
        for term in text.split(separator: ",") {
            let parts = term.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2 || (parts.count == 3 && parts[1].isEmpty), let value = parts.last, !parts[0].isEmpty,
                !parts[0].hasSuffix("!")
            else { throw UsageError("\"\(term)\" selects no label: write KEY=VALUE") }
            labels[String(parts[0])] = String(value)
        }
        return labels
    }
}
