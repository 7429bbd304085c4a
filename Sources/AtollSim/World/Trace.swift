/// What happened, as one number to compare and, if asked for, in words.
struct Trace {
    private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    private(set) var lines: [String] = []
    private let keepsLines: Bool

    init(keepsLines: Bool) { self.keepsLines = keepsLines }

    /// FNV-1a over whole words.
    mutating func mix(_ values: UInt64...) {
        for value in values { hash = (hash ^ value) &* 0x100_0000_01B3 }
    }

    mutating func note(at nanoseconds: Int64, _ line: @autoclosure () -> String) {
        guard keepsLines else { return }
        let micros = nanoseconds / 1_000
        let fraction = String(1_000_000 + micros % 1_000_000).dropFirst()
        lines.append("\(micros / 1_000_000).\(fraction) \(line())")
    }
}
