package import AtollModel
package import AtollYAML

/// A YAML mapping whose keys are all known. Errors name the file, the line and what to write instead.
package struct StrictMapping {
    package let file: String
    private let node: YAMLNode
    private let pairs: [YAMLPair]
    private let what: String

    /// - Parameter what: what the mapping is, as messages put it.
    /// - Parameter keys: all that may be in it. A node that is null counts as an empty mapping.
    package init(_ node: YAMLNode, of what: String, keys: [String], file: String) throws(TopologyError) {
        self.node = node
        self.what = what
        self.file = file
        pairs = node.pairs ?? []
        if node.pairs == nil && !node.isNull { throw error("\(what) must be a mapping", at: node.mark) }
        for pair in pairs where !keys.contains(pair.key) {
            let near = keys.min { $0.editDistance(to: pair.key) < $1.editDistance(to: pair.key) } ?? ""
            let advice =
                near.editDistance(to: pair.key) <= 3
                ? "did you mean `\(near)`?" : "known keys are \(keys.joined(separator: ", "))"
            throw error("unknown key `\(pair.key)` in \(what): \(advice)", at: pair.keyMark)
        }
    }

    /// The key, where there is exactly one.
    package var onlyKey: String? { pairs.count == 1 ? pairs[0].key : nil }

    package func error(_ message: String, at mark: YAMLMark? = nil) -> TopologyError {
        TopologyError(.configuration, message, file: file, line: (mark ?? node.mark).line)
    }

    package func error(_ message: String, key: String) -> TopologyError { error(message, at: self[key]?.mark) }

    /// Nil for a key that is not there or is null.
    package subscript(key: String) -> YAMLNode? { node[key].flatMap { $0.isNull ? nil : $0 } }

    package func required(_ key: String) throws(TopologyError) -> YAMLNode {
        guard let value = self[key] else { throw error("\(what) needs `\(key)`") }
        return value
    }

    /// Any scalar by its characters, so that numbers need no quotes; empty text is refused.
    package func text(_ key: String) throws(TopologyError) -> String? {
        guard let value = self[key] else { return nil }
        guard let text = value.scalarText, !text.isEmpty else {
            throw error("`\(key)` must be text that is not empty", at: value.mark)
        }
        return text
    }

    package func requiredText(_ key: String) throws(TopologyError) -> String {
        _ = try required(key)
        return try text(key) ?? ""
    }

    package func bool(_ key: String) throws(TopologyError) -> Bool? {
        guard let value = self[key] else { return nil }
        guard let bool = value.bool else { throw error("`\(key)` must be true or false", at: value.mark) }
        return bool
    }

    /// The items of a list; none when the key is not there.
    package func list(_ key: String) throws(TopologyError) -> [YAMLNode] {
        guard let value = self[key] else { return [] }
        guard let items = value.items else { throw error("`\(key)` must be a list", at: value.mark) }
        return items
    }

    /// A single scalar as a list of one.
    package func textOrList(_ key: String) throws(TopologyError) -> [YAMLNode] {
        guard let value = self[key], value.scalarText != nil else { return try list(key) }
        return [value]
    }

    /// A mapping from text to text.
    package func texts(_ key: String) throws(TopologyError) -> Labels {
        guard let value = self[key] else { return [:] }
        guard let pairs = value.pairs else { throw error("`\(key)` must be a mapping", at: value.mark) }
        var texts = Labels()
        for pair in pairs {
            guard let text = pair.value.scalarText else {
                throw error("`\(pair.key)` in `\(key)` must be text", at: pair.value.mark)
            }
            texts[pair.key] = text
        }
        return texts
    }
}

extension String {
    /// Levenshtein's distance over bytes without regard to case, for suggestions; both texts are cut at 64 bytes.
    fileprivate func editDistance(to other: String) -> Int {
        let left = Array(lowercased().utf8.prefix(64))
        let right = Array(other.lowercased().utf8.prefix(64))
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, otherByte) in right.enumerated() {
                let replaced = diagonal + (byte == otherByte ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = Swift.min(replaced, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
