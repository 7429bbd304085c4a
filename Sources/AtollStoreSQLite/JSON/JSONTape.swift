/// A JSON text (RFC 8259), looked through once: where each of its values is, in the order of the text.
///
/// Of an object the entries are its keys and values in turn. Numbers and strings are read when somebody asks for them.
final class JSONTape {
    enum Kind: UInt8 {
        case object, array, string, escapedString, number, isTrue, isFalse, null
    }

    struct Entry {
        let kind: Kind
        /// Of a string without its quotation marks.
        let start: Int
        var end: Int
        /// How many members or elements.
        var count = 0
        /// The position of the entry that follows the value and all that is in it.
        var next: Int
    }

    let text: [UInt8]
    let entries: [Entry]

    init(_ text: String) throws(JSONError) {
        self.text = Array(text.utf8)
        var scanner = JSONScanner(self.text)
        entries = try scanner.entries()
    }

    // MARK: Reading what is there

    func string(at index: Int) -> String? {
        let entry = entries[index]
        switch entry.kind {
        case .string: return String(decoding: text[entry.start..<entry.end], as: UTF8.self)
        case .escapedString: return unescaped(entry)
        case .object, .array, .number, .isTrue, .isFalse, .null: return nil
        }
    }

    /// The text of a number as it stands.
    func number(at index: Int) -> ArraySlice<UInt8>? {
        let entry = entries[index]
        return entry.kind == .number ? text[entry.start..<entry.end] : nil
    }

    func isString(at index: Int, _ string: String) -> Bool {
        let entry = entries[index]
        guard entry.kind == .string else { return self.string(at: index) == string }
        return string.utf8.count == entry.end - entry.start && string.utf8.elementsEqual(text[entry.start..<entry.end])
    }

    /// A text with damaged escapes has been refused before.
    private func unescaped(_ entry: Entry) -> String {
        var units: [UInt16] = []
        var string = ""
        var position = entry.start
        while position < entry.end {
            guard text[position] == UInt8(ascii: "\\") else {
                let rest = text[position..<entry.end]
                let plain = rest[..<(rest.firstIndex(of: UInt8(ascii: "\\")) ?? entry.end)]
                string += String(decoding: units, as: UTF16.self) + String(decoding: plain, as: UTF8.self)
                units = []
                position = plain.endIndex
                continue
            }
            // Surrogates come in pairs: they are put together at the end of the run.
            units.append(Self.meaning(of: text[(position + 1)..<entry.end]))
            position += text[position + 1] == UInt8(ascii: "u") ? 6 : 2
        }
        return string + String(decoding: units, as: UTF16.self)
    }

    private static func meaning(of escape: ArraySlice<UInt8>) -> UInt16 {
        switch escape.first {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "u"): UInt16(String(decoding: escape.dropFirst().prefix(4), as: UTF8.self), radix: 16) ?? 0
        default: UInt16(escape.first ?? 0)
        }
    }
}

/// A text that is no JSON.
struct JSONError: Error {
    let message: String
    /// In bytes, from 0.
    let offset: Int

    init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }
}
