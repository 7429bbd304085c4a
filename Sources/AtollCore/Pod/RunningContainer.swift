import AtollModel

/// One container while its first process runs: what looks after it, and how it is brought to its end.
///
/// After its start comes postStart, then the startup probe; once both have succeeded, or are not there, it has *started
/// up*, and its readiness and liveness probes begin. A failed hook or probe stops it, as the pod can: preStop, SIGTERM,
/// and SIGKILL when the grace period is over, all within it.
struct RunningContainer: Equatable, Sendable {
    struct Stop: Equatable, Sendable {
        var deadline: Instant
        /// Nil once SIGTERM is sent.
        var preStop: ActionState?
        var isKilled = false
    }

    let start: Instant
    private(set) var isStartedUp = false
    private(set) var stop: Stop?
    /// Why it is stopped although its pod goes on, a clause; empty where that is not so.
    private(set) var failure = ""
    /// The number of the last run of a probe or hook.
    private(set) var lastRun: UInt64
    private let index: Int
    private let spec: ContainerSpec
    /// The pod's.
    private let grace: Duration
    private var postStart: ActionState?
    /// Those that are run now: the startup probe, or later the two others.
    private var probes: [ProbeState] = []

    init(
        _ index: Int,
        _ spec: ContainerSpec,
        grace: Duration,
        lastRun: UInt64,
        at now: Instant,
        into effects: inout PodEffects
    ) {
        self.index = index
        self.spec = spec
        self.grace = grace
        self.lastRun = lastRun
        start = now
        effects.actions.append(.start(container: index))
        if let action = spec.postStart {
            postStart = begin(action, .postStart, at: now, into: &effects)
        } else {
            postStartDone()
        }
    }

    var isReady: Bool {
        isStartedUp && stop == nil
            && probes.allSatisfy { $0.purpose != .readinessProbe || $0.verdict == .succeeded }
    }

    /// When `tick` has something to do; nil for never.
    var deadline: Instant? {
        if let stop {
            guard !stop.isKilled else { return nil }
            return [stop.deadline, stop.preStop?.deadline].compactMap(\.self).min()
        }
        return (probes.map(\.deadline) + [postStart?.deadline]).compactMap(\.self).min()
    }

    /// Does what is due.
    mutating func tick(at now: Instant, into effects: inout PodEffects) {
        if let postStart, postStart.isOver(at: now) { finish(postStart, at: now, into: &effects) }
        for position in probes.indices where stop == nil && position < probes.count {
            if let run = probes[position].running, run.isOver(at: now) { finish(run, at: now, into: &effects) }
        }
        for position in probes.indices where stop == nil && probes[position].isDue(at: now) {
            lastRun += 1
            probes[position].begin(lastRun, container: index, at: now, into: &effects)
        }
        if let preStop = stop?.preStop, preStop.isOver(at: now) { finish(preStop, at: now, into: &effects) }
        killIfDue(at: now, into: &effects)
    }

    /// The outcome of a run; of one that is not awaited it changes nothing.
    mutating func finished(_ run: ActionRun, succeeded: Bool, at now: Instant, into effects: inout PodEffects) {
        if postStart?.run == run {
            postStart = nil
            succeeded ? postStartDone() : fail("its postStart hook failed", grace, at: now, into: &effects)
        } else if stop?.preStop?.run == run {
            terminate(into: &effects)
        } else if let position = probes.firstIndex(where: { $0.running?.run == run }) {
            probes[position].finished(succeeded: succeeded)
            judge(probes[position], at: now, into: &effects)
        }
    }

    /// It ends: nothing of what was awaited is any more.
    mutating func abandonAll(into effects: inout PodEffects) {
        for run in [postStart, stop?.preStop] + probes.map(\.running) { run?.abandon(into: &effects) }
        postStart = nil
        stop?.preStop = nil
        probes = []
    }
}

// MARK: Starting up

extension RunningContainer {
    private mutating func begin(
        _ action: ContainerAction,
        _ purpose: ActionRun.Purpose,
        at now: Instant,
        into effects: inout PodEffects
    ) -> ActionState {
        lastRun += 1
        let run = ActionRun(container: index, purpose: purpose, number: lastRun)
        let state = ActionState(action, as: run, timeout: nil, at: now)
        if state.isOutside { effects.actions.append(.run(run, action)) }
        return state
    }

    private mutating func postStartDone() {
        if let probe = spec.startupProbe {
            probes = [ProbeState(probe, .startupProbe, start: start)]
        } else {
            startedUp()
        }
    }

    private mutating func startedUp() {
        isStartedUp = true
        probes = []
        if let probe = spec.readinessProbe { probes.append(ProbeState(probe, .readinessProbe, start: start)) }
        if let probe = spec.livenessProbe { probes.append(ProbeState(probe, .livenessProbe, start: start)) }
    }

    private mutating func judge(_ state: ProbeState, at now: Instant, into effects: inout PodEffects) {
        let grace = state.probe.terminationGrace ?? grace
        switch (state.purpose, state.verdict) {
        case (.startupProbe, .succeeded): startedUp()
        case (.startupProbe, .failed): fail("its startup probe failed", grace, at: now, into: &effects)
        case (.livenessProbe, .failed): fail("its liveness probe failed", grace, at: now, into: &effects)
        default: break
        }
    }

    private mutating func finish(_ state: ActionState, at now: Instant, into effects: inout PodEffects) {
        if !state.succeedsAtDeadline { state.abandon(into: &effects) }
        finished(state.run, succeeded: state.succeedsAtDeadline, at: now, into: &effects)
    }

    private mutating func fail(
        _ reason: String,
        _ grace: Duration,
        at now: Instant,
        into effects: inout PodEffects
    ) {
        failure = reason
        stop(by: now.advanced(by: grace), at: now, into: &effects)
    }
}

// MARK: Stopping

extension RunningContainer {
    /// Again with an earlier deadline it has less time left.
    mutating func stop(by deadline: Instant, at now: Instant, into effects: inout PodEffects) {
        if let stop {
            self.stop?.deadline = min(stop.deadline, deadline)
            return killIfDue(at: now, into: &effects)
        }
        abandonAll(into: &effects)
        stop = Stop(deadline: deadline)
        if let action = spec.preStop, now < deadline {
            let preStop = begin(action, .preStop, at: now, into: &effects)
            stop?.preStop = preStop
        } else {
            terminate(into: &effects)
        }
        killIfDue(at: now, into: &effects)
    }

    private mutating func terminate(into effects: inout PodEffects) {
        stop?.preStop = nil
        effects.actions.append(.terminate(container: index))
    }

    private mutating func killIfDue(at now: Instant, into effects: inout PodEffects) {
        guard let stop, stop.deadline <= now, !stop.isKilled else { return }
        stop.preStop?.abandon(into: &effects)
        self.stop?.preStop = nil
        self.stop?.isKilled = true
        effects.actions.append(.kill(container: index))
    }
}
