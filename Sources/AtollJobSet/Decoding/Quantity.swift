/// A number of bytes as the Kubernetes API writes quantities: `1Gi`, `500M`, `1e9`, `1.5Gi`.
/// Source: k8s.io/apimachinery/pkg/api/resource/quantity.go.
struct Quantity: Equatable {
    /// Rounded up.
    let bytes: UInt64

    init(bytes: UInt64) { self.bytes = bytes }

    /// Nil for what is no quantity, is negative, or does not fit.
    init?(_ text: String) {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        let digits = parts.joined()
        guard parts.count <= 2, !digits.isEmpty, let mantissa = UInt64(digits) else { return nil }
        guard let scale = Scale(text.dropFirst(number.count)) else { return nil }
        let fraction = parts.count == 2 ? parts[1].count : 0
        guard let bytes = scale.apply(to: mantissa, fraction: fraction) else { return nil }
        self.bytes = bytes
    }

    /// The shortest text that means the same, in the binary units that people write.
    var text: String {
        var (number, power) = (bytes, 0)
        while number != 0, number.isMultiple(of: 1024), power < Scale.binary.count {
            (number, power) = (number / 1024, power + 1)
        }
        return "\(number)" + (power == 0 ? "" : Scale.binary[power - 1])
    }
}

/// What follows the digits.
private struct Scale {
    static let binary = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
    private static let decimal = ["n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18]

    private let factor: UInt64
    /// Power of ten.
    private let exponent: Int

    init?(_ suffix: Substring) {
        if let power = Self.binary.firstIndex(of: String(suffix)) {
            (factor, exponent) = (1 << (10 * UInt64(power + 1)), 0)
        } else if let power = Self.decimal[String(suffix)] {
            (factor, exponent) = (1, power)
        } else {
            guard let mark = suffix.first, mark == "e" || mark == "E", let power = Int(suffix.dropFirst()) else {
                return nil
            }
            (factor, exponent) = (1, power)
        }
    }

    /// - Parameter fraction: how many of the mantissa's digits are behind the point.
    func apply(to mantissa: UInt64, fraction: Int) -> UInt64? {
        let scaled = mantissa.multipliedReportingOverflow(by: factor)
        guard !scaled.overflow else { return nil }
        var (number, power) = (scaled.partialValue, exponent - fraction)
        var isRoundedUp = false
        while power > 0, number > 0 {
            let next = number.multipliedReportingOverflow(by: 10)
            guard !next.overflow else { return nil }
            (number, power) = (next.partialValue, power - 1)
        }
        while power < 0, number > 0 {
            isRoundedUp = isRoundedUp || !number.isMultiple(of: 10)
            (number, power) = (number / 10, power + 1)
        }
        return isRoundedUp ? number + 1 : number
    }
}
