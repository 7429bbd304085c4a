/// Writes JSON (RFC 8259). Recursive: the depth is that of the node, which parsing has bounded.
struct JSONWriter {
    let isPretty: Bool
    private(set) var text = ""

    init(isPretty: Bool) { self.isPretty = isPretty }

    mutating func writeDocument(_ node: YAMLNode) {
        write(node, depth: 0)
        if isPretty { text += "\n" }
    }

    private mutating func write(_ node: YAMLNode, depth: Int) {
        switch node.content {
        case .scalar(let scalar, let isPlain): text += isPlain ? plain(scalar) : Self.quoted(scalar)
        case .sequence(let items):
            writeAll(items, "[", "]", depth: depth) { writer, item in writer.write(item, depth: depth + 1) }
        case .mapping(let pairs):
            writeAll(pairs, "{", "}", depth: depth) { writer, pair in
                writer.text += Self.quoted(pair.key) + (writer.isPretty ? ": " : ":")
                writer.write(pair.value, depth: depth + 1)
            }
        }
    }

    private mutating func writeAll<Element>(
        _ elements: [Element],
        _ opening: String,
        _ closing: String,
        depth: Int,
        writeOne: (inout JSONWriter, Element) -> Void
    ) {
        text += opening
        for (index, element) in elements.enumerated() {
            if index > 0 { text += "," }
            newline(depth + 1)
            writeOne(&self, element)
        }
        if !elements.isEmpty { newline(depth) }
        text += closing
    }

    private mutating func newline(_ depth: Int) {
        if isPretty { text += "\n" + String(repeating: "  ", count: depth) }
    }

    /// YAML's other ways to write a number become JSON's; infinity and not-a-number, which JSON has not, become text.
    private func plain(_ scalar: String) -> String {
        switch YAMLScalarKind(plain: scalar) {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .integer(let value?): String(value)
        case .integer(nil), .float: Self.isNumber(scalar) ? scalar : Self.quoted(scalar)
        case .text: Self.quoted(scalar)
        }
    }

    /// RFC 8259 section 6: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [-+]? [0-9]+)?`, given that YAML takes it for one.
    private static func isNumber(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let whole = digits.prefix { $0 != "." && $0 != "e" && $0 != "E" }
        let rest = digits.dropFirst(whole.count)
        guard whole == "0" || (whole.first != "0" && isDigits(whole)) else { return false }
        guard rest.first == "." else { return !rest.contains("_") }
        let fraction = rest.dropFirst().prefix { $0 != "e" && $0 != "E" }
        return isDigits(fraction)
    }

    private static func isDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            // Deleted, C1 and the like are legal in JSON but not in YAML text, which reads this too.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
