import AtollModel
import Testing

@testable import AtollClient

struct AgeTests {
    @Test(arguments: [
        (-5, "0s"), (0, "0s"), (59, "59s"), (60, "1m"), (190, "3m10s"), (599, "9m59s"), (600, "10m"), (3599, "59m"),
        (3600, "1h"), (7500, "2h5m"), (36_000, "10h"), (172_799, "47h"), (172_800, "2d"), (86_400 * 400, "400d"),
    ])
    func `spans have two units at most`(seconds: Int64, text: String) {
        #expect(Age.text(seconds: seconds) == text)
    }

    @Test(arguments: [
        0, -1, 951_782_399, 951_782_400, 951_868_800, 4_107_542_400, 1_795_472_100, -62_135_596_800, -2_203_891_200,
    ])
    func `times are read as they are written`(seconds: Int64) {
        let time = Timestamp(nanoseconds: seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue)
        #expect(Timestamp(rfc3339: time.description)?.seconds == time.seconds)
    }

    @Test func `fractions of seconds are dropped`() {
        #expect(Timestamp(rfc3339: "2026-11-23T22:15:00.999Z") == Samples.now)
    }

    @Test(arguments: [
        "", "yesterday", "2026-11-23T22:15:00", "2026-13-23T22:15:00Z", "2026-11-23 22:15:00Z", "é-11-23T22:15:00.00Z",
    ])
    func `other texts are no times`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }
}

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

struct ColorChoiceTests {
    @Test func `colours are for terminals whose user has not forbidden them`() {
        #expect(ColorChoice.auto.isOn(isTerminal: true, noColor: nil))
        #expect(ColorChoice.auto.isOn(isTerminal: true, noColor: ""))
        #expect(!ColorChoice.auto.isOn(isTerminal: true, noColor: "1"))
        #expect(!ColorChoice.auto.isOn(isTerminal: false, noColor: nil))
        #expect(ColorChoice.always.isOn(isTerminal: false, noColor: "1"))
        #expect(!ColorChoice.never.isOn(isTerminal: true, noColor: nil))
    }
}

struct TableTests {
    @Test func `a shortened last field keeps enough to be understood`() {
        var table = Table([.init(title: "NAME"), .init(title: "WHY", isShortened: true)])
        table.append([Cell(String(repeating: "n", count: 90)), Cell("a reason that is much too long")])
        #expect(table.lines()[1].hasSuffix("   a reason that i…"))
        #expect(table.lines()[0].hasSuffix("   WHY"))
    }
}
