public import AtollYAML

/// Why a manifest is refused: one field and what is wrong with it.
public struct FieldProblem: Equatable, Sendable, CustomStringConvertible {
    /// `spec.replicatedJobs[0].template.spec.backoffLimit`; empty when it is about the whole.
    public var path: String
    /// What is wrong and, where it is not plain, what to do instead; no full stop.
    public var message: String
    /// The field in the text, or what should hold it; line 0 when there is no text.
    public var mark: YAMLMark

    public init(path: String, message: String, mark: YAMLMark = YAMLMark()) {
        self.path = path
        self.message = message
        self.mark = mark
    }

    public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
