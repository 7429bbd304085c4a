import AtollModel
import Testing

@Suite struct NaturalOrderTests {
    @Test(arguments: [
        ("host-2", "host-10"), ("a", "b"), ("slice", "slice-1"), ("r07-n9", "r07-n10"), ("r2-n10", "r10-n2"),
        ("h01", "h1"), ("", "a"), ("9", "10"), ("00000000000000000000000001", "9999999999999999999999999"),
    ])
    func `names are ordered as people order them`(first: String, second: String) {
        #expect(NaturalOrder.precedes(first, second))
        #expect(!NaturalOrder.precedes(second, first))
    }

    @Test func `the order is total over names with digits and zeros`() {
        let names = ["a", "a0", "a00", "a1", "a01", "a10", "a2", "b", "1", "01", "10", ""]
        for first in names {
            #expect(!NaturalOrder.precedes(first, first))
            for second in names where first != second {
                #expect(
                    NaturalOrder.precedes(first, second) != NaturalOrder.precedes(second, first),
                    "\(first) \(second)"
                )
            }
        }
    }
}
