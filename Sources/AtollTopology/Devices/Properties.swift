/// A text of `key value` lines, as KFD, uevent and `/proc/driver/nvidia` print them. The first of several equal keys
/// counts; lines without separator are skipped.
struct Properties {
    private var values: [Substring: Substring] = [:]

    init(_ text: String, separator: Character) {
        for line in text.lines() {
            guard let end = line.firstIndex(of: separator) else { continue }
            let key = line[..<end]
            if values[key] == nil { values[key] = line[line.index(after: end)...] }
        }
    }

    /// The value without white space around it; nil when the key is not there.
    subscript(key: Substring) -> String? { values[key]?.trimmed() }

    func number<Number: FixedWidthInteger>(_ key: Substring) -> Number? { self[key].flatMap { Number($0) } }
}
