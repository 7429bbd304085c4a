import AtollModel
import Testing

struct NameRangesTests {
    @Test(arguments: [
        ([], ""), (["tpu-1"], "tpu-1"), (["tpu-10", "tpu-9", "tpu-8"], "tpu-[8-10]"),
        (["h03", "h01", "h02"], "h[01-03]"),
        (["h09", "h10"], "h[09-10]"), (["h1", "h3", "h4", "login"], "h[1,3-4],login"),
        (["r1-h1", "r1-h2", "r2-h1"], "r1-h[1-2],r2-h1"),
        (["a1b", "a2b"], "a[1-2]b"), (["x", "y"], "x,y"),
        (["n99999999999999999999", "n1"], "n1,n99999999999999999999"),
    ])
    func `names fold into ranges`(names: [String], text: String) {
        #expect(NameRanges.folded(names) == text)
    }

    @Test func `numbers fold without brackets`() {
        #expect(NameRanges.folded([0, 1, 2, 3]) == "0-3")
        #expect(NameRanges.folded([5, 0, 1, 10]) == "0-1,5,10")
        #expect(NameRanges.folded([7]) == "7")
    }

    @Test(arguments: [
        ("h[01-03,10]", ["h01", "h02", "h03", "h10"]), ("h[9-11]x", ["h9x", "h10x", "h11x"]), ("plain", ["plain"]),
        ("open[1-2", ["open[1-2"]),
    ])
    func `patterns stand for names`(pattern: String, names: [String]) {
        #expect(NameRanges.expanded(pattern) == names)
    }

    @Test(arguments: ["h[3-1]", "h[a-b]", "h[]", "h[1-2-3]", "h[-1]", "h[0-99999999]"])
    func `senseless ranges stand for nothing`(pattern: String) {
        #expect(NameRanges.expanded(pattern) == nil)
    }

    @Test func `what was folded unfolds`() {
        let names = (8...112).map { "gpu-\($0)" }
        #expect(NameRanges.expanded(NameRanges.folded(names.shuffled())) == names)
    }
}
