import AtollYAML

/// Compares a document with the tables of fields: names, types, required fields, fixed choices, and what Atoll does
/// not honour. What passes can be decoded without further questions of shape.
struct SchemaCheck {
    private(set) var findings: Findings

    init(_ findings: Findings) { self.findings = findings }

    mutating func check(_ node: YAMLNode, _ table: FieldTable, at path: FieldPath = FieldPath()) {
        guard let pairs = node.pairs else { return mistyped(node, "a mapping", at: path) }
        for pair in pairs where !findings.isFull {
            let here = path.field(pair.key)
            if let field = table[pair.key] {
                check(pair.value, field, at: here)
            } else {
                let suggestion = table.nearestName(to: pair.key).map { "; did you mean \($0)?" } ?? ""
                findings.refuse(here, "unknown field of \(table.title)\(suggestion)")
            }
        }
        for field in table.fields where field.isRequired && node.value(field.name) == nil {
            findings.refuse(path.field(field.name), "Required value")
        }
    }

    private mutating func check(_ value: YAMLNode, _ field: Field, at path: FieldPath) {
        if value.isNull { return }
        switch field.treatment {
        case .honoured, .accepted: break
        case .ignored(let reason): findings.ignore(path, reason)
        case .refused(let reason):
            if !value.saysNothing { findings.refuse(path, "not supported: \(reason)") }
            return
        }
        check(value, field.type, at: path)
    }

    private mutating func check(_ value: YAMLNode, _ type: FieldType, at path: FieldPath) {
        switch type {
        case .any: break
        case .text: checkText(value, at: path)
        case .integerOrText: if value.string == nil { checkInteger(value, Self.int32, bits: 32, at: path) }
        case .boolean: if value.bool == nil { mistyped(value, "true or false", at: path) }
        case .int32(let minimum): checkInteger(value, Int(minimum)...Int(Int32.max), bits: 32, at: path)
        case .int64(let minimum): checkInteger(value, Int(minimum)...Int.max, bits: 64, at: path)
        case .choice(let words, let refused): checkChoice(value, words, refused, at: path)
        case .texts:
            checkItems(value, at: path) { check, item, path in check.checkText(item, at: path) }
        case .int32s(let countMax):
            checkItems(value, at: path) { check, item, path in
                check.checkInteger(item, Self.int32, bits: 32, at: path)
            }
            checkCount(value, countMax, at: path)
        case .textMap:
            checkEntries(value, at: path) { check, item, path in check.checkText(item, at: path) }
        case .quantity: checkQuantity(value, at: path)
        case .quantities:
            checkEntries(value, at: path) { check, item, path in check.checkQuantity(item, at: path) }
        case .object(let table): check(value, table, at: path)
        case .objects(let table, let countMax, let key):
            checkItems(value, at: path) { check, item, path in check.check(item, table, at: path) }
            checkCount(value, countMax, at: path)
            if let key { checkUnique(value, key, at: path) }
        }
    }

    private static let int32 = Int(Int32.min)...Int(Int32.max)

    private mutating func checkText(_ value: YAMLNode, at path: FieldPath) {
        if value.string == nil { mistyped(value, "text", at: path) }
    }

    private mutating func checkQuantity(_ value: YAMLNode, at path: FieldPath) {
        if value.scalarText == nil || value.isNull || value.bool != nil { mistyped(value, "a quantity", at: path) }
    }

    private mutating func checkInteger(_ value: YAMLNode, _ range: ClosedRange<Int>, bits: Int, at path: FieldPath) {
        guard case .integer(let integer) = value.scalarKind else { return mistyped(value, "an integer", at: path) }
        let text = value.scalarText ?? ""
        guard let integer, integer <= range.upperBound, integer >= range.lowerBound || range.lowerBound >= 0 else {
            return findings.refuse(path, "Invalid value: \(text): does not fit \(bits) bits")
        }
        if integer < range.lowerBound {
            findings.refuse(path, "Invalid value: \(text): should be greater than or equal to \(range.lowerBound)")
        }
    }

    private mutating func checkChoice(
        _ value: YAMLNode,
        _ words: [String],
        _ refused: [String: String],
        at path: FieldPath
    ) {
        guard let word = value.string else { return mistyped(value, "text", at: path) }
        if let reason = refused[word] {
            findings.refuse(path, "not supported: \(reason)")
        } else if !words.contains(word) {
            let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
            findings.refuse(path, "Unsupported value: \"\(word)\": supported values: \(list)")
        }
    }

    private mutating func checkItems(
        _ value: YAMLNode,
        at path: FieldPath,
        checkOne: (inout SchemaCheck, YAMLNode, FieldPath) -> Void
    ) {
        guard let items = value.items else { return mistyped(value, "a list", at: path) }
        for (index, item) in items.enumerated() { checkOne(&self, item, path.index(index)) }
    }

    private mutating func checkEntries(
        _ value: YAMLNode,
        at path: FieldPath,
        checkOne: (inout SchemaCheck, YAMLNode, FieldPath) -> Void
    ) {
        guard let pairs = value.pairs else { return mistyped(value, "a mapping", at: path) }
        for pair in pairs { checkOne(&self, pair.value, path.key(pair.key)) }
    }

    private mutating func checkCount(_ value: YAMLNode, _ countMax: Int, at path: FieldPath) {
        guard let count = value.items?.count, count > countMax else { return }
        findings.refuse(path, "Too many: \(count): must have at most \(countMax) items")
    }

    private mutating func checkUnique(_ value: YAMLNode, _ key: String, at path: FieldPath) {
        var seen: Set<String> = []
        for (index, item) in (value.items ?? []).enumerated() {
            guard let name = item[key]?.string, !seen.insert(name).inserted else { continue }
            findings.refuse(path.index(index), "Duplicate value: {\"\(key)\":\"\(name)\"}")
        }
    }

    private mutating func mistyped(_ value: YAMLNode, _ expected: String, at path: FieldPath) {
        var message = "expected \(expected), found \(value.kindText)"
        if expected == "text", let text = value.scalarText { message += "; write it in quotes: \"\(text)\"" }
        findings.refuse(path, message)
    }
}

extension YAMLNode {
    /// The value under a key; nil as well when it is null, which means the same.
    func value(_ key: String) -> YAMLNode? {
        guard let value = self[key], !value.isNull else { return nil }
        return value
    }

    /// Whether a field that holds this might as well be absent.
    fileprivate var saysNothing: Bool {
        bool == false || items?.isEmpty == true || pairs?.isEmpty == true
    }

    fileprivate var kindText: String {
        switch scalarKind {
        case nil: items == nil ? "a mapping" : "a list"
        case .null: "nothing"
        case .boolean: "the boolean \(scalarText ?? "")"
        case .integer, .float: "the number \(scalarText ?? "")"
        case .text: "the text \"\((scalarText ?? "").prefix(60))\""
        }
    }
}
