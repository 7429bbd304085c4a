import AtollYAML

/// Problems and warnings gathered while one document is read, with their places in it.
struct Findings {
    private(set) var problems: [FieldProblem] = []
    /// `path: ignored: reason`.
    private(set) var warnings: [String] = []
    private let document: YAMLNode

    /// Without a document the problems have no place.
    init(document: YAMLNode = .null) { self.document = document }

    mutating func refuse(_ path: FieldPath, _ message: String) {
        problems.append(FieldProblem(path: "\(path)", message: message, mark: path.mark(in: document)))
    }

    /// Kubernetes' form for a value that breaks a rule.
    mutating func refuse(_ path: FieldPath, value: String, _ message: String) {
        refuse(path, "Invalid value: \"\(value)\": \(message)")
    }

    mutating func ignore(_ path: FieldPath, _ reason: String) { warnings.append("\(path): ignored: \(reason)") }
}
