/// Where a rule's inputs come from. Paths may hold the globs `*`, `?`, `[..]` and `{a,b}`, in rules for devices also
/// `{pci}`, and never `..`.
public enum LabelSource: Equatable, Sendable {
    /// Attributes below `/sys`: `class/dmi/id/chassis_asset_tag`.
    case sysfs(String)
    /// Files below `/proc`, at most 64 KiB each.
    case proc(String)
    /// Properties below `/proc/device-tree`: `model`, `serial-number`. Each string of a list (`compatible`) is an input.
    case deviceTree(String)
    /// Whole files by absolute path, at most 64 KiB each.
    case file(String)
    /// The value of one key in files of `KEY=VALUE` or `KEY: 'value'` lines.
    case envFile(path: String, key: String)
    /// The value that an RFC 6901 pointer finds in JSON or YAML files; the pointer may hold variables.
    case jsonFile(path: String, pointer: String)
    /// The kernel's host name.
    case hostname
    /// `/etc/machine-id`.
    case machineID
    /// The same text on every host that has the rule.
    case const(String)
    /// A field of `/sys/class/dmi/id`, by its file name.
    case dmi(String)
    /// What the agent worked out itself.
    case computed(ComputedFact)
    /// A label that an earlier rule gave, before it was sanitised; in a rule for devices one of the device, else one of
    /// the host.
    case label(String)
    /// A field of the accelerators: of the one device in a rule for devices, else one input for each.
    case device(DeviceField)
}

extension LabelSource {
    /// The pattern of the files to read, relative to the root; nil for sources that read none.
    var pathPattern: String? {
        switch self {
        case .sysfs(let path): "sys/" + path
        case .proc(let path): "proc/" + path
        case .deviceTree(let path): "proc/device-tree/" + path
        case .file(let path), .envFile(let path, _), .jsonFile(let path, _): path
        case .dmi(let field): "sys/class/dmi/id/" + field
        case .hostname, .machineID, .const, .computed, .label, .device: nil
        }
    }

    /// Whether its files have an age that means something. Those of `/sys` and `/proc` are made when they are looked at.
    var hasAge: Bool {
        switch self {
        case .file, .envFile, .jsonFile: true
        case .sysfs, .proc, .deviceTree, .hostname, .machineID, .const, .dmi, .computed, .label, .device: false
        }
    }

    var bytesMax: Int {
        switch self {
        case .proc, .file, .envFile, .jsonFile: HostTree.fileBytesMax
        case .sysfs, .deviceTree, .dmi, .hostname, .machineID, .const, .computed, .label, .device:
            HostTree.attributeBytesMax
        }
    }

    /// Text that an operator wrote into the rule is never taken for a placeholder.
    var isConstant: Bool { if case .const = self { true } else { false } }
}
