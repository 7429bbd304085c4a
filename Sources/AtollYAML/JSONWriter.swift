/// Writes JSON (RFC 8259). Recursive: the depth is that of the node, which parsing has bounded.
struct JSONWriter {
    let isPretty: Bool
    private var bytes: [UInt8] = []

    init(isPretty: Bool) { self.isPretty = isPretty }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func writeDocument(_ node: YAMLNode) {
        write(node, depth: 0)
        if isPretty { add("\n") }
    }

    private mutating func write(_ node: YAMLNode, depth: Int) {
        switch node.content {
        case .scalar(let scalar, let isPlain): if isPlain { writePlain(scalar) } else { writeQuoted(scalar) }
        case .sequence(let items):
            writeAll(items, "[", "]", depth: depth) { writer, item in writer.write(item, depth: depth + 1) }
        case .mapping(let pairs):
            writeAll(pairs, "{", "}", depth: depth) { writer, pair in
                writer.writeQuoted(pair.key)
                writer.add(writer.isPretty ? ": " : ":")
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
        add(opening)
        for (index, element) in elements.enumerated() {
            if index > 0 { add(",") }
            newline(depth + 1)
            writeOne(&self, element)
        }
        if !elements.isEmpty { newline(depth) }
        add(closing)
    }

    private mutating func newline(_ depth: Int) {
        if isPretty { add("\n" + String(repeating: "  ", count: depth)) }
    }

    /// YAML's other ways to write a number become JSON's; infinity and not-a-number, which JSON has not, become text.
    private mutating func writePlain(_ scalar: String) {
        switch YAMLScalarKind(plain: scalar) {
        case .null: add("null")
        case .boolean(let value): add(value ? "true" : "false")
        case .integer(let value?): add(String(value))
        case .integer(nil), .float: if Self.isNumber(scalar) { add(scalar) } else { writeQuoted(scalar) }
        case .text: writeQuoted(scalar)
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

    private mutating func add(_ string: String) { bytes += string.utf8 }

    private mutating func writeQuoted(_ string: String) {
        add("\"")
        // Most strings need no escape: they are copied as they are.
        if string.utf8.allSatisfy(Self.isOrdinary) { add(string) } else { writeEscaped(string) }
        add("\"")
    }

    private static func isOrdinary(_ byte: UInt8) -> Bool {
        (UInt8(ascii: " ")...UInt8(ascii: "~")).contains(byte) && byte != UInt8(ascii: "\"")
            && byte != UInt8(ascii: "\\")
    }

    private mutating func writeEscaped(_ string: String) {
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": add("\\\"")
            case "\\": add("\\\\")
            case "\n": add("\\n")
            case "\t": add("\\t")
            case "\r": add("\\r")
            // Deleted, C1 and the like are legal in JSON but not in YAML text, which reads this too.
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
                let digits = String(scalar.value, radix: 16)
                add("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
            default: add(String(scalar))
            }
        }
    }
}
