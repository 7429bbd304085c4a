/// How many findings there are of each severity.
public struct FindingCounts: Equatable, Sendable {
    public var errors, warnings, notices: UInt64

    public init(errors: UInt64 = 0, warnings: UInt64 = 0, notices: UInt64 = 0) {
        self.errors = errors
        self.warnings = warnings
        self.notices = notices
    }

    public init(_ findings: some Sequence<Finding>) {
        self.init()
        for finding in findings { add(finding.severity) }
    }

    public mutating func add(_ severity: Finding.Severity) {
        switch severity {
        case .error: errors += 1
        case .warning: warnings += 1
        case .notice: notices += 1
        }
    }

    public subscript(severity: Finding.Severity) -> UInt64 {
        switch severity {
        case .error: errors
        case .warning: warnings
        case .notice: notices
        }
    }

    public static func + (left: FindingCounts, right: FindingCounts) -> FindingCounts {
        FindingCounts(
            errors: left.errors + right.errors,
            warnings: left.warnings + right.warnings,
            notices: left.notices + right.notices
        )
    }

    public var isEmpty: Bool { self == FindingCounts() }
}

extension FindingCounts: CustomStringConvertible {
    /// `1 error, 2 warnings`; empty without any.
    public var description: String {
        Finding.Severity.allCases.reversed().filter { self[$0] > 0 }
            .map { "\(self[$0]) \($0.rawValue)\(self[$0] == 1 ? "" : "s")" }
            .joined(separator: ", ")
    }
}
