import AtollYAML

/// Problems and warnings gathered while one document is read, with their places in it; so many and so long that a
/// person can read them, whatever the document holds.
struct Findings {
    static let countMax = 100
    static let bytesMax = 2000

    private(set) var problems: [FieldProblem] = []
    /// `path: ignored: reason`.
    private(set) var warnings: [String] = []
    private let document: YAMLNode

    /// Without a document the problems have no place.
    init(document: YAMLNode = .null) { self.document = document }

    var isFull: Bool { problems.count >= Self.countMax }

    mutating func refuse(_ path: FieldPath, _ message: String) {
        if isFull { return }
        let (path, mark) = (clipped("\(path)"), path.find(in: document).mark)
        problems.append(FieldProblem(path: path, message: clipped(message), mark: mark))
    }

    /// Kubernetes' form for a value that breaks a rule.
    mutating func refuse(_ path: FieldPath, value: String, _ message: String) {
        refuse(path, "Invalid value: \"\(value)\": \(message)")
    }

    /// Whether the user wrote nothing there, so that what the JobSet holds is a default.
    func isLeftOut(_ path: FieldPath) -> Bool { path.find(in: document).node == nil }

    mutating func ignore(_ path: FieldPath, _ reason: String) {
        if warnings.count < Self.countMax { warnings.append(clipped("\(path): ignored: \(reason)")) }
    }

    private func clipped(_ text: String) -> String {
        text.utf8.count <= Self.bytesMax ? text : String(text.prefix(Self.bytesMax)) + "..."
    }
}
