public import AtollJobSet
public import AtollModel
import AtollYAML

extension FieldProblem {
    /// The problem as an administrator's client is told.
    public var cause: AdminFailure.Cause {
        AdminFailure.Cause(
            field: path,
            message: message,
            line: UInt32(clamping: mark.line),
            column: UInt32(clamping: mark.column)
        )
    }
}
