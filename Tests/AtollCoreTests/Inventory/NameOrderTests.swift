import AtollModel
import Testing

@testable import AtollCore

@Suite struct NameOrderTests {
    @Test(arguments: 0..<20)
    func `names that come in several goes are in natural order`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let names = (0..<40).map { "h\($0)" }.shuffled(using: &random)
        var order = NameOrder()
        while order.count < names.count {
            let count = Int.random(in: order.count...names.count, using: &random)
            order.grow(to: count) { names[$0] }
            let sorted = names[..<count].sorted(by: NaturalOrder.precedes)
            #expect(order.numbers.map { names[$0] } == sorted, "seed \(seed)")
            #expect(order.ranks.indices.allSatisfy { order.numbers[order.ranks[$0]] == $0 }, "seed \(seed)")
        }
    }
}
