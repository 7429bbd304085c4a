import Testing

@testable import AtollCore

@Suite struct EvenSharesTests {
    @Test(arguments: [
        (total: 0, room: [2, 2], counts: [0, 0]),
        (total: 1, room: [2, 2], counts: [1, 0]),
        (total: 3, room: [2, 2], counts: [2, 1]),
        (total: 4, room: [1, 8, 8], counts: [1, 2, 1]),
        (total: 5, room: [0, 8, 1], counts: [0, 4, 1]),
        (total: 9, room: [2, 2], counts: [2, 2]),
        (total: 3, room: [], counts: []),
    ])
    func `the fullest host gets as few pods as possible`(total: Int, room: [Int], counts: [Int]) {
        #expect(EvenShares(of: total, room: room).counts == counts)
    }
}
