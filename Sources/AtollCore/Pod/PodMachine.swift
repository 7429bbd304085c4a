public import AtollModel

/// Everything that is decided on a host about one pod: which of its containers run, how they are looked after, and how
/// the pod ends.
///
/// Pure: inputs and the time go in, effects come out. Init containers come one after the other, sidecars among them run
/// on; then all regular containers run beside each other. A container that ends is started again if its rules or its
/// policy say so; one that fails for good fails the pod, for the others have nobody to work with. Source: Kubernetes,
/// "Pod Lifecycle"; what is restarted in place waits at a `Barrier`.
///
///     idle       -> atBarrier | running | sweeping
///     atBarrier  -> running | sweeping
///     pausing    -> running | sweeping
///     running    -> restarting | stopping | sweeping
///     restarting -> stopping | sweeping
///     stopping   -> sweeping
///     sweeping   -> atBarrier | pausing | running | ended
public struct PodMachine: Equatable, Sendable {
    enum Phase: Equatable, Sendable {
        /// Before `started`.
        case idle
        case atBarrier
        /// Nothing runs; all begins anew.
        case pausing(until: Instant)
        case running
        /// All containers are being stopped, to begin anew.
        case restarting(deadline: Instant, notBefore: Instant)
        /// All containers are being stopped for good.
        case stopping(deadline: Instant)
        /// No container runs, or none may: what is left is being killed.
        case sweeping(Sweep)
        case ended
    }

    enum Sweep: Equatable, Sendable {
        case toEnd
        case toRestart(notBefore: Instant)
    }

    /// Why the pod has failed.
    struct Decision: Equatable, Sendable {
        var cause: PodExit.Cause
        var container: String
        var message: String
    }

    var phase = Phase.idle
    var containers: [ContainerState]
    /// Nil for a pod that is not restarted in place.
    var barrier: Barrier?
    /// How often containers were started again in place, together, but for sidecars; once for all that begin anew.
    var restarts: UInt32 = 0
    let restartsMax: UInt32
    let grace: Duration
    /// The first that came decides.
    var decision: Decision?
    /// Nil unless the pod was to end at once; why, for people.
    var killMessage: String?
    private var since: Timestamp?
    private var observation: PodObservation?

    /// - Parameter attempts: of the pod's assignment; nil for a pod that is not restarted in place.
    public init(_ launch: JobLaunch, attempts: InPlaceAttempts?) {
        let policy = launch.restartPolicy
        containers =
            launch.initContainers.map { ContainerState($0, isInit: true, podPolicy: policy) }
            + launch.containers.map { ContainerState($0, isInit: false, podPolicy: policy) }
        barrier = attempts.map { Barrier($0) }
        restartsMax = launch.restartsMax
        grace = max(.zero, launch.terminationGrace)
    }

    /// The attempt in place that it has come to; nil for a pod that is not restarted in place.
    public var attempt: UInt32? { barrier?.attempt }

    /// The whole interface: one input, its effects.
    public mutating func handle(_ input: PodInput, at now: Instant, into effects: inout PodEffects) {
        guard phase != .ended else { return }
        switch input {
        case .started:
            guard phase == .idle else { return }
            since = now.wall
            begin()
        case .startFailed(let index, let message): startFailed(index, message, at: now, into: &effects)
        case .ended(let index, let cause): ended(index, cause, at: now, into: &effects)
        case .finished(let run, let succeeded): finished(run, succeeded, at: now, into: &effects)
        case .swept: swept()
        case .stopAsked: stop(at: now, into: &effects)
        case .killAsked(let message): kill(message, at: now, into: &effects)
        case .told(let attempts): told(attempts, at: now)
        case .woken: break
        }
        settle(at: now, into: &effects)
        observe(at: now, into: &effects)
        effects.wake = wake
    }

    private mutating func finished(
        _ run: ActionRun,
        _ succeeded: Bool,
        at now: Instant,
        into effects: inout PodEffects
    ) {
        update(run.container) { $0.finished(run, succeeded: succeeded, at: now, into: &effects) }
    }

    /// Of a container that runs; what others are asked for is for a life of theirs that is over.
    mutating func update(_ index: Int, _ change: (inout RunningContainer) -> Void) {
        guard containers.indices.contains(index), var running = containers[index].running else { return }
        change(&running)
        containers[index].phase = .running(running)
        containers[index].lastRun = running.lastRun
        if running.isStartedUp { containers[index].hasStartedUp = true }
    }
}

// MARK: What is seen

extension PodMachine {
    private mutating func observe(at now: Instant, into effects: inout PodEffects) {
        guard let seen = seen(at: now), seen != observation else { return }
        observation = seen
        effects.observation = seen
    }

    private func seen(at now: Instant) -> PodObservation? {
        switch phase {
        case .idle: nil
        case .atBarrier, .pausing, .running, .restarting, .sweeping(.toRestart): .running(runningPod)
        case .stopping, .sweeping(.toEnd): .stopping
        case .ended: .ended(exit(at: now))
        }
    }

    private var runningPod: RunningPod {
        var pod = RunningPod(
            since: since ?? Timestamp(nanoseconds: 0),
            isReady: isReady,
            restarts: restarts,
            attempt: barrier?.attempt
        )
        guard case .running(let last) = observation else { return pod }
        pod.revision = last.revision
        if pod != last { pod.revision += 1 }
        return pod
    }

    /// All that should run does, has started up and passes its readiness probe.
    private var isReady: Bool {
        phase == .running && containers.allSatisfy { $0.role == .initial || $0.running?.isReady ?? false }
    }

    private var wake: Instant? {
        let due = containers.lazy.compactMap(\.running?.deadline).min()
        switch phase {
        case .idle, .atBarrier, .sweeping, .ended: return nil
        case .pausing(let until): return until
        case .running:
            let backoffs = containers.lazy.compactMap { container in
                if case .backingOff(let until) = container.phase { until } else { nil }
            }
            return [due, backoffs.min()].compactMap(\.self).min()
        case .restarting(let deadline, _), .stopping(let deadline): return min(deadline, due ?? deadline)
        }
    }

    private func exit(at now: Instant) -> PodExit {
        let decision = decision ?? undecided
        return PodExit(
            cause: decision.cause,
            container: decision.container,
            at: now.wall,
            message: killMessage.map { $0.isEmpty ? decision.message : $0 } ?? decision.message
        )
    }

    /// No container failed for good: it has succeeded, or it was stopped before it could.
    private var undecided: Decision {
        let unfinished = containers.filter { $0.role != .sidecar && $0.phase != .ended }
        guard !unfinished.isEmpty else { return Decision(cause: .exited(code: 0), container: "", message: "") }
        for container in unfinished {
            guard let failure = container.lastFailure else { continue }
            return Decision(cause: failure.failureCause, container: container.spec.name, message: "")
        }
        let signal = killMessage == nil ? Signal.terminate : Signal.kill
        return Decision(cause: .signaled(signal), container: "", message: "stopped before its containers had succeeded")
    }
}
