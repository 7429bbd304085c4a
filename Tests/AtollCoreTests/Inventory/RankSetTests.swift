import AtollModel
import Testing

@testable import AtollCore

@Suite struct RankSetTests {
    @Test(arguments: [1, 63, 64, 65, 4_096, 4_097, 20_000])
    func `members are those that were put in and not taken out`(bound: Int) {
        var random = SplitMix64(seed: UInt64(bound))
        var set = RankSet(below: bound)
        var members: Set<Int> = []
        for _ in 0..<500 {
            let number = Int.random(in: 0..<bound, using: &random)
            if Bool.random(using: &random) {
                set.insert(number)
                members.insert(number)
            } else {
                set.remove(number)
                members.remove(number)
            }
            #expect(set.contains(number) == members.contains(number))
            let start = Int.random(in: 0...bound, using: &random)
            #expect(set.next(from: start) == members.filter { $0 >= start }.min(), "bound \(bound), from \(start)")
        }
        #expect(Array(set) == members.sorted() && set.count == members.count)
    }
}
