/// Builds nodes from events: one stack of open collections, no recursion.
struct YAMLComposer {
    private let limits: YAMLLimits
    private var open: [OpenCollection] = []
    private var anchors: [String: MeasuredNode] = [:]
    private var nodeCount = 0
    private var byteCount = 0
    private var documents: [YAMLNode] = []

    init(limits: YAMLLimits) { self.limits = limits }

    /// All documents of the text but empty ones.
    static func compose(_ text: [UInt8], limits: YAMLLimits) throws(YAMLError) -> [YAMLNode] {
        guard text.count <= limits.bytesMax else {
            throw YAMLError("the text has \(text.count) bytes, the limit is \(limits.bytesMax)", at: YAMLMark())
        }
        var reader = try YAMLEventReader(JSONSurrogates.joined(text))
        var composer = YAMLComposer(limits: limits)
        while true {
            let event = try reader.next()
            if case .streamEnd = event.kind { return composer.documents }
            try composer.take(event)
        }
    }

    private mutating func take(_ event: YAMLEvent) throws(YAMLError) {
        switch event.kind {
        case .streamStart, .streamEnd, .documentEnd: break
        case .documentStart: anchors = [:]
        case .scalar(let text, let isPlain, let properties):
            if isPlain, text == "<<", open.last?.awaitsKey == true {
                throw YAMLError("merge keys (<<) are not supported; write the fields out", at: event.mark)
            }
            let node = try scalar(text, isPlain: isPlain, tag: properties.tag, at: event.mark)
            try add(MeasuredNode(scalar: node, bytes: text.utf8.count), anchor: properties.anchor, at: event.mark)
        case .alias(let name):
            guard let node = anchors[name] else {
                throw YAMLError("alias *\(name) has no anchor &\(name) that ends before it", at: event.mark)
            }
            try add(node, anchor: nil, at: event.mark)
        case .sequenceStart(let properties):
            try begin(.sequence, properties, standardTag: "seq", at: event.mark)
        case .mappingStart(let properties):
            try begin(.mapping, properties, standardTag: "map", at: event.mark)
        case .sequenceEnd, .mappingEnd:
            let collection = open.removeLast()
            try place(collection.node, anchor: collection.anchor, at: collection.mark)
        }
    }

    private func scalar(_ text: String, isPlain: Bool, tag: String?, at mark: YAMLMark) throws(YAMLError) -> YAMLNode {
        let mayMeanMore: Bool
        switch tag {
        case nil: mayMeanMore = isPlain
        case "!", standardTagPrefix + "str": mayMeanMore = false
        case let tag?: throw unknownTag(tag, at: mark)
        }
        let isText = !mayMeanMore || YAMLScalarKind(plain: text) == .text
        return YAMLNode(.scalar(text, isPlain: !isText), mark: mark)
    }

    private mutating func begin(
        _ kind: OpenCollection.Kind,
        _ properties: YAMLEvent.Properties,
        standardTag: String,
        at mark: YAMLMark
    ) throws(YAMLError) {
        if let tag = properties.tag, tag != standardTagPrefix + standardTag { throw unknownTag(tag, at: mark) }
        try open.last?.refuseAsKey(at: mark)
        guard open.count < limits.depthMax else {
            throw YAMLError("nested deeper than \(limits.depthMax) levels", at: mark)
        }
        try count(nodes: 1, bytes: 0, at: mark)
        open.append(OpenCollection(kind: kind, anchor: properties.anchor, mark: mark))
    }

    /// A scalar or an alias: counted whole, as if the alias' text stood there again.
    private mutating func add(_ node: MeasuredNode, anchor: String?, at mark: YAMLMark) throws(YAMLError) {
        guard open.count + node.depth <= limits.depthMax else {
            throw YAMLError("nested deeper than \(limits.depthMax) levels", at: mark)
        }
        try count(nodes: node.nodes, bytes: node.bytes, at: mark)
        try place(node, anchor: anchor, at: mark)
    }

    private mutating func place(_ node: MeasuredNode, anchor: String?, at mark: YAMLMark) throws(YAMLError) {
        if let anchor { anchors[anchor] = node }
        if open.isEmpty {
            if !node.node.isNull { documents.append(node.node) }
        } else {
            try open[open.count - 1].append(node, at: mark)
        }
    }

    private mutating func count(nodes: Int, bytes: Int, at mark: YAMLMark) throws(YAMLError) {
        nodeCount += nodes
        byteCount += bytes
        guard nodeCount <= limits.nodesMax else {
            throw YAMLError("more than \(limits.nodesMax) values, aliases expanded", at: mark)
        }
        guard byteCount <= limits.bytesMax else {
            throw YAMLError("more than \(limits.bytesMax) bytes, aliases expanded", at: mark)
        }
    }

    private func unknownTag(_ tag: String, at mark: YAMLMark) -> YAMLError {
        YAMLError("tag \(tag) is not supported; remove it, and quote the value if it is text", at: mark)
    }
}

private let standardTagPrefix = "tag:yaml.org,2002:"
