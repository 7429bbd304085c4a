public import AtollModel

/// For which findings the coordinator cordons a host by itself.
public struct CordonTrigger: Equatable, Sendable {
    /// Findings as severe as this, and worse ones; nil for none.
    public var severity: Finding.Severity?
    /// Findings of these kinds, however severe.
    public var codes: [Finding.Code]

    public init(severity: Finding.Severity? = nil, codes: [Finding.Code] = []) {
        self.severity = severity
        self.codes = codes
    }

    public static let never = CordonTrigger()

    /// What people write for one.
    public static let form = "`error`, `warning`, and codes such as `LinkNarrowed`, separated by commas"

    /// Parses that; nil for anything else.
    public init?(_ text: String) {
        self.init()
        for word in text.split(separator: ",", omittingEmptySubsequences: false) {
            switch word {
            case "error": severity = severity ?? .error
            case "warning": severity = .warning
            default:
                let isCode =
                    word.first?.isUppercase == true && word.utf8.allSatisfy { ($0 | 32) >= 97 && ($0 | 32) <= 122 }
                guard isCode else { return nil }
                codes.append(Finding.Code(rawValue: String(word)))
            }
        }
    }

    func matches(_ finding: Finding) -> Bool {
        severity.map { finding.severity >= $0 } ?? false || codes.contains(finding.code)
    }
}
