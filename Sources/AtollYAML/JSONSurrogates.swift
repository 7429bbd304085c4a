/// JSON writes a character beyond U+FFFF as two escapes, `\ud83d\ude00`, which YAML 1.1 does not know.
enum JSONSurrogates {
    /// The text with such pairs as one YAML escape, `\U0001f600`, if it looks like JSON; later columns of such a line
    /// are then two less.
    static func joined(_ text: [UInt8]) -> [UInt8] {
        let first = text.first { !" \t\r\n".utf8.contains($0) }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "["), contains(text) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            if let scalar = pair(text, at: index) {
                let digits = String(scalar, radix: 16)
                result += "\\U\(String(repeating: "0", count: 8 - digits.count))\(digits)".utf8
                index += 12
            } else {
                // Two at once after a backslash: in `\\ud83d` the second one escapes nothing.
                let count = text[index] == backslash && index + 1 < text.count ? 2 : 1
                result += text[index..<index + count]
                index += count
            }
        }
        return result
    }

    private static let backslash = UInt8(ascii: "\\")

    private static func contains(_ text: [UInt8]) -> Bool { text.indices.contains { pair(text, at: $0) != nil } }

    private static func pair(_ text: [UInt8], at index: Int) -> UInt32? {
        guard let high = unit(text, at: index), (0xD800...0xDBFF).contains(high),
            let low = unit(text, at: index + 6), (0xDC00...0xDFFF).contains(low)
        else { return nil }
        return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
    }

    /// The number of `\uXXXX`.
    private static func unit(_ text: [UInt8], at index: Int) -> UInt32? {
        guard index + 6 <= text.count, text[index] == backslash, text[index + 1] == UInt8(ascii: "u") else {
            return nil
        }
        return UInt32(String(decoding: text[index + 2..<index + 6], as: UTF8.self), radix: 16)
    }
}
