import AtollYAML

extension LabelSource {
    private static let keys = [
        "sysfs", "proc", "devicetree", "file", "envFile", "jsonFile", "hostname", "machineID", "const", "dmi",
        "computed", "label", "device",
    ]

    /// Reads `from`.
    ///
    /// - Parameter what: the rule that it is in.
    init(_ node: YAMLNode, of what: String, file: String) throws(TopologyError) {
        let from = try StrictMapping(node, of: "`from` of \(what)", keys: Self.keys, file: file)
        guard let source = from.onlyKey else {
            throw from.error("`from` takes exactly one source: \(Self.keys.joined(separator: ", "))")
        }
        switch source {
        case "sysfs": self = .sysfs(try from.path(source, below: "sys"))
        case "proc": self = .proc(try from.path(source, below: "proc"))
        case "devicetree": self = .deviceTree(try from.path(source, below: "proc/device-tree"))
        case "file": self = .file(try from.absolutePath(source))
        case "envFile": self = try .envFile(from)
        case "jsonFile": self = try .jsonFile(from)
        case "hostname": self = try from.confirmed(source, .hostname)
        case "machineID": self = try from.confirmed(source, .machineID)
        case "const": self = .const(try from.requiredText(source))
        case "dmi": self = .dmi(try from.requiredText(source))
        case "computed": self = .computed(try from.requiredChoice(source, "computed"))
        case "device": self = .device(try from.requiredChoice(source, "a field of a device"))
        default: self = .label(try from.requiredText("label"))
        }
    }

    private static func envFile(_ from: StrictMapping) throws(TopologyError) -> LabelSource {
        let file = try StrictMapping(from.required("envFile"), of: "`envFile`", keys: ["path", "key"], file: from.file)
        return .envFile(path: try file.absolutePath("path"), key: try file.requiredText("key"))
    }

    private static func jsonFile(_ from: StrictMapping) throws(TopologyError) -> LabelSource {
        let keys = ["path", "pointer"]
        let file = try StrictMapping(from.required("jsonFile"), of: "`jsonFile`", keys: keys, file: from.file)
        return .jsonFile(path: try file.absolutePath("path"), pointer: try file.requiredText("pointer"))
    }
}

extension StrictMapping {
    /// A path below a folder, which may be written with it or without.
    fileprivate func path(_ key: String, below folder: String) throws(TopologyError) -> String {
        let path = try requiredText(key)
        let relative = path.hasPrefix("/") ? path.dropFirst() : path[...]
        return String(relative.hasPrefix(folder + "/") ? relative.dropFirst(folder.utf8.count + 1) : relative)
    }

    /// A source that takes nothing but `true`.
    fileprivate func confirmed(_ key: String, _ source: LabelSource) throws(TopologyError) -> LabelSource {
        guard try bool(key) == true else { throw error("write `\(key): true`", key: key) }
        return source
    }

    fileprivate func requiredChoice<Choice>(_ key: String, _ what: String) throws(TopologyError) -> Choice
    where Choice: RawRepresentable<String> & CaseIterable {
        guard let choice: Choice = try choice(key, what) else { throw error("`\(key)` needs a name", key: key) }
        return choice
    }
}
