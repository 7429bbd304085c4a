/// Goes over a JSON text once, for `JSONTape`.
struct JSONScanner {
    private let text: [UInt8]
    private var found: [JSONTape.Entry] = []
    private var position = 0

    /// Nobody writes records as deep as this.
    private static let depthMax = 128

    init(_ text: [UInt8]) {
        self.text = text
        found.reserveCapacity(text.count / 8)
    }

    mutating func entries() throws(JSONError) -> [JSONTape.Entry] {
        try value(depth: 0)
        skipSpace()
        guard position == text.count else { throw JSONError("something follows the value", at: position) }
        return found
    }

    private mutating func value(depth: Int) throws(JSONError) {
        guard depth < Self.depthMax else { throw JSONError("values are too deep in one another", at: position) }
        skipSpace()
        guard position < text.count else { throw JSONError("a value is missing", at: position) }
        switch text[position] {
        case UInt8(ascii: "{"): try container(.object, closing: "}", depth: depth)
        case UInt8(ascii: "["): try container(.array, closing: "]", depth: depth)
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true", .isTrue)
        case UInt8(ascii: "f"): try word("false", .isFalse)
        case UInt8(ascii: "n"): try word("null", .null)
        default: try number()
        }
    }

    private mutating func container(
        _ kind: JSONTape.Kind,
        closing: Unicode.Scalar,
        depth: Int
    ) throws(JSONError) {
        let index = found.count
        found.append(JSONTape.Entry(kind: kind, start: position, end: position, next: 0))
        position += 1
        var count = 0
        while try !ends(with: closing, after: count) {
            if kind == .object { try key() }
            try value(depth: depth + 1)
            count += 1
        }
        found[index].count = count
        found[index].end = position
        found[index].next = found.count
    }

    /// Whether a container ends here; otherwise its next element does begin.
    private mutating func ends(with closing: Unicode.Scalar, after count: Int) throws(JSONError) -> Bool {
        skipSpace()
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

    private mutating func key() throws(JSONError) {
        skipSpace()
        try string()
        skipSpace()
        guard position < text.count, text[position] == UInt8(ascii: ":") else {
            throw JSONError("a key has no value", at: position)
        }
        position += 1
    }

    private mutating func string() throws(JSONError) {
        guard position < text.count, text[position] == UInt8(ascii: "\"") else {
            throw JSONError("a string is missing", at: position)
        }
        let start = position + 1
        position = start
        var kind = JSONTape.Kind.string
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

    private mutating func word(_ word: String, _ kind: JSONTape.Kind) throws(JSONError) {
        guard text[position...].starts(with: word.utf8) else { throw JSONError("no value of JSON", at: position) }
        append(kind, from: position, to: position + word.utf8.count)
        position += word.utf8.count
    }

    /// Whether it is one is for those to find out who read it.
    private mutating func number() throws(JSONError) {
        let start = position
        while position < text.count, text[position].isOfNumbers { position += 1 }
        guard position > start else { throw JSONError("no value of JSON", at: position) }
        append(.number, from: start, to: position)
    }

    private mutating func append(_ kind: JSONTape.Kind, from start: Int, to end: Int) {
        found.append(JSONTape.Entry(kind: kind, start: start, end: end, next: found.count + 1))
    }

    private mutating func skipSpace() {
        while position < text.count, text[position].isSpace { position += 1 }
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
