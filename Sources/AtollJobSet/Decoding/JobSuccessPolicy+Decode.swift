import AtollYAML

extension JobSuccessPolicy {
    /// - Parameter completions: all indexes are below this.
    init(_ node: YAMLNode, completions: Int32?, at path: FieldPath, _ findings: inout Findings) {
        let limit = completions.map(Int.init) ?? .max
        var rules: [Rule] = []
        for (index, item) in node.list("rules").enumerated() {
            let path = path.field("rules").index(index).field("succeededIndexes")
            let indexes = item.text("succeededIndexes").map { IndexIntervals($0, below: limit, at: path, &findings) }
            rules.append(Rule(succeededIndexes: indexes, succeededCount: item.int32("succeededCount")))
        }
        self.init(rules: rules)
    }
}

extension IndexIntervals {
    /// Empty, which no text gives, if it is refused.
    fileprivate init(_ text: String, below limit: Int, at path: FieldPath, _ findings: inout Findings) {
        guard text.utf8.count <= 65_536 else {
            self.init([])
            findings.refuse(path, "Too long: may not be more than 65536 bytes")
            return
        }
        do throws(ParseError) {
            try self.init(parsing: text, below: limit)
        } catch {
            self.init([])
            findings.refuse(path, value: text, "error parsing succeededIndexes: \(error.message)")
        }
    }
}
