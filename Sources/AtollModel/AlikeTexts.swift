/// A list of texts of which neighbours are alike, such as names with a number at the end or addresses of one network:
/// each is kept as what it does not have in common with the one before.
///
/// `job-7-10`, `job-7-11` take ten bytes and three. A NUL in a text becomes U+FFFD.
public struct AlikeTexts: Equatable, Sendable {
    /// For each text, how many bytes of the one before it begins with.
    public private(set) var shared: [UInt8] = []
    /// The other bytes of each text, in UTF-8, and a NUL behind each.
    public private(set) var rests: [UInt8] = []

    public init(_ texts: some Sequence<String> = EmptyCollection<String>()) {
        var last: [UInt8] = []
        for text in texts {
            let text = Self.bytes(of: text)
            let most = Swift.min(text.count, last.count, Int(UInt8.max))
            let common = (0..<most).first { text[$0] != last[$0] } ?? most
            shared.append(UInt8(common))
            rests += text[common...]
            rests.append(0)
            last = text
        }
    }

    /// Takes over what another one was made of.
    ///
    /// - Returns: nil unless both lists have as many texts. What the bytes mean is not looked at.
    public init?(shared: [UInt8], rests: [UInt8]) {
        guard Self.countZeros(in: rests) == shared.count, (rests.last ?? 0) == 0 else { return nil }
        self.shared = shared
        self.rests = rests
    }

    /// What all texts take together, in bytes, or more than that where the list is no honest one.
    public var unpackedBytes: Int {
        var common = 0
        for count in shared { common &+= Int(count) }
        return common + rests.count - shared.count
    }

    /// Counts in bytes, as many as one can count, which compilers make quick work of: hosts read long lists.
    private static func countZeros(in bytes: [UInt8]) -> Int {
        var count = 0
        var zeros: UInt8 = 0
        var left = UInt8.max
        for byte in bytes {
            zeros &+= byte == 0 ? 1 : 0
            left &-= 1
            guard left == 0 else { continue }
            count += Int(zeros)
            (zeros, left) = (0, .max)
        }
        return count + Int(zeros)
    }

    private static func bytes(of text: String) -> [UInt8] {
        guard text.utf8.contains(0) else { return Array(text.utf8) }
        return text.utf8.flatMap { $0 == 0 ? Array("\u{FFFD}".utf8) : [$0] }
    }
}

extension AlikeTexts: Sequence {
    public struct Iterator: IteratorProtocol {
        private let texts: AlikeTexts
        private var index = 0
        /// Where the rest of the next text begins.
        private var start = 0
        /// The text that was given last.
        private var text: [UInt8] = []

        fileprivate init(_ texts: AlikeTexts) { self.texts = texts }

        public mutating func next() -> String? {
            guard index < texts.count, let end = texts.rests[start...].firstIndex(of: 0) else { return nil }
            text.removeLast(text.count - Swift.min(text.count, Int(texts.shared[index])))
            text += texts.rests[start..<end]
            start = end + 1
            index += 1
            return String(decoding: text, as: UTF8.self)
        }
    }

    public func makeIterator() -> Iterator { Iterator(self) }

    public var count: Int { shared.count }
    public var underestimatedCount: Int { count }
}
