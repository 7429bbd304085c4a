/// Orders names as people do: digits inside a name count as numbers, so that `host-2` comes before `host-10`.
public enum NaturalOrder {
    public static func precedes(_ left: String, _ right: String) -> Bool {
        var a = left.utf8[...]
        var b = right.utf8[...]
        while let x = a.first, let y = b.first {
            if isDigit(x) && isDigit(y) {
                let numbers = (takeNumber(&a), takeNumber(&b))
                if let answer = precedes(digits: numbers.0, numbers.1) { return answer }
            } else if x != y {
                return x < y
            } else {
                a.removeFirst()
                b.removeFirst()
            }
        }
        // The name that has ended comes first. Names that differ in leading zeros alone fall back to plain order, which
        // keeps the order total.
        if a.isEmpty != b.isEmpty { return a.isEmpty }
        return left < right
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    /// The run of digits at the front without its leading zeros.
    private static func takeNumber(_ text: inout Substring.UTF8View) -> Substring.UTF8View {
        let run = text.prefix(while: isDigit)
        text = text[run.endIndex...]
        return run.drop { $0 == 48 }
    }

    private static func precedes(digits a: Substring.UTF8View, _ b: Substring.UTF8View) -> Bool? {
        if a.count != b.count { return a.count < b.count }
        return a.elementsEqual(b) ? nil : a.lexicographicallyPrecedes(b)
    }
}
