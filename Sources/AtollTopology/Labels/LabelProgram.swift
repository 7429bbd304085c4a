import AtollModel

/// A rule made ready to run: its pattern, its paths, its guard and its templates checked and compiled.
///
/// `Regex` is not `Sendable`, so a program lives within one evaluation and rules travel as text. Making one is also the
/// check that a configuration file goes through.
struct LabelProgram {
    struct Flaw: Error, Equatable {
        var message: String

        init(_ message: String) { self.message = message }
    }

    let rule: LabelRule
    let guards: LabelGuardProgram
    private let pattern: Regex<AnyRegexOutput>?
    private let format: LabelTemplate
    private let pointer: LabelTemplate?

    init(_ rule: LabelRule) throws(Flaw) {
        self.rule = rule
        guards = try LabelGuardProgram(rule.when, scope: rule.scope)
        pattern = try rule.match.map { text throws(Flaw) in try Self.regex(text) }
        format = try LabelTemplate(rule.format ?? "{value}", groups: rule.match ?? "", scope: rule.scope)
        pointer = try Self.pointer(of: rule)
        if let path = rule.source.pathPattern { _ = try Self.glob(path, of: rule.scope, nil) }
        if rule.maxAge != nil && !rule.source.hasAge {
            throw Flaw("`maxAge` needs a source that is a file: file, envFile or jsonFile")
        }
    }

    /// The paths to read for a device, or for the host.
    func glob(_ device: Accelerator?) throws(Flaw) -> Glob? {
        guard let path = rule.source.pathPattern else { return nil }
        return try Self.glob(path, of: rule.scope, device)
    }

    /// The pointer into a JSON file with its variables put in.
    func pointer(_ scene: LabelScene) throws(RuleEnd) -> JSONPointer? {
        guard let pointer else { return nil }
        return JSONPointer(try pointer.text(scene, escape: JSONPointer.escaped))
    }

    /// What an input gives: its match, mapped and formatted; nil when the pattern does not match, or to nothing.
    func value(of input: String, _ scene: LabelScene) throws(RuleEnd) -> String? {
        guard var capture = capture(input) else { return nil }
        capture.value = rule.map[capture.value] ?? capture.value
        let text = try format.text(scene, capture)
        return text.isEmpty ? nil : text
    }

    private func capture(_ input: String) -> LabelCapture? {
        guard let pattern else { return LabelCapture(value: input) }
        guard let match = input.firstMatch(of: pattern) else { return nil }
        var groups = Labels()
        for group in match.output {
            if let name = group.name, let text = group.substring { groups[name] = String(text) }
        }
        let first = match.output.count > 1 ? match.output[1].substring : input[match.range]
        guard let value = groups["value"] ?? first.map(String.init), !value.isEmpty else { return nil }
        return LabelCapture(value: value, groups: groups)
    }
}

/// What a regular expression took out of an input.
struct LabelCapture: Equatable {
    var value: String
    var groups = Labels()
}

extension LabelProgram {
    static func regex(_ text: String) throws(Flaw) -> Regex<AnyRegexOutput> {
        do {
            // By scalars: a line of sysfs is bytes, and `.` must not take a letter and its accent for one.
            return try Regex(text).matchingSemantics(.unicodeScalar)
        } catch {
            throw Flaw("bad regular expression `\(text)`: \(error)")
        }
    }

    /// Compiles a path; in rules for devices `{pci}` is the device's address, or any when there is none yet.
    static func glob(_ path: String, of scope: LabelScope, _ device: Accelerator?) throws(Flaw) -> Glob {
        var path = path
        if path.contains("{pci}") {
            guard scope == .device else { throw Flaw("{pci} in a path needs `scope: device`") }
            let address = device?.device.pciAddress ?? "*"
            path = path.split(separator: "{pci}", omittingEmptySubsequences: false).joined(separator: address)
        }
        return try compiled("path") { () throws(Glob.Flaw) in try Glob(path) }
    }

    static func compiled<Pattern>(_ what: String, _ compile: () throws(Glob.Flaw) -> Pattern) throws(Flaw) -> Pattern {
        do throws(Glob.Flaw) {
            return try compile()
        } catch {
            throw Flaw("bad \(what): \(error.message)")
        }
    }

    private static func pointer(of rule: LabelRule) throws(Flaw) -> LabelTemplate? {
        guard case .jsonFile(_, let text) = rule.source else { return nil }
        guard JSONPointer(text) != nil else {
            throw Flaw("`\(text)` is no JSON pointer: write /KEY/KEY, with `~0` for `~` and `~1` for `/` in a key")
        }
        return try LabelTemplate(text, groups: nil, scope: rule.scope)
    }
}
