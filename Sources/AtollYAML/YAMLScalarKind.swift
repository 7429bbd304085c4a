/// What an unquoted scalar means, by the rules of kubectl's reader: YAML 1.1 booleans and octals included, so that a
/// manifest means the same here. Dates are text.
public enum YAMLScalarKind: Equatable, Sendable {
    case null
    case boolean(Bool)
    /// Nil when it does not fit 64 bits.
    case integer(Int?)
    case float
    case text

    public init(plain text: String) {
        // No number begins like one of the words, nor the other way round.
        guard let first = text.utf8.first, Self.isDigit(first) || "+-.".utf8.contains(first) else {
            self = Self.word(text)
            return
        }
        if let integer = Self.integer(text) {
            self = .integer(integer)
        } else {
            self = Self.isFloat(text) ? .float : .text
        }
    }

    private static func word(_ text: String) -> YAMLScalarKind {
        // The longest of them.
        guard text.utf8.count <= "false".utf8.count else { return .text }
        if nulls.contains(text) { return .null }
        if trues.contains(text) { return .boolean(true) }
        return falses.contains(text) ? .boolean(false) : .text
    }

    private static let nulls: Set = ["", "~", "null", "Null", "NULL"]
    private static let trues: Set = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]
    private static let falses: Set = ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]
    private static let specialFloats: Set = [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"]

    private static func integer(_ text: String) -> Int?? {
        let isNegative = text.hasPrefix("-")
        var digits = Substring(text)
        if isNegative || text.hasPrefix("+") { digits = digits.dropFirst() }
        guard let first = digits.utf8.first, isDigit(first) else { return nil }
        let radix = removeRadixPrefix(&digits)
        let plain = digits.utf8.contains(UInt8(ascii: "_")) ? digits.filter { $0 != "_" } : String(digits)
        guard !plain.isEmpty, plain.utf8.allSatisfy({ isDigit($0, radix: radix) }) else { return nil }
        return .some(Int((isNegative ? "-" : "") + plain, radix: radix))
    }

    private static func removeRadixPrefix(_ digits: inout Substring) -> Int {
        guard digits.utf8.first == UInt8(ascii: "0"), digits.utf8.count > 1 else { return 10 }
        for (prefix, radix) in [("0x", 16), ("0X", 16), ("0o", 8), ("0b", 2), ("0B", 2)] where digits.hasPrefix(prefix)
        {
            digits = digits.dropFirst(2)
            return radix
        }
        return 8
    }

    /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, or infinity or not-a-number.
    private static func isFloat(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
        if specialFloats.contains(String(Substring(rest))) { return true }
        let whole = rest.prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
        rest = rest.dropFirst(whole.count)
        var fractionCount = 0
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
            fractionCount = fraction.count
            rest = rest.dropFirst(1 + fractionCount)
        }
        let startsWithDigit = whole.first.map { isDigit($0) } ?? (fractionCount > 0)
        guard startsWithDigit else { return false }
        return rest.isEmpty || isExponent(rest)
    }

    private static func isExponent(_ text: Substring.UTF8View) -> Bool {
        guard text.first == UInt8(ascii: "e") || text.first == UInt8(ascii: "E") else { return false }
        var digits = text.dropFirst()
        if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            digits = digits.dropFirst()
        }
        return !digits.isEmpty && digits.allSatisfy { isDigit($0) }
    }

    private static func isDigit(_ byte: UInt8, radix: Int = 10) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) < radix
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
        default: false
        }
    }
}
