import AtollYAML

/// The forms in which one host is shown, by the names that command lines give them.
public enum TopologyFormat: String, CaseIterable, Sendable {
    /// For people, at most 80 columns.
    case tree
    /// For people: who is how near to whom.
    case matrix
    /// For programs; see `HostTopology.document`.
    case json, yaml
    /// For Graphviz.
    case dot
    /// A picture that needs nothing else.
    case svg
}

extension HostTopology {
    /// The host in one of the forms, as text that ends in a newline.
    ///
    /// - Parameter labels: what the island rules gave.
    public func rendered(as format: TopologyFormat, labels report: LabelReport) -> String {
        switch format {
        case .tree: text(labels: report)
        case .matrix: matrixText()
        case .json: document(labels: report).jsonText(pretty: true)
        case .yaml: document(labels: report).yamlText
        case .dot: dot(labels: report)
        case .svg: svg(labels: report)
        }
    }
}
