import AtollJobSet
import Testing

struct IndexIntervalsTests {
    @Test(
        arguments: [
            ([], ""), ([0], "0"), ([1, 2], "1,2"), ([1, 2, 3], "1-3"), ([0, 2, 3, 4, 9, 10], "0,2-4,9,10"),
        ] as [([Int], String)]
    )
    func `indexes are written as the Job API writes them`(indexes: [Int], text: String) throws {
        #expect("\(IndexIntervals(indexes))" == text)
        #expect(IndexIntervals(indexes).count == indexes.count)
        if !indexes.isEmpty { #expect(try IndexIntervals(parsing: text, below: 11) == IndexIntervals(indexes)) }
    }
}
