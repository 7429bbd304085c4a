import AtollModel

/// One probe of a running container: when it is due, and what its outcomes so far amount to. Source: the kubelet's prober.
struct ProbeState: Equatable, Sendable {
    enum Verdict: Equatable, Sendable {
        /// Neither threshold was reached yet.
        case unknown
        case succeeded
        case failed
    }

    /// Whatever the manifest asks for: nothing probes in a loop without a pause.
    static let periodMin = Duration.milliseconds(10)

    let probe: Probe
    let purpose: ActionRun.Purpose
    private(set) var verdict = Verdict.unknown
    /// Nil between two runs.
    private(set) var running: ActionState?
    private var due: Instant
    /// The last outcome, and how many in a row were like it.
    private var hasSucceeded = false
    private var streak: UInt32 = 0

    /// - Parameter start: the container's.
    init(_ probe: Probe, _ purpose: ActionRun.Purpose, start: Instant) {
        self.probe = probe
        self.purpose = purpose
        due = start.advanced(by: probe.initialDelay)
    }

    /// When it begins, or when its run is over.
    var deadline: Instant? { running.map(\.deadline) ?? due }

    func isDue(at now: Instant) -> Bool { running == nil && due <= now }

    mutating func begin(_ number: UInt64, container: Int, at now: Instant, into effects: inout PodEffects) {
        let run = ActionRun(container: container, purpose: purpose, number: number)
        let state = ActionState(probe.action, as: run, timeout: probe.timeout, at: now)
        if state.isOutside { effects.actions.append(.run(run, probe.action)) }
        running = state
        due = now.advanced(by: max(probe.period, Self.periodMin))
    }

    /// The run's outcome. A failed liveness or startup probe is not run again: its container goes.
    mutating func finished(succeeded: Bool) {
        running = nil
        streak = succeeded != hasSucceeded ? 1 : streak == .max ? .max : streak + 1
        hasSucceeded = succeeded
        let threshold = succeeded ? probe.successThreshold : probe.failureThreshold
        if streak >= threshold { verdict = succeeded ? .succeeded : .failed }
    }
}
