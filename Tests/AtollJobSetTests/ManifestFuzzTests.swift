import AtollJobSet
import AtollYAML
import Testing

/// Damaged manifests are refused or accepted, never a trap, and what is accepted can be stored.
struct ManifestFuzzTests {
    @Test(arguments: 0..<300 as Range<UInt64>)
    func `damaged bytes never trap`(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        var bytes = Array((Bool.random(using: &random) ? fullManifest : baseManifest).utf8)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &random)
            case 1: bytes.remove(at: place)
            default: bytes.insert(contentsOf: "[]{}:-#&*!|>'\"0\n ~".utf8.shuffled(using: &random).prefix(2), at: place)
            }
        }
        try checkStorable(String(decoding: bytes, as: UTF8.self), seed: seed)
    }

    @Test(arguments: 0..<300 as Range<UInt64>)
    func `values of another kind never trap`(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        guard var node = try YAMLNode.parse(fullManifest).first else { return }
        for _ in 0..<Int.random(in: 1...3, using: &random) { node = damaged(node, using: &random) }
        try checkStorable(node.yamlText, seed: seed)
    }

    private func checkStorable(_ text: String, seed: UInt64) throws {
        let decoded: [JobSet.Decoded]
        do {
            decoded = try JobSetManifest.parse(text: text, source: "-", defaultNamespace: "default")
        } catch {
            #expect(!error.problems.isEmpty && !error.description.isEmpty, "seed \(seed)")
            return
        }
        for one in decoded {
            #expect(try decode(one.jobSet.node.yamlText).jobSet == one.jobSet, "seed \(seed)")
        }
    }

    /// Goes down a random way and replaces, repeats or removes what is at its end.
    private func damaged(_ node: YAMLNode, using random: inout SplitMix64) -> YAMLNode {
        if Int.random(in: 0..<8, using: &random) == 0 { return replacement(using: &random) }
        switch node.content {
        case .scalar: return replacement(using: &random)
        case .sequence(var items):
            guard let index = items.indices.randomElement(using: &random) else { return .list([.null]) }
            items[index] = damaged(items[index], using: &random)
            if Bool.random(using: &random) { items.append(items[index]) }
            return .list(items)
        case .mapping(var pairs):
            guard let index = pairs.indices.randomElement(using: &random) else { return .null }
            pairs[index].value = damaged(pairs[index].value, using: &random)
            if Int.random(in: 0..<5, using: &random) == 0 { pairs.remove(at: index) }
            return YAMLNode(.mapping(pairs))
        }
    }

    private func replacement(using random: inout SplitMix64) -> YAMLNode {
        let values: [YAMLNode] = [
            .null, .bool(true), .int(0), .int(-1), .int(Int64.max), .int(Int64.min), .int(Int32.max), .string(""),
            .string("a"), .string("é\u{0}\n"), .string(String(repeating: "x", count: 300)), .list([]), .map([]),
            .list([.list([.null])]), .map([("a", .int(1))]), YAMLNode(.scalar("1e99", isPlain: true)),
            YAMLNode(.scalar("99999999999999999999", isPlain: true)), .string("Ready"), .string("(?<a>[x-]"),
        ]
        return values[Int.random(in: 0..<values.count, using: &random)]
    }
}

/// Sebastiano Vigna's generator, so that a seed gives the same damage everywhere.
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
