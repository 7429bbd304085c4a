/// The words of a command line after the command's name, cut into options and the rest.
struct Arguments {
    /// Wrong use: says what is wrong and what to do.
    struct UsageError: Error {
        let message: String
    }

    private var values: [String: [String]] = [:]
    private var flags: Set<String> = []
    private(set) var rest: [String] = []

    /// An option takes a value, as `--name VALUE` or `--name=VALUE`; a flag takes none. `--` ends both.
    ///
    /// - Parameter options: those that the command knows, with their dashes.
    /// - Parameter flags: likewise.
    init(_ words: some Sequence<String>, options: [String], flags: [String] = []) throws(UsageError) {
        var words = Array(words)[...]
        while let word = words.popFirst() {
            guard word.hasPrefix("-"), word.count > 1 else {
                rest.append(word)
                continue
            }
            if word == "--" {
                rest += words
                return
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
            if flags.contains(parts[0]) {
                guard parts.count == 1 else { throw UsageError(message: "option \(parts[0]) takes no value") }
                self.flags.insert(parts[0])
                continue
            }
            guard options.contains(parts[0]) else {
                throw UsageError(message: "unknown option \(parts[0])\(Self.hint(options + flags))")
            }
            guard let value = parts.count > 1 ? parts[1] : words.popFirst(), !value.isEmpty else {
                throw UsageError(message: "option \(parts[0]) needs a value")
            }
            values[parts[0], default: []].append(value)
        }
    }

    func has(_ flag: String) -> Bool { flags.contains(flag) }

    func all(_ option: String) -> [String] { values[option] ?? [] }

    /// The value of an option that may be given once.
    func one(_ option: String) throws(UsageError) -> String? {
        let given = all(option)
        guard given.count < 2 else { throw UsageError(message: "option \(option) is given \(given.count) times") }
        return given.first
    }

    /// A whole number, 0 or more.
    func number(_ option: String) throws(UsageError) -> UInt64? {
        guard let text = try one(option) else { return nil }
        guard let number = UInt64(text) else {
            throw UsageError(message: "option \(option) needs a whole number, not `\(text)`")
        }
        return number
    }

    func expectRest(count: Int, named names: String = "") throws(UsageError) {
        if rest.count < count { throw UsageError(message: "\(names) is missing") }
        if rest.count > count { throw UsageError(message: "unexpected argument `\(rest[count])`") }
    }

    private static func hint(_ options: [String]) -> String {
        options.isEmpty ? "; this command takes none" : "; known here: \(options.joined(separator: ", "))"
    }
}
