/// Which form of a scalar reads back as the same text.
enum YAMLScalarStyle {
    /// As it is where that reads back as the same text; in single quotes where only its signs are in the way; in double
    /// quotes where it would read as another kind or holds what only an escape can say.
    static func quotedIfNeeded(_ text: String) -> String {
        if !text.unicodeScalars.allSatisfy(isPrintable) || readsAsAnotherKind(text) { return doubleQuoted(text) }
        if isPlainSafe(text) { return text }
        return singleQuoted(text)
    }

    /// Whether the text can stand as a `|` block: several lines, the first of which shows the indentation.
    static func fitsLiteral(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, first != " ", first != "\n", first != "\t", scalars.contains("\n") else {
            return false
        }
        return scalars.allSatisfy { $0 == "\n" || $0 == "\t" || isPrintable($0) }
    }

    private static func singleQuoted(_ text: String) -> String {
        var result = "'".unicodeScalars
        // By scalars: a quote and the accent after it are one `Character`.
        for scalar in text.unicodeScalars {
            result.append(scalar)
            if scalar == "'" { result.append(scalar) }
        }
        result.append("'")
        return String(result)
    }

    private static func doubleQuoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where isPrintable(scalar): result.unicodeScalars.append(scalar)
            default: result += escape(scalar)
            }
        }
        return result + "\""
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (letter, width) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
        return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
    }

    /// Printable in one line by YAML's `nb-char`, without the line breaks of YAML 1.1 and the byte order mark.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    /// Also for readers of other rules: dates, base-60 numbers, `=` and `<<`.
    private static func readsAsAnotherKind(_ text: String) -> Bool {
        if YAMLScalarKind(plain: text) != .text || text == "=" || text == "<<" { return true }
        let signless = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        guard let first = signless.first, isDigit(first) || first == UInt8(ascii: ".") else { return false }
        return signless.allSatisfy { isDigit($0) || "-+:._TtZz eE".utf8.contains($0) }
    }

    private static func isPlainSafe(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.first, let last = scalars.last, first != " ", last != " ", last != ":" else {
            return false
        }
        if "-?:".unicodeScalars.contains(first) {
            guard scalars.count > 1, scalars[1] != " " else { return false }
        } else if ",[]{}#&*!|>'\"%@`".unicodeScalars.contains(first) {
            return false
        }
        if text.hasPrefix("---") || text.hasPrefix("...") { return false }
        return !zip(scalars, scalars.dropFirst()).contains { ($0 == ":" && $1 == " ") || ($0 == " " && $1 == "#") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
