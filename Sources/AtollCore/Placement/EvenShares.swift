/// Divides pods among hosts so that the fullest host gets as few as possible.
struct EvenShares {
    let counts: [Int]

    init(of total: Int, room: [Int]) {
        var counts = Array(repeating: 0, count: room.count)
        var left = total
        var level = 1
        while left > 0 {
            var gave = false
            for index in room.indices where left > 0 && counts[index] < min(level, room[index]) {
                counts[index] += 1
                left -= 1
                gave = true
            }
            guard gave || room.contains(where: { $0 > level }) else { break }
            level += 1
        }
        self.counts = counts
    }
}
