public import AtollModel

/// The hosts that a rule is meant for (`when`). All that is given must hold; a rule that does not apply yields nothing
/// and requires nothing.
public struct LabelGuard: Equatable, Sendable {
    /// A glob over the kinds and the vendors of the accelerators (`nvidia-h100*`, `amd`), one of which must match. In a
    /// rule for devices the device itself must.
    public var accelerator: String?
    /// Regular expressions by fields of `/sys/class/dmi/id`; each must match somewhere in its field.
    public var dmi: Labels
    /// A path, which may hold globs, relative to the root; something must be there.
    public var file: String?

    public init(accelerator: String? = nil, dmi: Labels = [:], file: String? = nil) {
        self.accelerator = accelerator
        self.dmi = dmi
        self.file = file
    }
}

/// A guard made ready to run.
struct LabelGuardProgram {
    private let when: LabelGuard
    private let scope: LabelScope
    private let accelerators: [GlobComponent]
    private let dmi: [(path: String, pattern: Regex<AnyRegexOutput>)]

    init(_ when: LabelGuard, scope: LabelScope) throws(LabelProgram.Flaw) {
        self.when = when
        self.scope = scope
        accelerators = try LabelProgram.compiled("glob") { () throws(Glob.Flaw) in
            try when.accelerator.map { text throws(Glob.Flaw) in try GlobComponent.alternatives(text) } ?? []
        }
        dmi = try when.dmi.map { field, pattern throws(LabelProgram.Flaw) in
            if field.contains("/") { throw LabelProgram.Flaw("`\(field)` is no field of DMI") }
            return ("sys/class/dmi/id/\(field)", try LabelProgram.regex(pattern))
        }
        _ = try glob(nil)
    }

    /// Why the rule does not apply, as the end of a sentence; nil when it does.
    ///
    /// - Throws: when what the guard asks for cannot be read: that is not the same as its absence.
    func objection(_ host: LabelHost, _ device: Accelerator?) throws(RuleEnd) -> String? {
        if let wanted = when.accelerator {
            let candidates = device.map { [$0] } ?? host.topology.accelerators
            if !candidates.contains(where: isWanted) { return "no accelerator is \(wanted)" }
        }
        for (path, pattern) in dmi {
            let text = try host.text(path) ?? ""
            if LabelValue.isPlaceholder(text) || text.firstMatch(of: pattern) == nil {
                return "/\(path) does not match"
            }
        }
        guard let wanted = when.file else { return nil }
        return try isThere(host, device) ? nil : "there is no /\(wanted)"
    }

    private func isWanted(_ accelerator: Accelerator) -> Bool {
        let names = [accelerator.kind, accelerator.device.vendor.rawValue]
        return accelerators.contains { pattern in names.contains(where: pattern.matches) }
    }

    private func isThere(_ host: LabelHost, _ device: Accelerator?) throws(RuleEnd) -> Bool {
        let glob = try RuleEnd.ifFlawed { () throws(LabelProgram.Flaw) in try self.glob(device) }
        return try host.paths(of: glob, named: when.file ?? "").contains(where: host.tree.exists)
    }

    private func glob(_ device: Accelerator?) throws(LabelProgram.Flaw) -> Glob? {
        try when.file.map { path throws(LabelProgram.Flaw) in try LabelProgram.glob(path, of: scope, device) }
    }
}
