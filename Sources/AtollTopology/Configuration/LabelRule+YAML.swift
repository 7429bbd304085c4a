import AtollModel
import AtollYAML

extension LabelRule {
    private static let keys = ["key", "from", "match", "map", "format", "reduce", "reject", "optional"]

    /// Reads and checks one rule of the `labels` list; what it names is compiled once, so a rule that was read runs.
    ///
    /// - Parameter number: position in the list from 1, for messages.
    init(_ node: YAMLNode, number: Int, file: String) throws(TopologyError) {
        let rule = try StrictMapping(node, of: "label rule \(number)", keys: Self.keys, file: file)
        let from = try StrictMapping(
            rule.required("from"),
            of: "`from` of label rule \(number)",
            keys: LabelSource.keys,
            file: file
        )
        self.init(
            key: try rule.labelKey(),
            source: try LabelSource(from),
            match: try rule.text("match"),
            map: try rule.texts("map"),
            format: try rule.text("format"),
            reduce: try rule.reduction(),
            reject: try rule.list("reject").map { $0.scalarText ?? "" },
            isOptional: try rule.bool("optional") ?? true,
            line: node.mark.line
        )
        do throws(LabelProgram.Flaw) {
            _ = try LabelProgram(self)
        } catch {
            throw TopologyError(
                .configuration,
                "label rule \(number) (\(key)): \(error.message)",
                file: file,
                line: line
            )
        }
    }
}

extension LabelSource {
    fileprivate static let keys = ["sysfs", "file", "envFile", "hostname", "const", "dmi"]

    fileprivate init(_ from: StrictMapping) throws(TopologyError) {
        guard let source = from.onlyKey else {
            throw from.error("`from` takes exactly one source: \(Self.keys.joined(separator: ", "))")
        }
        switch source {
        case "sysfs": self = .sysfs(try from.requiredText(source).withoutPrefix("/").withoutPrefix("sys/"))
        case "file": self = .file(try from.absolutePath(source))
        case "const": self = .const(try from.requiredText(source))
        case "dmi": self = .dmi(try from.requiredText(source))
        case "hostname":
            guard try from.bool(source) == true else { throw from.error("write `hostname: true`", key: source) }
            self = .hostname
        default:
            let file = try StrictMapping(
                from.required("envFile"),
                of: "`envFile`",
                keys: ["path", "key"],
                file: from.file
            )
            self = .envFile(path: try file.absolutePath("path"), key: try file.requiredText("key"))
        }
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

    fileprivate func reduction() throws(TopologyError) -> LabelReduction {
        guard let text = try text("reduce") else { return .allEqual }
        guard let reduction = LabelReduction(rawValue: text) else {
            let names = LabelReduction.allCases.map(\.rawValue).joined(separator: ", ")
            throw error("`\(text)` is not a way to reduce: use one of \(names)", key: "reduce")
        }
        return reduction
    }

    /// A path from the root of the host, without its leading slash.
    fileprivate func absolutePath(_ key: String) throws(TopologyError) -> String {
        let path = try requiredText(key)
        guard path.hasPrefix("/") else { throw error("`\(path)` must be an absolute path", key: key) }
        return path.withoutPrefix("/")
    }
}

extension String {
    fileprivate func withoutPrefix(_ prefix: String) -> String {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
    }
}
