import AtollModel

/// A text with variables in braces: a rule's `format`, or the pointer into a JSON file.
struct LabelTemplate: Equatable {
    enum Part: Equatable {
        case text(String)
        case variable(Variable)
    }

    enum Variable: Equatable {
        /// The input after `match` and `map`.
        case value
        /// A named group of `match`.
        case group(String)
        case hostname
        case machineID
        /// The address of the device, in rules for devices.
        case pci
        case label(String)
    }

    let parts: [Part]

    /// - Parameter groups: a regular expression whose named groups may be used, with `{value}`; nil where there is no
    ///   input yet.
    init(_ text: String, groups pattern: String?, scope: LabelScope) throws(LabelProgram.Flaw) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw LabelProgram.Flaw("`{` without `}` in `\(text)`")
            }
            parts.append(.text(String(rest[..<open])))
            let name = String(rest[rest.index(after: open)..<close])
            parts.append(.variable(try Self.variable(name, pattern, scope)))
            rest = rest[rest.index(after: close)...]
        }
        self.parts = parts + [.text(String(rest))]
    }

    private static func variable(_ name: String, _ pattern: String?, _ scope: LabelScope) throws(LabelProgram.Flaw)
        -> Variable
    {
        switch name {
        case "hostname": return .hostname
        case "machine-id": return .machineID
        case "pci" where scope == .device: return .pci
        case "pci": throw LabelProgram.Flaw("{pci} needs `scope: device`")
        case _ where name.hasPrefix("label:"): return .label(String(name.dropFirst(6)))
        case "value" where pattern != nil: return .value
        case _ where pattern?.contains("(?<\(name)>") == true: return .group(name)
        default:
            let more = pattern == nil ? "" : ", {value} or a named group of match"
            throw LabelProgram.Flaw("unknown variable {\(name)}: use {hostname}, {machine-id}, {label:KEY}\(more)")
        }
    }

    /// The text with the variables put in.
    ///
    /// - Parameter escape: applied to what a variable stands for.
    /// - Throws: when a variable stands for nothing, since what is left would be the same text on many hosts.
    func text(
        _ scene: LabelScene,
        _ capture: LabelCapture = LabelCapture(value: ""),
        escape: (String) -> String = { $0 }
    ) throws(RuleEnd) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let fixed): text += fixed
            case .variable(let variable): text += escape(try Self.text(of: variable, scene, capture))
            }
        }
        return text
    }

    private static func text(of variable: Variable, _ scene: LabelScene, _ capture: LabelCapture) throws(RuleEnd)
        -> String
    {
        let topology = scene.host.topology
        switch variable {
        case .value: return capture.value
        // A group that took no part in the match.
        case .group(let name): return capture.groups[name] ?? ""
        case .hostname: return try present(topology.hostname, "hostname")
        case .machineID: return try present(topology.machineID, "machine-id")
        case .pci: return try present(scene.device?.device.pciAddress ?? "", "pci")
        case .label(let key):
            guard let value = scene.labels.value(of: key, on: scene.device) else {
                throw RuleEnd(.missingLabel(key))
            }
            return value
        }
    }

    private static func present(_ text: String, _ name: String) throws(RuleEnd) -> String {
        if text.isEmpty { throw RuleEnd(.missingVariable(name)) }
        return text
    }
}
