import AtollModel

/// The natural order of names that are known by numbers from 0: who comes first is then a comparison of ranks.
struct NameOrder: Equatable, Sendable {
    /// The place of each number in the order.
    private(set) var ranks: [Int] = []
    /// Whose place each rank is.
    private(set) var numbers: [Int] = []

    /// How many names it has taken in.
    var count: Int { ranks.count }

    /// Takes in further names, up to a number. Others move up in rank, and stay in the same order among each other.
    mutating func grow(to count: Int, name: (Int) -> String) {
        let added = (ranks.count..<count).sorted { NaturalOrder.precedes(name($0), name($1)) }
        var merged: [Int] = []
        merged.reserveCapacity(count)
        var rest = numbers[...]
        for number in added {
            let place = rest.partitioned { NaturalOrder.precedes(name($0), name(number)) }
            merged += rest[..<place]
            merged.append(number)
            rest = rest[place...]
        }
        numbers = merged + rest
        ranks = Array(repeating: 0, count: count)
        for (rank, number) in numbers.enumerated() { ranks[number] = rank }
    }
}

extension RandomAccessCollection {
    /// The place behind those that come first, where all that do are in front: by bisection.
    func partitioned(_ comesFirst: (Element) -> Bool) -> Index {
        var (low, length) = (startIndex, count)
        while length > 0 {
            let half = length / 2
            let middle = index(low, offsetBy: half)
            if comesFirst(self[middle]) {
                low = index(after: middle)
                length -= half + 1
            } else {
                length = half
            }
        }
        return low
    }
}
