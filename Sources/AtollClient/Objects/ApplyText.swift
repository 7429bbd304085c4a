public import AtollModel

/// What `atollctl apply` says.
public enum ApplyText {
    /// `jobset.jobset.x-k8s.io/multislice created`
    public static func line(_ result: ApplyResult, isDryRun: Bool) -> String {
        "\(ResourceName.text(of: result)) \(result.action.rawValue)\(isDryRun ? " (dry run)" : "")"
    }

    /// One line for each cause, `FILE:LINE:COLUMN: FIELD: MESSAGE`, without the parts that are unknown.
    public static func lines(_ failure: AdminFailure, source: String) -> [String] {
        failure.causes.map { cause in
            var place = source
            if cause.line > 0 { place += ":\(cause.line)" }
            if cause.line > 0, cause.column > 0 { place += ":\(cause.column)" }
            return ([place, cause.field, cause.message].filter { !$0.isEmpty }).joined(separator: ": ").printable
        }
    }
}
