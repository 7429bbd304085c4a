/// Writes block-style YAML. Recursive: the depth is that of the node, which parsing has bounded.
struct YAMLWriter {
    private(set) var text = ""

    mutating func writeDocument(_ node: YAMLNode) {
        switch node.content {
        case .mapping(let pairs) where !pairs.isEmpty: write(pairs, indent: 0)
        case .sequence(let items) where !items.isEmpty: write(items, indent: 0)
        default: writeInline(node, indent: 0)
        }
    }

    /// The cursor is where the first key belongs; every further key starts its own line.
    private mutating func write(_ pairs: [YAMLPair], indent: Int) {
        for (index, pair) in pairs.enumerated() {
            if index > 0 { margin(indent) }
            text += YAMLScalarStyle.quotedIfNeeded(pair.key) + ":"
            switch pair.value.content {
            case .mapping(let pairs) where !pairs.isEmpty:
                text += "\n"
                margin(indent + 2)
                write(pairs, indent: indent + 2)
            case .sequence(let items) where !items.isEmpty:
                text += "\n"
                margin(indent)
                write(items, indent: indent)
            default:
                text += " "
                writeInline(pair.value, indent: indent)
            }
        }
    }

    private mutating func write(_ items: [YAMLNode], indent: Int) {
        for (index, item) in items.enumerated() {
            if index > 0 { margin(indent) }
            text += "- "
            switch item.content {
            case .mapping(let pairs) where !pairs.isEmpty: write(pairs, indent: indent + 2)
            case .sequence(let items) where !items.isEmpty: write(items, indent: indent + 2)
            default: writeInline(item, indent: indent)
            }
        }
    }

    /// A scalar or an empty collection, and the end of its line.
    private mutating func writeInline(_ node: YAMLNode, indent: Int) {
        switch node.content {
        case .sequence: text += "[]\n"
        case .mapping: text += "{}\n"
        case .scalar(let scalar, let isPlain):
            if isPlain, YAMLScalarKind(plain: scalar) != .text {
                text += (scalar.isEmpty ? "null" : scalar) + "\n"
            } else if YAMLScalarStyle.fitsLiteral(scalar) {
                writeLiteral(scalar, indent: indent + 2)
            } else {
                text += YAMLScalarStyle.quotedIfNeeded(scalar) + "\n"
            }
        }
    }

    private mutating func writeLiteral(_ scalar: String, indent: Int) {
        let lines = scalar.split(separator: "\n", omittingEmptySubsequences: false)
        let endsInNewline = lines.last?.isEmpty == true
        let keepsMore = endsInNewline && lines.dropLast().last?.isEmpty == true
        text += keepsMore ? "|+\n" : endsInNewline ? "|\n" : "|-\n"
        for line in endsInNewline ? lines.dropLast() : lines[...] {
            if !line.isEmpty { margin(indent) }
            text += line + "\n"
        }
    }

    private mutating func margin(_ width: Int) { text += String(repeating: " ", count: width) }
}
