import AtollModel
import AtollYAML

extension LabelRule {
    private static let keys = [
        "key", "from", "match", "map", "format", "reduce", "reject", "optional", "scope", "when", "maxAge",
    ]

    /// Reads one rule of the `labels` list.
    ///
    /// - Parameter number: position in the list from 1, for messages.
    init(_ node: YAMLNode, number: Int, file: String) throws(TopologyError) {
        let what = "label rule \(number)"
        let rule = try StrictMapping(node, of: what, keys: Self.keys, file: file)
        self.init(
            key: try rule.labelKey(),
            source: try LabelSource(rule.required("from"), of: what, file: file),
            match: try rule.text("match"),
            map: try rule.texts("map"),
            format: try rule.text("format"),
            reduce: try rule.choice("reduce", "a way to reduce") ?? .allEqual,
            reject: try rule.list("reject").map { $0.scalarText ?? "" },
            isOptional: try rule.bool("optional") ?? true,
            scope: try rule.choice("scope", "a scope") ?? .host,
            when: try rule["when"].map { node throws(TopologyError) in try LabelGuard(node, of: what, file: file) }
                ?? LabelGuard(),
            maxAge: try rule.age("maxAge"),
            line: node.mark.line
        )
    }

    /// Compiles what the rule names, so that one that was checked runs.
    func check(number: Int, file: String) throws(TopologyError) {
        do throws(LabelProgram.Flaw) {
            _ = try LabelProgram(self)
        } catch {
            let message = "label rule \(number) (\(key)): \(error.message)"
            throw TopologyError(.configuration, message, file: file, line: line)
        }
    }
}

extension LabelGuard {
    /// - Parameter what: the rule that it is in.
    fileprivate init(_ node: YAMLNode, of what: String, file: String) throws(TopologyError) {
        let keys = ["accelerator", "dmi", "file"]
        let when = try StrictMapping(node, of: "`when` of \(what)", keys: keys, file: file)
        self.init(
            accelerator: try when.text("accelerator"),
            dmi: try when.texts("dmi"),
            file: try when["file"].map { _ throws(TopologyError) in try when.absolutePath("file") }
        )
    }
}

extension StrictMapping {
    /// The `key` of a rule: an optional DNS prefix and a name, in the characters Kubernetes allows.
    fileprivate func labelKey() throws(TopologyError) -> String {
        let key = try requiredText("key")
        if key == LabelReport.hostnameKey {
            throw error("label \(key) is always the host's name: set `host` instead", key: "key")
        }
        guard key.utf8.count <= 253 + 1 + 63, LabelValue.isClean(key),
            key.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({ !$0.isEmpty })
        else { throw error("`\(key)` is not a label key: use letters, digits, `-`, `_`, `.` and one `/`", key: "key") }
        return key
    }

    /// One word of several.
    ///
    /// - Parameter what: what such a word is, as messages put it.
    func choice<Choice>(_ key: String, _ what: String) throws(TopologyError) -> Choice?
    where Choice: RawRepresentable<String> & CaseIterable {
        guard let text = try text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("`\(text)` is not \(what): use one of \(names)", key: key)
        }
        return choice
    }

    /// `90s`, `3m`, `1h` or `2d`.
    fileprivate func age(_ key: String) throws(TopologyError) -> Duration? {
        guard let text = try text(key) else { return nil }
        let scales: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let scale = text.last.flatMap({ scales[$0] }), let number = UInt32(text.dropLast()), number > 0 else {
            throw error("`\(key)` must be a time such as 90s, 3m, 1h or 2d, not `\(text)`", key: key)
        }
        return .seconds(Int64(number) * scale)
    }

    /// A path from the root of the host, without its leading slash.
    func absolutePath(_ key: String) throws(TopologyError) -> String {
        let path = try requiredText(key)
        guard path.hasPrefix("/") else { throw error("`\(path)` must be an absolute path", key: key) }
        return String(path.dropFirst())
    }
}
