import AtollYAML

/// A place in a JSON document (RFC 6901): `/leaf`, `/hosts/0/name`; empty for the whole.
struct JSONPointer: Equatable {
    private let tokens: [String]

    /// Nil for text that does not start with `/`, and for `~` without 0 or 1 after it.
    init?(_ text: String) {
        if text.isEmpty { tokens = []; return }
        guard text.hasPrefix("/") else { return nil }
        var tokens: [String] = []
        for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let token = Self.unescaped(part) else { return nil }
            tokens.append(token)
        }
        self.tokens = tokens
    }

    /// A key in the form that it has in a pointer.
    static func escaped(_ key: String) -> String {
        String(key.flatMap { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) })
    }

    private static func unescaped(_ part: Substring) -> String? {
        var token = ""
        var rest = part
        while let character = rest.popFirst() {
            if character != "~" { token.append(character); continue }
            switch rest.popFirst() {
            case "0": token.append("~")
            case "1": token.append("/")
            default: return nil
            }
        }
        return token
    }

    /// What is at the place; nil where there is nothing.
    func value(in document: YAMLNode) -> YAMLNode? {
        var node = document
        for token in tokens {
            guard let next = node.items.map({ Self.item(token, of: $0) }) ?? node[token] else { return nil }
            node = next
        }
        return node
    }

    /// Section 4: decimal digits without leading zeros.
    private static func item(_ token: String, of items: [YAMLNode]) -> YAMLNode? {
        guard let index = Int(token), String(index) == token, items.indices.contains(index) else { return nil }
        return items[index]
    }
}
