import AtollModel

/// Findings while a host is read: the most severe first, each once, bounded in number and length whatever the tree
/// holds.
struct Findings {
    static let countMax = 64
    static let messageMax = 240
    static let subjectMax = 64

    private var found: [Finding] = []
    private var known: Set<Finding> = []

    /// Text that came from the host is cut and made printable here.
    mutating func add(_ severity: Finding.Severity, _ code: Finding.Code, subject: String, _ message: String) {
        let finding = Finding(
            severity,
            code,
            subject: subject.printable(max: Self.subjectMax),
            message: message.printable(max: Self.messageMax)
        )
        if known.insert(finding).inserted { found.append(finding) }
    }

    /// By severity, then by code, then by subject; those of equal rank in the order in which they were added.
    var all: [Finding] {
        let sorted = found.sorted { left, right in
            if left.severity != right.severity { return left.severity > right.severity }
            return left.code != right.code ? left.code < right.code : left.subject < right.subject
        }
        return Array(sorted.prefix(Self.countMax))
    }
}
