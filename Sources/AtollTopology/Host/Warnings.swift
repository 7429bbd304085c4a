/// Sentences about what could not be read, bounded in number and length whatever the tree holds.
struct Warnings {
    static let countMax = 32
    static let lengthMax = 240

    private var sentences: [String] = []
    private var dropped = 0

    mutating func add(_ sentence: String) {
        let sentence = sentence.printable(max: Self.lengthMax)
        if sentences.contains(sentence) { return }
        if sentences.count < Self.countMax - 1 { sentences.append(sentence) } else { dropped += 1 }
    }

    /// Notes a failed reading of `path`; absent is no failure.
    mutating func add<Value>(_ reading: Reading<Value>, of path: String) {
        guard case .failed(let code) = reading else { return }
        add("/\(path) cannot be read: \(SystemCalls.text(of: code))")
    }

    var all: [String] { dropped == 0 ? sentences : sentences + ["\(dropped) more warnings are not shown"] }
}
