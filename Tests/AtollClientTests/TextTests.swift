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
