/// A regular expression as instructions whose ways can all be followed at once (Ken Thompson's construction).
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        case take(ScalarSet)
        case require(PatternAssertion)
        /// Goes on at both.
        case split(Int, Int)
        case match
    }

    static let instructionsMax = 5000

    private(set) var instructions: [Instruction] = []
    private var nodeCount = 0

    init(_ node: PatternNode) throws(MessagePattern.SyntaxError) {
        try append(node)
        try append(.match)
    }

    private static let tooLarge = MessagePattern.SyntaxError(
        description: "the regular expression is too large; make it shorter, or its repetitions smaller"
    )

    private mutating func append(_ instruction: Instruction) throws(MessagePattern.SyntaxError) {
        guard instructions.count < Self.instructionsMax else { throw Self.tooLarge }
        instructions.append(instruction)
    }

    private mutating func append(_ node: PatternNode) throws(MessagePattern.SyntaxError) {
        // Repetitions of nothing cost time too: `((){1000}){1000}`.
        nodeCount += 1
        guard nodeCount <= Self.instructionsMax * 4 else { throw Self.tooLarge }
        switch node {
        case .set(let set): try append(.take(set))
        case .assertion(let assertion): try append(.require(assertion))
        case .sequence(let nodes):
            for node in nodes { try append(node) }
        case .alternation(let branches): try append(branches: branches[...])
        case .repetition(let node, let min, let max):
            for _ in 0..<min { try append(node) }
            if let max {
                try append(optional: node, count: max - min)
            } else {
                try append(loop: node)
            }
        }
    }

    private mutating func append(branches: ArraySlice<PatternNode>) throws(MessagePattern.SyntaxError) {
        var ends: [Int] = []
        for (index, branch) in branches.enumerated() {
            let isLast = index == branches.count - 1
            let split = instructions.count
            if !isLast { try append(.split(0, 0)) }
            try append(branch)
            if isLast { continue }
            ends.append(instructions.count)
            try append(.split(0, 0))
            instructions[split] = .split(split + 1, instructions.count)
        }
        for end in ends { instructions[end] = .split(instructions.count, instructions.count) }
    }

    private mutating func append(optional node: PatternNode, count: Int) throws(MessagePattern.SyntaxError) {
        var splits: [Int] = []
        for _ in 0..<count {
            splits.append(instructions.count)
            try append(.split(0, 0))
            try append(node)
        }
        for split in splits { instructions[split] = .split(split + 1, instructions.count) }
    }

    private mutating func append(loop node: PatternNode) throws(MessagePattern.SyntaxError) {
        let start = instructions.count
        try append(.split(0, 0))
        try append(node)
        try append(.split(start, start))
        instructions[start] = .split(start + 1, instructions.count)
    }
}
