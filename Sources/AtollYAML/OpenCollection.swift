/// A finished node with what it costs when an alias repeats it.
struct MeasuredNode {
    var node: YAMLNode
    var nodes: Int
    var bytes: Int
    /// Collections nested in it, itself included; 0 for a scalar.
    var depth: Int

    init(scalar: YAMLNode, bytes: Int) {
        node = scalar
        nodes = 1
        self.bytes = bytes
        depth = 0
    }

    fileprivate init(node: YAMLNode, nodes: Int, bytes: Int, depth: Int) {
        self.node = node
        self.nodes = nodes
        self.bytes = bytes
        self.depth = depth
    }
}

/// A sequence or mapping whose end has not been read.
struct OpenCollection {
    enum Kind { case sequence, mapping }

    let kind: Kind
    let anchor: String?
    let mark: YAMLMark
    private var items: [YAMLNode] = []
    private var pairs: [YAMLPair] = []
    private var pendingKey: (text: String, mark: YAMLMark)?
    private var keys: [String: YAMLMark] = [:]
    private var nodes = 1
    private var bytes = 0
    private var depth = 1

    init(kind: Kind, anchor: String?, mark: YAMLMark) {
        self.kind = kind
        self.anchor = anchor
        self.mark = mark
    }

    /// The whole collection, once its end has been read.
    var node: MeasuredNode {
        let content: YAMLNode.Content = kind == .sequence ? .sequence(items) : .mapping(pairs)
        return MeasuredNode(node: YAMLNode(content, mark: mark), nodes: nodes, bytes: bytes, depth: depth)
    }

    var awaitsKey: Bool { kind == .mapping && pendingKey == nil }

    func refuseAsKey(at mark: YAMLMark) throws(YAMLError) {
        if awaitsKey { throw YAMLError("a key must be text, not a list or a mapping", at: mark) }
    }

    mutating func append(_ child: MeasuredNode, at mark: YAMLMark) throws(YAMLError) {
        nodes += child.nodes
        bytes += child.bytes
        depth = max(depth, child.depth + 1)
        switch (kind, pendingKey) {
        case (.sequence, _): items.append(child.node)
        case (.mapping, nil): pendingKey = try key(child.node, at: mark)
        case (.mapping, let key?):
            pairs.append(YAMLPair(key: key.text, keyMark: key.mark, value: child.node))
            pendingKey = nil
        }
    }

    private mutating func key(_ node: YAMLNode, at mark: YAMLMark) throws(YAMLError) -> (text: String, mark: YAMLMark) {
        guard let text = node.scalarText else {
            throw YAMLError("a key must be text, not a list or a mapping", at: mark)
        }
        if let first = keys.updateValue(mark, forKey: text) {
            throw YAMLError("key \"\(text)\" is there twice, first in line \(first.line)", at: mark)
        }
        return (text, mark)
    }
}
