package import AtollModel
import AtollYAML

extension AgentConfiguration {
    /// Reads the file below a root folder; without a file everything has its default.
    ///
    /// - Throws: when the file cannot be read, is no YAML, or is not as the table on the type says.
    public static func read(root: String = "/") throws(TopologyError) -> AgentConfiguration {
        try read(HostTree(root: root))
    }

    /// Reads the file in a tree, such as that of a `HostRecorder`.
    public static func read(_ tree: HostTree) throws(TopologyError) -> AgentConfiguration {
        let file = "/" + path
        switch tree.bytes(path, bytesMax: HostTree.fileBytesMax) {
        case .absent: return AgentConfiguration()
        case .value(let bytes): return try parse(String(decoding: bytes, as: UTF8.self), file: file)
        case .failed(let code):
            throw TopologyError(.configuration, "cannot be read: \(SystemCalls.text(of: code))", file: file)
        }
    }

    /// Reads the text of a configuration file, strictly.
    ///
    /// - Parameter file: the name that errors give.
    public static func parse(_ text: String, file: String) throws(TopologyError) -> AgentConfiguration {
        let documents: [YAMLNode]
        do throws(YAMLError) {
            documents = try YAMLNode.parse(text)
        } catch {
            throw TopologyError(.configuration, error.message, file: file, line: error.line)
        }
        guard let document = documents.first else { return AgentConfiguration() }
        if documents.count > 1 {
            throw TopologyError(
                .configuration,
                "holds more than one document",
                file: file,
                line: documents[1].mark.line
            )
        }
        let keys = ["coordinator", "host", "address", "stateDirectory", "podLease", "volumeClaims", "labels", "preset"]
        return try AgentConfiguration(StrictMapping(document, of: "the configuration", keys: keys, file: file))
    }

    private init(_ mapping: StrictMapping) throws(TopologyError) {
        for node in try mapping.textOrList("coordinator") {
            guard let text = node.scalarText, let address = CoordinatorAddress(text) else {
                throw mapping.error("coordinator must be HOST:PORT, or [ADDRESS]:PORT for IPv6", at: node.mark)
            }
            coordinators.append(address)
        }
        if let name = try mapping.text("host") {
            guard HostID.isValid(name) else {
                throw mapping.error(
                    "host `\(name)` is not a DNS name: use lower-case letters, digits, `-` and `.`",
                    key: "host"
                )
            }
            host = HostID(name)
        }
        address = try mapping.text("address")
        stateDirectory = try mapping.text("stateDirectory")
        if let folder = stateDirectory, !folder.hasPrefix("/") {
            throw mapping.error("stateDirectory must be an absolute path", key: "stateDirectory")
        }
        if let text = try mapping.text("podLease") {
            guard let lease = HostFacts.podLease(text) else {
                throw mapping.error("podLease `\(text)` is no \(HostFacts.podLeaseForm)", key: "podLease")
            }
            podLease = lease
        }
        volumeClaims = try mapping.text("volumeClaims")
        if let folder = volumeClaims, !folder.hasPrefix("/") {
            throw mapping.error("volumeClaims must be an absolute path", key: "volumeClaims")
        }
        labels = try LabelRules(mapping)
    }
}

extension LabelRules {
    fileprivate init(_ mapping: StrictMapping) throws(TopologyError) {
        var rules: [LabelRule] = []
        for (index, node) in try mapping.list("labels").enumerated() {
            let rule = try LabelRule(node, number: index + 1, file: mapping.file)
            try rule.check(number: index + 1, file: mapping.file)
            rules.append(rule)
        }
        let isConfigured = mapping["labels"] != nil
        self.init(own: rules, presets: try Presets(mapping) ?? (isConfigured ? .named([]) : .found))
    }
}

extension LabelRules.Presets {
    /// Nil where nothing is said.
    fileprivate init?(_ mapping: StrictMapping) throws(TopologyError) {
        guard mapping["preset"] != nil else { return nil }
        var presets: [LabelPreset] = []
        let nodes = try mapping.textOrList("preset")
        if nodes.count == 1, nodes[0].scalarText == "auto" {
            self = .found
            return
        }
        for node in nodes {
            let name = node.scalarText ?? ""
            guard let preset = LabelPreset(rawValue: name), !presets.contains(preset) else {
                let names = LabelPreset.allCases.map(\.rawValue).joined(separator: ", ")
                let flaw = LabelPreset(rawValue: name) == nil ? "is not a preset" : "is there twice"
                throw mapping.error("`\(name)` \(flaw): use auto, or some of \(names)", at: node.mark)
            }
            presets.append(preset)
        }
        self = .named(presets)
    }
}

extension HostID {
    /// DNS-1123 subdomain: labels of 1 to 63 lower-case letters, digits and inner `-`, at most 253 bytes in all.
    package static func isValid(_ name: String) -> Bool {
        let hyphen = UInt8(ascii: "-")
        let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)
        return name.utf8.count <= 253
            && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.utf8.allSatisfy(allowed.contains)
                    && label.utf8.first != hyphen && label.utf8.last != hyphen
            }
    }
}
