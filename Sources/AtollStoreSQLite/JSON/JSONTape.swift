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
    private(set) var entries: [Entry] = []

    /// Nobody writes records as deep as this.
    private static let depthMax = 128

    init(_ text: String) throws(JSONError) {
        self.text = Array(text.utf8)
        entries.reserveCapacity(self.text.count / 8)
        var position = 0
        try value(at: &position, depth: 0)
        skipSpace(&position)
        guard position == self.text.count else { throw JSONError("something follows the value", at: position) }
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

    // MARK: Looking through

    private func value(at position: inout Int, depth: Int) throws(JSONError) {
        guard depth < Self.depthMax else { throw JSONError("values are too deep in one another", at: position) }
        skipSpace(&position)
        guard position < text.count else { throw JSONError("a value is missing", at: position) }
        switch text[position] {
        case UInt8(ascii: "{"): try container(.object, closing: "}", at: &position, depth: depth)
        case UInt8(ascii: "["): try container(.array, closing: "]", at: &position, depth: depth)
        case UInt8(ascii: "\""): try string(at: &position)
        case UInt8(ascii: "t"): try word("true", .isTrue, at: &position)
        case UInt8(ascii: "f"): try word("false", .isFalse, at: &position)
        case UInt8(ascii: "n"): try word("null", .null, at: &position)
        default: try number(at: &position)
        }
    }

    private func container(
        _ kind: Kind,
        closing: Unicode.Scalar,
        at position: inout Int,
        depth: Int
    ) throws(JSONError) {
        let index = entries.count
        entries.append(Entry(kind: kind, start: position, end: position, next: 0))
        position += 1
        var count = 0
        while try !ends(with: closing, after: count, at: &position) {
            if kind == .object { try key(at: &position) }
            try value(at: &position, depth: depth + 1)
            count += 1
        }
        entries[index].count = count
        entries[index].end = position
        entries[index].next = entries.count
    }

    /// Whether a container ends here; otherwise its next element does begin.
    private func ends(with closing: Unicode.Scalar, after count: Int, at position: inout Int) throws(JSONError) -> Bool
    {
        skipSpace(&position)
        guard position < text.count else { throw JSONError("the text ends within a value", at: position) }
        if text[position] == UInt8(ascii: closing) {
            position += 1
            return true
        }
        guard count > 0 else { return false }
        guard text[position] == UInt8(ascii: ",") else { throw JSONError("a comma is missing", at: position) }
        position += 1
        return false
    }

    private func key(at position: inout Int) throws(JSONError) {
        skipSpace(&position)
        try string(at: &position)
        skipSpace(&position)
        guard position < text.count, text[position] == UInt8(ascii: ":") else {
            throw JSONError("a key has no value", at: position)
        }
        position += 1
    }

    private func string(at position: inout Int) throws(JSONError) {
        guard position < text.count, text[position] == UInt8(ascii: "\"") else {
            throw JSONError("a string is missing", at: position)
        }
        let start = position + 1
        position = start
        var kind = Kind.string
        while position < text.count, text[position] != UInt8(ascii: "\"") {
            if text[position] == UInt8(ascii: "\\") {
                kind = .escapedString
                position += try lengthOfEscape(at: position)
            } else {
                guard text[position] >= 0x20 else { throw JSONError("a control character in a string", at: position) }
                position += 1
            }
        }
        guard position < text.count else { throw JSONError("a string does not end", at: start) }
        append(kind, from: start, to: position)
        position += 1
    }

    private func lengthOfEscape(at position: Int) throws(JSONError) -> Int {
        let escape = text[(position + 1)...]
        switch escape.first {
        case UInt8(ascii: "u"):
            let digits = escape.dropFirst().prefix(4)
            guard digits.count == 4, digits.allSatisfy(\.isHexadecimal) else { break }
            return 6
        case .some(let byte) where "\"\\/bfnrt".utf8.contains(byte): return 2
        default: break
        }
        throw JSONError("an escape that does not exist", at: position)
    }

    private func word(_ word: String, _ kind: Kind, at position: inout Int) throws(JSONError) {
        guard text[position...].starts(with: word.utf8) else { throw JSONError("no value of JSON", at: position) }
        append(kind, from: position, to: position + word.utf8.count)
        position += word.utf8.count
    }

    /// Whether it is one is for those to find out who read it.
    private func number(at position: inout Int) throws(JSONError) {
        let start = position
        while position < text.count, text[position].isOfNumbers { position += 1 }
        guard position > start else { throw JSONError("no value of JSON", at: position) }
        append(.number, from: start, to: position)
    }

    private func append(_ kind: Kind, from start: Int, to end: Int) {
        entries.append(Entry(kind: kind, start: start, end: end, next: entries.count + 1))
    }

    private func skipSpace(_ position: inout Int) {
        while position < text.count, text[position].isSpace { position += 1 }
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

extension UInt8 {
    fileprivate var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }

    fileprivate var isHexadecimal: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    fileprivate var isOfNumbers: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }
}
