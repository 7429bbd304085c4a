/// One header block of a tar archive in the ustar format (POSIX.1-1988, and pax of POSIX.1-2001 for what does not fit).
struct TarHeader: Equatable {
    static let blockBytes = 512

    enum Kind: UInt8 {
        case file = 0x30
        case hardLink = 0x31
        case link = 0x32
        case folder = 0x35
        /// Records that hold for the next header.
        case extended = 0x78
        /// Records that hold for all that follow.
        case global = 0x67
        /// GNU's way of giving the next header a long path or target.
        case longPath = 0x4c
        case longTarget = 0x4b
    }

    var path: String
    /// Nil for kinds that are not known here: devices, FIFOs, and what vendors have added.
    var kind: Kind?
    var size = 0
    var target = ""

    private static let pathField = 0..<100
    private static let sizeField = 124..<136
    private static let checksumField = 148..<156
    private static let kindField = 156
    private static let targetField = 157..<257
    private static let magicField = 257..<265
    private static let prefixField = 345..<500

    /// Bytes that a path or target may have in a header.
    static var textBytesMax: Int { pathField.count }

    init(_ kind: Kind, path: String, size: Int = 0, target: String = "") {
        self.path = path
        self.kind = kind
        self.size = size
        self.target = target
    }

    /// Nil when the block is no header: the sum over its bytes is wrong, or a number is none.
    init?(_ block: ArraySlice<UInt8>) {
        guard block.count == Self.blockBytes else { return nil }
        let block = Array(block)
        guard let sum = Self.octal(block[Self.checksumField]), sum == Self.checksum(block),
            let size = Self.octal(block[Self.sizeField])
        else { return nil }
        let prefix = Self.hasPrefix(block) ? Self.text(block[Self.prefixField]) : ""
        let name = Self.text(block[Self.pathField])
        path = prefix.isEmpty ? name : "\(prefix)/\(name)"
        // Old archives have NUL for files.
        kind = block[Self.kindField] == 0 ? .file : Kind(rawValue: block[Self.kindField])
        self.size = size
        target = Self.text(block[Self.targetField])
    }

    /// The block; a path and a target that do not fit are cut, which extended records before it put right.
    var block: [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockBytes)
        func put(_ bytes: some Collection<UInt8>, in field: Range<Int>) {
            block.replaceSubrange(
                field.lowerBound..<field.lowerBound + min(bytes.count, field.count),
                with: bytes.prefix(field.count)
            )
        }
        put(path.utf8, in: Self.pathField)
        let mode = kind == .folder ? "0000755" : kind == .link ? "0000777" : "0000644"
        put(mode.utf8, in: 100..<107)
        put("0000000".utf8, in: 108..<115)
        put("0000000".utf8, in: 116..<123)
        put(Self.octalText(size, digits: 11).utf8, in: Self.sizeField)
        put("00000000000".utf8, in: 136..<147)
        block[Self.kindField] = kind?.rawValue ?? 0
        put(target.utf8, in: Self.targetField)
        put("ustar\u{0}00".utf8, in: Self.magicField)
        put(Self.octalText(Self.checksum(block), digits: 6).utf8 + [0, 0x20], in: Self.checksumField)
        return block
    }

    /// GNU's own format has times where ustar has the prefix.
    private static func hasPrefix(_ block: [UInt8]) -> Bool { block[magicField].starts(with: "ustar\u{0}".utf8) }

    /// Over all bytes, the checksum itself taken for spaces.
    private static func checksum(_ block: [UInt8]) -> Int {
        let sum = { (bytes: ArraySlice<UInt8>) in bytes.reduce(0) { $0 + Int($1) } }
        return sum(block[...]) - sum(block[checksumField]) + 0x20 * checksumField.count
    }

    /// Digits up to a NUL or space; nil for more than 11, and for GNU's binary form, which only sizes over 8 GiB need.
    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
        if digits.isEmpty { return 0 }
        return Int(String(decoding: digits, as: UTF8.self), radix: 8).flatMap { $0 < 0 ? nil : $0 }
    }

    private static func octalText(_ number: Int, digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }
}

/// Records of a pax extended header: `<length> <key>=<value>\n`, the length counting itself.
enum PaxRecords {
    /// Of our own, for files that could not be read: the `errno`.
    static let errorKey = "ATOLL.errno"

    static func bytes(_ records: [(key: String, value: String)]) -> [UInt8] {
        records.flatMap { record -> [UInt8] in
            let rest = " \(record.key)=\(record.value)\n"
            var length = rest.utf8.count
            while "\(length)".utf8.count + rest.utf8.count != length { length += 1 }
            return Array("\(length)\(rest)".utf8)
        }
    }

    /// Stops at the first record that is none.
    static func parse(_ bytes: ArraySlice<UInt8>) -> [String: String] {
        var records: [String: String] = [:]
        var rest = bytes
        while let space = rest.firstIndex(of: 0x20), space - rest.startIndex <= 10,
            let length = Int(String(decoding: rest[..<space], as: UTF8.self)), length > space - rest.startIndex + 2,
            length <= rest.count
        {
            let end = rest.startIndex + length - 1
            let record = rest[rest.index(after: space)..<end]
            guard rest[end] == 0x0a, let equals = record.firstIndex(of: 0x3d) else { break }
            rest = rest[(end + 1)...]
            let key = String(decoding: record[..<equals], as: UTF8.self)
            records[key] = String(decoding: record[record.index(after: equals)...], as: UTF8.self)
        }
        return records
    }
}
