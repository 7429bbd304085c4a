import AtollModel
import Testing

@Suite struct AlikeTextsTests {
    @Test func `texts come back as they were`() {
        let names = (0..<300).map { "training-workers-\($0)" }
        let awkward = ["", "", "a", "aé", "aè", "海", "海上", "", String(repeating: "x", count: 400)]
        for texts in [[], names, awkward, awkward.reversed(), Array(repeating: awkward[8], count: 3)] {
            #expect(Array(AlikeTexts(texts)) == texts)
        }
    }

    @Test func `random texts come back as they were`() {
        var generator = SplitMix64(seed: 5)
        for _ in 0..<100 {
            let texts = (0..<20).map { _ in
                String((0..<generator.next() % 6).map { _ in ["a", "b", "é"][Int(generator.next() % 3)] })
            }
            #expect(Array(AlikeTexts(texts)) == texts)
        }
    }

    @Test func `neighbours that are alike take few bytes`() {
        let texts = AlikeTexts((0..<200).map { "10.0.3.\($0)" })
        #expect(texts.count == 200)
        #expect(texts.shared.count + texts.rests.count < 200 * 4)
    }

    @Test func `it tells how much the texts take`() {
        #expect(AlikeTexts(["job-1", "job-22", "", "é"]).unpackedBytes == 5 + 6 + 0 + 2)
    }

    @Test func `a NUL is replaced`() {
        #expect(Array(AlikeTexts(["a\0b", "\0"])) == ["a\u{FFFD}b", "\u{FFFD}"])
    }

    @Test func `lists of different length are no texts`() {
        #expect(AlikeTexts(shared: [0], rests: []) == nil)
        #expect(AlikeTexts(shared: [], rests: [0]) == nil)
        #expect(AlikeTexts(shared: [0], rests: [0, 65]) == nil)
        #expect(AlikeTexts(shared: [], rests: []) == AlikeTexts())
    }

    @Test func `as many texts as there are are counted`() {
        for count in [254, 255, 256, 510, 511, 1_000] {
            let (shared, rests) = ([UInt8](repeating: 0, count: count), [UInt8](repeating: 0, count: count))
            #expect(AlikeTexts(shared: shared, rests: rests)?.count == count)
            #expect(AlikeTexts(shared: shared, rests: rests.dropLast() + [65, 0]) != nil)
            #expect(AlikeTexts(shared: shared, rests: rests + [0]) == nil)
        }
    }

    @Test func `whatever the bytes are, there are as many texts`() throws {
        let texts = try #require(AlikeTexts(shared: [9, 1, 255], rests: [0xC3, 0, 0xA9, 0xFF, 0, 0]))
        #expect(Array(texts).count == 3)
    }
}
