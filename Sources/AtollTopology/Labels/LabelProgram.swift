import AtollModel

/// A rule made ready to run: its pattern, its paths and its format checked and compiled.
///
/// `Regex` is not `Sendable`, so a program lives within one evaluation and rules travel as text. Making one is also the
/// check that a configuration file goes through.
struct LabelProgram {
    struct Flaw: Error, Equatable {
        var message: String

        init(_ message: String) { self.message = message }
    }

    let rule: LabelRule
    let glob: Glob?
    let pattern: Regex<AnyRegexOutput>?
    let format: [FormatPart]

    init(_ rule: LabelRule) throws(Flaw) {
        self.rule = rule
        do throws(Glob.Flaw) {
            glob = try rule.source.pathPattern.map { path throws(Glob.Flaw) in try Glob(path) }
        } catch {
            throw Flaw("bad path: \(error.message)")
        }
        do {
            // By scalars: a line of sysfs is bytes, and `.` must not take a letter and its accent for one.
            pattern = try rule.match.map { try Regex($0).matchingSemantics(.unicodeScalar) }
        } catch {
            throw Flaw("bad regular expression `\(rule.match ?? "")`: \(error)")
        }
        format = try FormatPart.parse(rule.format ?? "{value}", pattern: rule.match ?? "")
    }

    /// Takes an input apart: the value and the named groups; nil when the pattern does not match or gives nothing.
    func capture(_ input: String) -> (value: String, groups: Labels)? {
        guard let pattern else { return (input, [:]) }
        guard let match = input.firstMatch(of: pattern) else { return nil }
        var groups = Labels()
        for group in match.output {
            if let name = group.name, let text = group.substring { groups[name] = String(text) }
        }
        let first = match.output.count > 1 ? match.output[1].substring : input[match.range]
        guard let value = groups["value"] ?? first.map(String.init), !value.isEmpty else { return nil }
        return (value, groups)
    }
}

/// A piece of a rule's `format`.
enum FormatPart: Equatable {
    case text(String)
    case value
    case hostname
    case machineID
    case label(String)
    case group(String)

    /// - Parameter pattern: the rule's regular expression, whose groups may be named.
    static func parse(_ format: String, pattern: String) throws(LabelProgram.Flaw) -> [FormatPart] {
        var parts: [FormatPart] = []
        var rest = format[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw LabelProgram.Flaw("`{` without `}` in format `\(format)`")
            }
            parts.append(.text(String(rest[..<open])))
            parts.append(try variable(String(rest[rest.index(after: open)..<close]), pattern))
            rest = rest[rest.index(after: close)...]
        }
        parts.append(.text(String(rest)))
        return parts
    }

    private static func variable(_ name: String, _ pattern: String) throws(LabelProgram.Flaw) -> FormatPart {
        switch name {
        case "value": return .value
        case "hostname": return .hostname
        case "machine-id": return .machineID
        case _ where name.hasPrefix("label:"): return .label(String(name.dropFirst(6)))
        case _ where pattern.contains("(?<\(name)>"): return .group(name)
        default:
            throw LabelProgram.Flaw(
                "unknown variable {\(name)} in format: use {value}, {hostname}, {machine-id}, {label:KEY} or a named "
                    + "group of match"
            )
        }
    }
}

extension LabelSource {
    /// The pattern of the files to read, relative to the root; nil for sources that read none.
    var pathPattern: String? {
        switch self {
        case .sysfs(let path): "sys/" + path
        case .file(let path), .envFile(let path, _): path
        case .dmi(let field): "sys/class/dmi/id/" + field
        case .hostname, .const: nil
        }
    }
}
