/// Gives each class of jobs as many islands of its own as it needs, if any choice does.
///
/// Greedy first: the class with the fewest candidates chooses first, each class in its own order of preference. When
/// a class comes up short, an augmenting path lets another class move to an island that only it can use (Berge's
/// theorem), so that a gang never waits although an assignment exists. The work is in classes and islands, not pods.
struct IslandMatching {
    /// Islands that each class can use, best first; islands are numbered alike for all classes.
    let candidates: [[Int]]
    let needed: [Int]
    /// Which class holds an island now.
    private var holder: [Int: Int] = [:]
    private(set) var chosen: [[Int]]

    init(candidates: [[Int]], needed: [Int]) {
        self.candidates = candidates
        self.needed = needed
        chosen = Array(repeating: [], count: needed.count)
    }

    /// Fills every class as far as possible; true when all have what they need.
    mutating func solve() -> Bool {
        let order = needed.indices.sorted { (candidates[$0].count, $0) < (candidates[$1].count, $1) }
        for job in order {
            for island in candidates[job] where chosen[job].count < needed[job] && holder[island] == nil {
                take(island, for: job)
            }
        }
        for job in order {
            while chosen[job].count < needed[job] {
                guard augment(job) else { return false }
            }
        }
        return true
    }

    /// Finds one more island for a class by moving others along; breadth first over classes.
    private mutating func augment(_ start: Int) -> Bool {
        /// For each class reached: the island it would give up, and to which class.
        var cameFrom: [(island: Int, by: Int)?] = Array(repeating: nil, count: needed.count)
        var seen = Set([start])
        var queue = [start]
        var next = 0
        while next < queue.count {
            let job = queue[next]
            next += 1
            for island in candidates[job] {
                guard let other = holder[island] else {
                    move(to: island, endingAt: job, cameFrom)
                    return true
                }
                guard seen.insert(other).inserted else { continue }
                cameFrom[other] = (island, job)
                queue.append(other)
            }
        }
        return false
    }

    /// The last class of the path takes the free island; each one before takes what the next gives up.
    private mutating func move(to free: Int, endingAt last: Int, _ cameFrom: [(island: Int, by: Int)?]) {
        var job = last
        var island = free
        while true {
            take(island, for: job)
            guard let step = cameFrom[job] else { return }
            chosen[job].removeAll { $0 == step.island }
            island = step.island
            job = step.by
        }
    }

    private mutating func take(_ island: Int, for job: Int) {
        holder[island] = job
        chosen[job].append(island)
    }
}
