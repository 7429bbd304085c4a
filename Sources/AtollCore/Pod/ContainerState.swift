import AtollModel

/// One container of a pod, over all of its lives.
///
///     waiting    -> running
///     running    -> waiting | backingOff | ended
///     backingOff -> waiting | running
///     ended      -> waiting
struct ContainerState: Equatable, Sendable {
    enum Role: Equatable, Sendable {
        /// Ends before what comes after it begins.
        case initial
        /// An init container that runs for as long as the pod does, and does not decide how that ends.
        case sidecar
        case regular
    }

    enum Phase: Equatable, Sendable {
        /// Its turn has not come.
        case waiting
        case running(RunningContainer)
        case backingOff(until: Instant)
        /// And is not started again, unless all are.
        case ended
    }

    let spec: ContainerSpec
    let role: Role
    /// Its own, or else the pod's.
    let policy: RestartPolicy
    var phase = Phase.waiting
    /// Since the pod's containers began, so that a sidecar that is restarted holds up nothing.
    var hasStartedUp = false
    /// Why it waits to be started again; nil where nothing failed.
    var lastFailure: ContainerEnd?
    var backoff = RestartBackoff()
    /// See `RunningContainer.lastRun`.
    var lastRun: UInt64 = 0

    init(_ spec: ContainerSpec, isInit: Bool, podPolicy: RestartPolicy) {
        self.spec = spec
        role = !isInit ? .regular : spec.restartPolicy == .always ? .sidecar : .initial
        let policy = spec.restartPolicy ?? podPolicy
        // An init container that has succeeded is done, whatever the pod's policy. Source: Kubernetes, "Init Containers".
        self.policy = role == .initial && policy == .always ? .onFailure : policy
    }

    var running: RunningContainer? { if case .running(let running) = phase { running } else { nil } }

    /// As if it had never been started, but for its back-off.
    mutating func reset() {
        phase = .waiting
        hasStartedUp = false
        lastFailure = nil
    }

    /// What becomes of the container by its own rules and policy.
    func consequence(of end: ContainerEnd) -> RestartConsequence {
        if let code = end.code, let rule = spec.restartRules.first(where: { $0.matches(code) }) {
            return rule.action == .restart ? .restart : .restartAll
        }
        if role == .sidecar { return .restart }
        switch policy {
        case .always: return .restart
        case .onFailure: return end.isFailure ? .restart : .succeed
        case .never: return end.isFailure ? .fail : .succeed
        }
    }
}

enum RestartConsequence: Equatable, Sendable {
    case succeed
    case fail
    case restart
    case restartAll
}

/// How one life of a container ended.
struct ContainerEnd: Equatable, Sendable {
    var cause: PodExit.Cause
    /// What it was stopped for although its pod went on, a clause; empty for one that ended by itself.
    var reason = ""

    /// One that was stopped for a failed probe has failed, however it went.
    var isFailure: Bool { cause != .exited(code: 0) || !reason.isEmpty }

    var code: Int32? { cause.code }

    /// What a pod that fails by it ended with: a success would be believed.
    var failureCause: PodExit.Cause { cause == .exited(code: 0) ? .signaled(Signal.terminate) : cause }
}

/// Numbers of signal(7), the same on every Linux that Atoll runs on.
enum Signal {
    static let kill: Int32 = 9
    static let terminate: Int32 = 15
}
