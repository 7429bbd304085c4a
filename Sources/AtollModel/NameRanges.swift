/// Many names in few words: `h[01-18,20],login`.
public enum NameRanges {
    /// So many names at most does one pattern stand for.
    public static let expandedMax = 10_000

    /// The names in natural order, those that differ in their last number only as ranges.
    public static func folded(_ names: some Sequence<String>) -> String {
        var groups: [Group] = []
        for name in names.sorted(by: NaturalOrder.precedes) {
            let name = NumberedName(name)
            if let last = groups.indices.last, groups[last].add(name) { continue }
            groups.append(Group(name))
        }
        return groups.map(\.text).joined(separator: ",")
    }

    /// Whole numbers, such as those of devices, as ranges: `0-3,6`.
    public static func folded(_ numbers: some Sequence<Int>) -> String {
        let folded = folded(numbers.map(String.init))
        return folded.hasPrefix("[") ? String(folded.dropFirst().dropLast()) : folded
    }

    /// The names that a pattern stands for, which is itself where it has no brackets; nil for a range that is none.
    public static func expanded(_ pattern: String) -> [String]? {
        guard let open = pattern.firstIndex(of: "["), let close = pattern[open...].firstIndex(of: "]") else {
            return [pattern]
        }
        let (prefix, suffix) = (pattern[..<open], pattern[pattern.index(after: close)...])
        var names: [String] = []
        for part in pattern[pattern.index(after: open)..<close].split(separator: ",") {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
            guard ends.count <= 2, let first = ends.first, let last = ends.last, let low = UInt(first),
                let high = UInt(last), low <= high, high - low < UInt(expandedMax - names.count)
            else { return nil }
            let width = first.hasPrefix("0") ? first.count : 0
            names += (low...high).map { "\(prefix)\(zeroPadded($0, to: width))\(suffix)" }
        }
        return names.isEmpty ? nil : names
    }

    private static func zeroPadded(_ number: UInt, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Names with equal text around their last number.
    private struct Group {
        private var first: NumberedName
        private var ranges: [(low: NumberedName, high: NumberedName)]

        init(_ name: NumberedName) {
            first = name
            ranges = [(name, name)]
        }

        /// False for a name that belongs to another group.
        mutating func add(_ name: NumberedName) -> Bool {
            guard name.number != nil, first.number != nil, name.prefix == first.prefix, name.suffix == first.suffix
            else { return false }
            if let last = ranges.indices.last, name.follows(ranges[last].high) {
                ranges[last].high = name
            } else {
                ranges.append((name, name))
            }
            return true
        }

        var text: String {
            if ranges.count == 1, ranges[0].low == ranges[0].high { return first.text }
            let parts = ranges.map { $0.low == $0.high ? $0.low.digits : "\($0.low.digits)-\($0.high.digits)" }
            return "\(first.prefix)[\(parts.joined(separator: ","))]\(first.suffix)"
        }
    }
}

/// A name cut at its last number.
private struct NumberedName: Equatable {
    let prefix, digits, suffix: String
    /// Nil without digits, and where there are too many of them.
    let number: UInt?

    init(_ name: String) {
        let suffix = name.reversed().prefix { !$0.isASCIIDigit }.count
        let rest = name.dropLast(suffix)
        let digits = rest.reversed().prefix(while: \.isASCIIDigit).count
        self.prefix = String(rest.dropLast(digits))
        self.digits = String(rest.suffix(digits))
        self.suffix = String(name.suffix(suffix))
        number = UInt(self.digits)
    }

    var text: String { prefix + digits + suffix }

    func follows(_ other: NumberedName) -> Bool {
        guard let number, let previous = other.number, previous < number, number - previous == 1 else { return false }
        return digits.count == other.digits.count || !(digits.hasPrefix("0") || other.digits.hasPrefix("0"))
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
