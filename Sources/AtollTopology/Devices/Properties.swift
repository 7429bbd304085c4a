/// A text of `key value` lines, as KFD, uevent and `/proc/driver/nvidia` print them. The first of several equal keys
/// counts; lines without separator are skipped.
struct Properties {
    private var values: [Substring: Substring] = [:]

    /// - Parameter separator: an ASCII character.
    init(_ text: String, separator: Unicode.Scalar) {
        let separator = UInt8(ascii: separator)
        for line in text.lines() {
            guard let end = line.utf8.firstIndex(of: separator) else { continue }
            let key = line[..<end]
            if values[key] == nil { values[key] = line[line.utf8.index(after: end)...] }
        }
    }

    /// The value without white space around it; nil when the key is not there.
    subscript(key: Substring) -> String? { values[key]?.trimmed() }

    func number<Number: FixedWidthInteger>(_ key: Substring) -> Number? { self[key].flatMap { Number($0) } }
}
