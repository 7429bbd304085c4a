/// A path pattern relative to the root of a `HostTree`: `*`, `?` and `[..]` match within one component, `{a,b}` stands
/// for alternatives in the order written. There is no `**`, and `..` is refused.
struct Glob: Equatable {
    static let alternativesMax = 64
    /// Paths of one expansion; a pattern that names more fails rather than answering from a part of them.
    static let pathsMax = 4096

    struct Flaw: Error, Equatable {
        var message: String

        init(_ message: String) { self.message = message }
    }

    private var alternatives: [[GlobComponent]]

    init(_ pattern: String) throws(Flaw) {
        var alternatives: [[GlobComponent]] = []
        for path in try Self.withoutBraces(pattern) {
            let names = path.split(separator: "/").map(String.init)
            if names.isEmpty { throw Flaw("the path is empty") }
            if names.contains("..") { throw Flaw("`..` is not allowed in a path") }
            if names.contains(where: { $0.contains("**") }) {
                throw Flaw("`**` is not supported: use one `*` per folder")
            }
            var components: [GlobComponent] = []
            for name in names { components.append(try GlobComponent(name)) }
            alternatives.append(components)
        }
        self.alternatives = alternatives
    }

    /// The paths that the pattern names, in order. A path without wildcards is given whether or not it exists.
    func paths(in tree: HostTree) -> Reading<[String]> {
        var all: [String] = []
        var seen: Set<String> = []
        for components in alternatives {
            var paths = [""]
            for component in components {
                switch Self.extend(paths, by: component, in: tree) {
                case .value(let longer): paths = longer
                case .absent: paths = []
                case .failed(let code): return .failed(code)
                }
            }
            all += paths.filter { seen.insert($0).inserted }
            if all.count > Self.pathsMax { return .failed(SystemCalls.tooMany) }
        }
        return .value(all)
    }

    private static func extend(_ paths: [String], by component: GlobComponent, in tree: HostTree) -> Reading<[String]> {
        var longer: [String] = []
        for path in paths {
            let prefix = path.isEmpty ? "" : path + "/"
            if let name = component.literal {
                longer.append(prefix + name)
                continue
            }
            switch tree.names(in: path) {
            case .value(let names): longer += names.filter(component.matches).map { prefix + $0 }
            case .absent: continue
            case .failed(let code): return .failed(code)
            }
            if longer.count > pathsMax { return .failed(SystemCalls.tooMany) }
        }
        return .value(longer)
    }

    /// Every combination of the alternatives, leftmost slowest. Alternatives do not nest.
    fileprivate static func withoutBraces(_ pattern: String) throws(Flaw) -> [String] {
        guard let open = pattern.firstIndex(of: "{") else {
            if pattern.contains("}") { throw Flaw("`}` without `{`") }
            return [pattern]
        }
        guard let close = pattern[open...].firstIndex(of: "}") else { throw Flaw("`{` without `}`") }
        let inner = pattern[pattern.index(after: open)..<close]
        let choices = inner.split(separator: ",", omittingEmptySubsequences: false)
        if choices.count < 2 || inner.contains("{") { throw Flaw("`{\(inner)}` is not a list of alternatives") }
        let rests = try withoutBraces(String(pattern[pattern.index(after: close)...]))
        if choices.count * rests.count > alternativesMax { throw Flaw("more than \(alternativesMax) alternatives") }
        return choices.flatMap { choice in rests.map { pattern[..<open] + choice + $0 } }
    }
}

/// One component of a pattern, compared byte by byte.
struct GlobComponent: Equatable {
    private enum Token: Equatable {
        case byte(UInt8)
        case any
        case star
        case set([ClosedRange<UInt8>], isNegated: Bool)
    }

    private var tokens: [Token] = []

    init(_ text: String) throws(Glob.Flaw) {
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "*"): tokens.append(.star)
            case UInt8(ascii: "?"): tokens.append(.any)
            case UInt8(ascii: "["): tokens.append(try Self.set(&rest))
            default: tokens.append(.byte(byte))
            }
        }
    }

    /// The patterns that `{a,b}` in a pattern stands for.
    static func alternatives(_ text: String) throws(Glob.Flaw) -> [GlobComponent] {
        try Glob.withoutBraces(text).map { alternative throws(Glob.Flaw) in try GlobComponent(alternative) }
    }

    /// The only name that matches; nil when the component has wildcards.
    var literal: String? {
        var bytes: [UInt8] = []
        for token in tokens {
            guard case .byte(let byte) = token else { return nil }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Linear in the name for each star: on a mismatch only the last star takes one more byte. A leading dot is matched
    /// by a literal dot alone, as in shells.
    func matches(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        if bytes.first == UInt8(ascii: "."), tokens.first != .byte(UInt8(ascii: ".")) { return false }
        var token = 0
        var position = 0
        var lastStar: (token: Int, position: Int)?
        while position < bytes.count {
            if token < tokens.count, tokens[token] == .star {
                lastStar = (token, position)
                token += 1
            } else if token < tokens.count, Self.accepts(tokens[token], bytes[position]) {
                token += 1
                position += 1
            } else if let star = lastStar {
                lastStar = (star.token, star.position + 1)
                token = star.token + 1
                position = star.position + 1
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy { $0 == .star }
    }

    private static func accepts(_ token: Token, _ byte: UInt8) -> Bool {
        switch token {
        case .byte(let wanted): byte == wanted
        case .any: true
        case .star: false
        case .set(let ranges, let isNegated): ranges.contains { $0.contains(byte) } != isNegated
        }
    }

    /// What follows a `[`, up to and with the `]`, which is a member if it comes first.
    private static func set(_ rest: inout ArraySlice<UInt8>) throws(Glob.Flaw) -> Token {
        let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
        if isNegated { rest.removeFirst() }
        var ranges: [ClosedRange<UInt8>] = []
        while let low = rest.popFirst() {
            if low == UInt8(ascii: "]"), !ranges.isEmpty { return .set(ranges, isNegated: isNegated) }
            var high = low
            if rest.first == UInt8(ascii: "-"), let end = rest.dropFirst().first, end != UInt8(ascii: "]") {
                high = end
                rest.removeFirst(2)
            }
            if low > high { throw Glob.Flaw("a range in `[..]` runs backwards") }
            ranges.append(low...high)
        }
        throw Glob.Flaw("`[` without `]`")
    }
}
