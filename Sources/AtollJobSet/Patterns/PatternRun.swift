/// One search through a message.
struct PatternRun {
    private let program: PatternProgram
    /// Where the ways followed so far go on.
    private var waiting: [Int] = []
    /// Which of them take the next character.
    private var takers: [Int] = []
    private var isListed: [Bool]

    init(_ program: PatternProgram) {
        self.program = program
        isListed = Array(repeating: false, count: program.instructions.count)
    }

    /// Begins a new way here and follows all of them up to the next character; true when one is at its end.
    mutating func starts(between previous: Unicode.Scalar?, and next: Unicode.Scalar?) -> Bool {
        var stack = waiting + [0]
        takers.removeAll(keepingCapacity: true)
        for index in isListed.indices { isListed[index] = false }
        while let index = stack.popLast() {
            if isListed[index] { continue }
            isListed[index] = true
            switch program.instructions[index] {
            case .match: return true
            case .take: takers.append(index)
            case .require(let assertion): if assertion.holds(between: previous, and: next) { stack.append(index + 1) }
            case .split(let first, let second): stack += [first, second]
            }
        }
        return false
    }

    mutating func advance(over scalar: Unicode.Scalar) {
        waiting = takers.filter { index in
            if case .take(let set) = program.instructions[index] { set.contains(scalar) } else { false }
        }
        .map { $0 + 1 }
    }
}
