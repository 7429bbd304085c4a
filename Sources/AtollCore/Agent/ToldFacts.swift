import AtollModel

/// What the coordinator of this connection has been told of the host, so that from then on it is told what changes.
struct ToldFacts: Equatable, Sendable {
    private var facts: HostFacts
    private var changeCount: UInt64 = 0
    private let takesChanges: Bool

    /// - Parameter takesChanges: false for a coordinator that has to be told the whole each time.
    init(_ facts: HostFacts, takesChanges: Bool) {
        self.facts = facts
        self.takesChanges = takesChanges
    }

    /// What to send; nil when nothing is different.
    mutating func update(to now: HostFacts) -> AgentSend? {
        guard now != facts else { return nil }
        defer { facts = now }
        guard takesChanges else { return .facts(now) }
        changeCount += 1
        return .change(HostChange(from: facts, to: now, number: changeCount))
    }
}
