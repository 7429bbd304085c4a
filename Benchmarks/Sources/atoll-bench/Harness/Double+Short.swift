import Foundation

extension Double {
    /// For people: three significant digits, and no fewer than a whole number has.
    var short: String { self >= 1000 ? String(format: "%.0f", self) : String(format: "%.3g", self) }
}

extension Int {
    /// For people: with a comma for every thousand.
    var grouped: String {
        let digits = Array(String(self))
        return digits.indices.reduce(into: "") { text, index in
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digits[index])
        }
    }
}
