/// A text of `key value` lines with decimal numbers, as KFD prints them, straight from its bytes: there are thousands of
/// such files on one host. Takes any bytes and never traps.
struct NumberLines {
    private let bytes: UnsafeBufferPointer<UInt8>

    /// - Parameter bytes: used while the value is, and not owned.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The numbers of these keys, in one pass; nil for those without a number from 0 to 2^64 - 1. Of several equal keys the
    /// first with a number counts.
    func numbers(of keys: [StaticString]) -> [UInt64?] {
        var numbers = [UInt64?](repeating: nil, count: keys.count)
        var start = 0
        while start < bytes.count {
            let end = position(of: UInt8(ascii: "\n"), from: start, to: bytes.count)
            let space = position(of: UInt8(ascii: " "), from: start, to: end)
            for (index, key) in keys.enumerated() where numbers[index] == nil && isKey(key, from: start, to: space) {
                numbers[index] = number(from: space + 1, to: end)
            }
            start = end + 1
        }
        return numbers
    }

    private func position(of byte: UInt8, from start: Int, to end: Int) -> Int {
        var index = start
        while index < end && bytes[index] != byte { index += 1 }
        return index
    }

    private func isKey(_ key: StaticString, from start: Int, to end: Int) -> Bool {
        guard key.utf8CodeUnitCount == end - start else { return false }
        return UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
            .elementsEqual(bytes[start..<end])
    }

    private func number(from start: Int, to end: Int) -> UInt64? {
        guard start < end else { return nil }
        var number: UInt64 = 0
        for byte in bytes[start..<end] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let (shifted, isOver) = number.multipliedReportingOverflow(by: 10)
            let (sum, isOverToo) = shifted.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
            if isOver || isOverToo { return nil }
            number = sum
        }
        return number
    }
}
