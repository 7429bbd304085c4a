import AtollModel

/// The agent's side of its connection to a coordinator.
///
///     idle       -> connecting
///     connecting -> greeting | waiting
///     greeting   -> welcomed | waiting
///     welcomed   -> waiting
///     waiting    -> connecting
///     (any)      -> closed
struct AgentSession: Equatable, Sendable {
    enum State: Equatable, Sendable {
        /// Before `started`.
        case idle
        case connecting(deadline: Instant)
        /// The hello is sent, its answer not yet here.
        case greeting(deadline: Instant)
        case welcomed(Welcome, since: Instant, nextHeartbeat: Instant)
        case waiting(until: Instant)
        /// The agent is stopping.
        case closed
    }

    /// How long a coordinator may take to accept a connection, and then to answer the hello.
    static let answerTimeout = Duration.seconds(10)
    /// A session that lasted as long as this was a success, so the back-off starts anew after it. A coordinator that
    /// welcomes and drops us in a loop is not called on faster and faster.
    static let settledAfter = Backoff.ceiling

    private(set) var state = State.idle
    private var backoff: Backoff
    /// Position of the coordinator to call next.
    private var coordinator = 0
    private let coordinatorCount: Int

    init(coordinatorCount: Int, random: SplitMix64) {
        precondition(coordinatorCount > 0, "an agent needs the address of at least one coordinator")
        self.coordinatorCount = coordinatorCount
        backoff = Backoff(random: random)
    }

    /// The hello is sent and its answer awaited.
    var isGreeting: Bool {
        if case .greeting = state { true } else { false }
    }

    var isWelcomed: Bool {
        if case .welcomed = state { true } else { false }
    }

    /// When `timerFired` has something to do; nil when nothing is due.
    var deadline: Instant? {
        switch state {
        case .idle, .closed: nil
        case .connecting(let deadline), .greeting(let deadline): deadline
        case .welcomed(_, _, let nextHeartbeat): nextHeartbeat
        case .waiting(let until): until
        }
    }

    mutating func started(at now: Instant, into effects: inout AgentEffects) {
        guard state == .idle else { return }
        connect(at: now, into: &effects)
    }

    mutating func connected(hello: Hello, at now: Instant, into effects: inout AgentEffects) {
        guard case .connecting = state else { return }
        state = .greeting(deadline: now.advanced(by: Self.answerTimeout))
        effects.send.append(.hello(hello))
    }

    mutating func welcomed(_ welcome: Welcome, at now: Instant, into effects: inout AgentEffects) {
        guard isGreeting else { return }
        state = .welcomed(welcome, since: now, nextHeartbeat: now.advanced(by: welcome.heartbeatPause))
        effects.notes.append(.welcomed(welcome))
    }

    mutating func refused(_ refusal: Refusal, at now: Instant, into effects: inout AgentEffects) {
        guard isGreeting else { return }
        effects.notes.append(.refused(refusal))
        giveUp(reason: "refused by the coordinator", at: now, into: &effects)
    }

    mutating func disconnected(reason: String, at now: Instant, into effects: inout AgentEffects) {
        switch state {
        case .idle, .waiting, .closed: return
        case .connecting, .greeting: break
        case .welcomed(_, let since, _):
            if now.duration(since: since) >= Self.settledAfter { backoff.reset() }
        }
        coordinator = (coordinator + 1) % coordinatorCount
        let delay = backoff.next()
        state = .waiting(until: now.advanced(by: delay))
        effects.notes.append(.disconnected(reason: reason, retryIn: delay))
    }

    /// Closes the connection ourselves and tries again later.
    mutating func giveUp(reason: String, at now: Instant, into effects: inout AgentEffects) {
        effects.connection = .close
        disconnected(reason: reason, at: now, into: &effects)
    }

    mutating func timerFired(at now: Instant, into effects: inout AgentEffects) {
        guard let deadline, deadline <= now else { return }
        switch state {
        case .idle, .closed: return
        case .waiting: connect(at: now, into: &effects)
        case .connecting: giveUp(reason: "no connection after \(Self.answerTimeout)", at: now, into: &effects)
        case .greeting: giveUp(reason: "no answer to hello after \(Self.answerTimeout)", at: now, into: &effects)
        case .welcomed(let welcome, let since, _):
            state = .welcomed(welcome, since: since, nextHeartbeat: now.advanced(by: welcome.heartbeatPause))
            effects.send.append(.heartbeat)
        }
    }

    mutating func stopping(into effects: inout AgentEffects) {
        switch state {
        case .idle, .waiting, .closed: break
        case .connecting, .greeting: effects.connection = .close
        case .welcomed:
            effects.send.append(.goodbye)
            effects.connection = .close
        }
        state = .closed
    }

    private mutating func connect(at now: Instant, into effects: inout AgentEffects) {
        state = .connecting(deadline: now.advanced(by: Self.answerTimeout))
        effects.connection = .connect(coordinator: coordinator)
    }
}

extension Welcome {
    /// `heartbeatInterval`, kept from spinning whatever a coordinator asks for.
    fileprivate var heartbeatPause: Duration { max(heartbeatInterval, .milliseconds(10)) }
}
