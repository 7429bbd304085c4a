extension UnsafeBufferPointer<UInt8> {
    /// As text, without white space and NULs at both ends.
    var trimmedText: String {
        let isText = { (byte: UInt8) in byte > 0x20 }
        guard let first = firstIndex(where: isText), let last = lastIndex(where: isText) else { return "" }
        return String(decoding: self[first...last], as: UTF8.self)
    }
}

/// Small parsers for what sysfs and procfs print. They take any text and never trap.
extension StringProtocol {
    /// Without white space and NULs at both ends. Device-tree strings end in NUL, sysfs ones in a line feed.
    func trimmed() -> String {
        let isBlank = { (byte: UInt8) in byte <= 0x20 }
        var bytes = Substring(self).utf8.drop(while: isBlank)
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Printable ASCII only, other characters as `?`, cut at `max` bytes: fit for a log line or a field of a report.
    func printable(max: Int) -> String {
        if utf8.count <= max, utf8.allSatisfy({ (0x20...0x7e).contains($0) }) { return String(self) }
        let kept = utf8.prefix(max).map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: "?") }
        return String(decoding: kept, as: UTF8.self)
    }

    /// Lines without their ends.
    func lines() -> [Substring] {
        Substring(self).utf8.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { Substring($0) }
    }

    /// What is between ASCII separators, without empty parts. By bytes, which is many times faster than by characters.
    func parts(_ separator: UInt8) -> [Substring] {
        Substring(self).utf8.split(separator: separator).map { Substring($0) }
    }
}

extension FixedWidthInteger {
    /// `0x10de` or `10de`; nil for anything else.
    init?(hexadecimal text: some StringProtocol) {
        guard let value = Self(text.hasPrefix("0x") ? text.dropFirst(2) : text[...], radix: 16) else { return nil }
        self = value
    }
}

/// A kernel list of numbers such as `0-1,24-25` (`Documentation/admin-guide/cputopology.rst`).
enum IDList {
    /// More than any machine has; a list that names more is damage.
    static let countMax = 65_536

    /// The numbers in ascending order without repetitions; nil when the text is not such a list. Empty text is the
    /// empty list.
    static func parse(_ text: String) -> [UInt32]? {
        var ids: Set<UInt32> = []
        for part in text.split(separator: ",") {
            let ends = part.trimmed().split(separator: "-", omittingEmptySubsequences: false).map { UInt32($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last,
                Int(last - first) + ids.count < countMax
            else { return nil }
            ids.formUnion(first...last)
        }
        return ids.sorted()
    }

    /// The same as a reading, which has failed when the text is no list.
    static func reading(_ text: String) -> Reading<[UInt32]> {
        parse(text).map { .value($0) } ?? .failed(SystemCalls.notANumber)
    }

    /// The kernel's form of ascending numbers: `0-1,24-25`.
    static func text(_ ids: [UInt32]) -> String {
        var runs: [ClosedRange<UInt32>] = []
        for id in ids {
            if let last = runs.last, last.upperBound < id, id - last.upperBound == 1 {
                runs[runs.count - 1] = last.lowerBound...id
            } else {
                runs.append(id...id)
            }
        }
        return runs.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: ",")
    }
}
