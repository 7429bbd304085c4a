import AtollCore

/// Holds back what must not leave the process before it is durable: the contract of `Effects`, as a value.
///
/// One commit is written at a time. Everything that arrives meanwhile, with or without something to persist, waits in
/// order behind it and rides in the next one: what is sent later may rest on what was decided earlier.
struct CommitPipeline: Equatable, Sendable {
    private var isCommitting = false
    /// Released when the commit in flight is durable.
    private var inFlight: [Release] = []
    /// Not yet given to the store.
    private var waiting: [StoreChange] = []
    private var waitingReleases: [Release] = []

    /// What leaves once everything before it is durable.
    enum Release: Equatable, Sendable {
        case send(Send)
        case note(Note)
    }

    /// What the shell has to do now.
    struct Step: Equatable, Sendable {
        var release: [Release] = []
        /// To be committed; empty: nothing to commit now.
        var commit: [StoreChange] = []
    }

    /// Changes that no commit has taken yet.
    var backlog: Int { waiting.count }

    mutating func add(_ effects: Effects) -> Step {
        waiting += effects.persist
        waitingReleases += effects.send.map { .send($0) } + effects.notes.map { .note($0) }
        return isCommitting ? Step() : next(releasing: [])
    }

    /// The commit in flight is durable.
    mutating func committed() -> Step {
        precondition(isCommitting, "a commit ended that was not begun")
        isCommitting = false
        let released = inFlight
        inFlight = []
        return next(releasing: released)
    }

    private mutating func next(releasing released: [Release]) -> Step {
        let releases = waitingReleases
        waitingReleases = []
        guard !waiting.isEmpty else { return Step(release: released + releases) }
        let commit = waiting
        waiting = []
        isCommitting = true
        inFlight = releases
        return Step(release: released, commit: commit)
    }
}
