import AtollModel

/// A probe or hook that runs.
struct ActionState: Equatable, Sendable {
    let run: ActionRun
    /// When it ends by itself; nil for one that is waited for however long it takes.
    let deadline: Instant?
    /// What its outcome is then: a timeout is a failure, the end of a sleep is not.
    let succeedsAtDeadline: Bool
    /// False for a sleep, which is counted here and needs nobody to run it.
    let isOutside: Bool

    init(_ action: ContainerAction, as run: ActionRun, timeout: Duration?, at now: Instant) {
        self.run = run
        if case .sleep(let duration) = action {
            isOutside = false
            succeedsAtDeadline = timeout.map { duration <= $0 } ?? true
            deadline = now.advanced(by: min(duration, timeout ?? duration))
        } else {
            isOutside = true
            succeedsAtDeadline = false
            deadline = timeout.map { now.advanced(by: $0) }
        }
    }

    func isOver(at now: Instant) -> Bool { deadline.map { $0 <= now } ?? false }

    func abandon(into effects: inout PodEffects) { if isOutside { effects.actions.append(.abandon(run)) } }
}
