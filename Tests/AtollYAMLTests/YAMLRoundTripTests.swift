import AtollYAML
import Testing

struct YAMLRoundTripTests {
    @Test(arguments: 0..<400 as Range<UInt64>)
    func `what is written reads back as the same value`(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let node = YAMLNode.list([randomNode(depth: 5, using: &random)])
        for text in [node.yamlText, node.jsonText(pretty: false), node.jsonText(pretty: true)] {
            #expect(try YAMLNode.parse(text).map(\.unmarked) == [node], "seed \(seed)\n\(text)")
        }
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func `damaged text is refused or read, and what is read can be written`(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        var bytes = Array(randomNode(depth: 5, using: &random).yamlText.utf8)
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            bytes[place] = UInt8.random(in: 0...255, using: &random)
        }
        guard let nodes = try? YAMLNode.parse(bytes: bytes) else { return }
        for node in nodes {
            #expect(try YAMLNode.parse(node.yamlText).map(\.unmarked) == [node.unmarked], "seed \(seed)")
        }
    }

    private func randomNode(depth: Int, using random: inout SplitMix64) -> YAMLNode {
        let count = Int.random(in: 0...4, using: &random)
        switch Int.random(in: 0..<(depth == 0 ? 6 : 10), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .int(Int.random(in: .min ... .max, using: &random))
        case 3...5: return .string(randomText(using: &random))
        case 6, 7: return .list((0..<count).map { _ in randomNode(depth: depth - 1, using: &random) })
        default:
            return .map(
                (0..<count).map { index in
                    (randomText(using: &random) + String(index), randomNode(depth: depth - 1, using: &random))
                }
            )
        }
    }

    /// Mostly what is special to YAML.
    private func randomText(using random: inout SplitMix64) -> String {
        let pieces = [
            "a", "B", "0", "1", ".", "-", ":", "#", " ", " ", "\n", "\n", "\t", "'", "\"", "\\", "|", ">", "&", "*",
            "!",
            "%", "@", "`", "{", "}", "[", "]", ",", "?", "~", "=", "<<", "true", "no", "null", "---", "...", "é", "😀",
            "e\u{301}", "\u{301}", "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", "\u{FEFF}", "\u{FFFE}", "\r", "\r\n", "/",
            "$",
        ]
        let count = Int.random(in: 0...6, using: &random)
        return (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
    }
}

/// Sebastiano Vigna's generator, so that a seed gives the same tree everywhere.
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
