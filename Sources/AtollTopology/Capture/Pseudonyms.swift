/// Other names for what identifies a host and its parts: of the same form, the same ones every time for one key, and not
/// to be undone without it.
struct Pseudonyms {
    let key: SipHash.Key

    /// A number of as many bits. 0 and all ones stand for "none" and stay.
    func number(_ number: UInt64) -> UInt64 {
        if number == 0 || number == .max { return number }
        let bits = 64 - number.leadingZeroBitCount
        let mask = UInt64.max >> UInt64(64 - bits)
        // The highest bit is kept, so that it stays as long as it was.
        return hash("number \(number)") & mask | 1 << UInt64(bits - 1)
    }

    /// Hexadecimal digits with anything between them, by the number that every 16 of them make, from the end.
    func digits(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let positions = bytes.indices.filter { bytes[$0].isHexadecimalDigit }
        var result = bytes
        for end in stride(from: positions.count, to: 0, by: -16) {
            let group = positions[max(0, end - 16)..<end]
            guard let value = UInt64(String(decoding: group.map { bytes[$0] }, as: UTF8.self), radix: 16) else {
                continue
            }
            let other = number(value).hexadecimal(digits: group.count)
            for (position, digit) in zip(group, other.utf8) { result[position] = digit }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Letters for letters and digits for digits, each word by itself; other characters stay.
    func words(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var word: [UInt8] = []
        func end() {
            result += self.word(word)
            word = []
        }
        for byte in bytes {
            if byte.isLetterOrDigit {
                word.append(byte)
            } else {
                end()
                result.append(byte)
            }
        }
        end()
        return String(decoding: result, as: UTF8.self)
    }

    private func word(_ bytes: [UInt8]) -> [UInt8] {
        // Serial numbers and machine ids are often hexadecimal, and those who read them check that.
        let isHexadecimal = bytes.count >= 8 && bytes.allSatisfy(\.isHexadecimalDigit)
        return bytes.enumerated().map { index, byte in
            let chance = hash("word \(String(decoding: bytes, as: UTF8.self)) \(index)")
            let alphabet: String.UTF8View =
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"): "0123456789".utf8
                case UInt8(ascii: "a")...UInt8(ascii: "z"):
                    isHexadecimal ? "abcdef".utf8 : "abcdefghijklmnopqrstuvwxyz".utf8
                default: isHexadecimal ? "ABCDEF".utf8 : "ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8
                }
            return Array(alphabet)[Int(chance % UInt64(alphabet.count))]
        }
    }

    private func hash(_ text: String) -> UInt64 { SipHash.hash(Array(text.utf8), key: key) }
}

extension UInt8 {
    var isHexadecimalDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }
}
