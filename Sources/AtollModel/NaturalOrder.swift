/// Orders names as people do: digits inside a name count as numbers, so that `host-2` comes before `host-10`.
public enum NaturalOrder {
    public static func precedes(_ left: String, _ right: String) -> Bool {
        let a = left.utf8Span.span
        let b = right.utf8Span.span
        var (i, j) = (0, 0)
        while i < a.count, j < b.count {
            if isDigit(a[i]) && isDigit(b[j]) {
                let numbers = (number(in: a, from: i), number(in: b, from: j))
                if let answer = precedes(a, numbers.0, b, numbers.1) { return answer }
                (i, j) = (numbers.0.upperBound, numbers.1.upperBound)
            } else if a[i] != b[j] {
                return a[i] < b[j]
            } else {
                i += 1
                j += 1
            }
        }
        // The name that has ended comes first. Names that differ in leading zeros alone fall back to plain order, which
        // keeps the order total.
        if (i == a.count) != (j == b.count) { return i == a.count }
        return left < right
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// Where the run of digits that begins at `start` is, without its leading zeros.
    private static func number(in text: Span<UInt8>, from start: Int) -> Range<Int> {
        var (first, end) = (start, start)
        while end < text.count, isDigit(text[end]) { end += 1 }
        while first < end, text[first] == 48 { first += 1 }
        return first..<end
    }

    /// Nil for equal numbers.
    private static func precedes(_ a: Span<UInt8>, _ x: Range<Int>, _ b: Span<UInt8>, _ y: Range<Int>) -> Bool? {
        if x.count != y.count { return x.count < y.count }
        for (i, j) in zip(x, y) where a[i] != b[j] { return a[i] < b[j] }
        return nil
    }
}
