import AtollModel

/// The islands of a level that could be taken whole, found without a look at those that are in use.
///
/// A picture of the level at one time, which follows what happens on its hosts, and is made anew when hosts come to an
/// island or leave one.
struct FreeIslands: Equatable, Sendable {
    /// The level's islands in natural order; their numbers are positions here.
    let values: [String]
    /// The hosts of each, in the order of their names.
    let slots: [[Int]]
    /// Numbers of those that have no host in use.
    private(set) var numbers: RankSet
    /// The island of each host; nil for one that is in none.
    private var numberOfSlot: [Int?]
    /// Hosts of each island that are in use.
    private var usedCounts: [Int]

    init(of level: IslandLevel, rooms: [HostRoom], order: NameOrder) {
        values = level.values
        slots = level.values.map { level[$0].sorted { order.ranks[$0] < order.ranks[$1] } }
        numbers = RankSet(below: slots.count)
        numberOfSlot = Array(repeating: nil, count: rooms.count)
        usedCounts = slots.map { $0.count { !rooms[$0].isUntouched } }
        for (number, hosts) in slots.enumerated() {
            for slot in hosts { numberOfSlot[slot] = number }
            if usedCounts[number] == 0 { numbers.insert(number) }
        }
    }

    /// A host has come into use, or is untouched again.
    mutating func hostChanged(_ slot: Int, isUntouched: Bool) {
        // One that has come since is in no island here.
        guard slot < numberOfSlot.count, let number = numberOfSlot[slot] else { return }
        usedCounts[number] += isUntouched ? -1 : 1
        precondition((0...slots[number].count).contains(usedCounts[number]), "\(values[number]): \(usedCounts[number])")
        if usedCounts[number] == 0 { numbers.insert(number) } else { numbers.remove(number) }
    }
}
