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
        case greeting(sent: Instant, deadline: Instant)
        case welcomed(Welcomed)
        case waiting(until: Instant)
        /// The agent is stopping.
        case closed
    }

    struct Welcomed: Equatable, Sendable {
        let welcome: Welcome
        let since: Instant
        var nextHeartbeat: Instant
        /// When anything last came from the coordinator.
        var heard: Instant
    }

    /// How long a coordinator may take to accept a connection, and then to answer the hello.
    static let answerTimeout = Duration.seconds(10)
    /// A session that lasted as long as this was a success, so the back-off starts anew after it. A coordinator that
    /// welcomes and drops us in a loop is not called on faster and faster.
    static let settledAfter = Backoff.ceiling

    private(set) var state = State.idle
    /// The pod lease that heartbeats have to renew; nil for none.
    var podLease: Duration?
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
    var isGreeting: Bool { helloSent != nil }

    /// When the hello was sent that is not yet answered.
    var helloSent: Instant? {
        if case .greeting(let sent, _) = state { sent } else { nil }
    }

    var isWelcomed: Bool {
        if case .welcomed = state { true } else { false }
    }

    /// When `timerFired` has something to do; nil when nothing is due.
    var deadline: Instant? {
        switch state {
        case .idle, .closed: nil
        case .connecting(let deadline), .greeting(_, let deadline): deadline
        case .welcomed(let connection): connection.nextHeartbeat
        case .waiting(let until): until
        }
    }

    mutating func started(at now: Instant, into effects: inout AgentEffects) {
        guard state == .idle else { return }
        connect(at: now, into: &effects)
    }

    mutating func connected(hello: Hello, at now: Instant, into effects: inout AgentEffects) {
        guard case .connecting = state else { return }
        state = .greeting(sent: now, deadline: now.advanced(by: Self.answerTimeout))
        effects.send.append(.hello(hello))
    }

    mutating func welcomed(_ welcome: Welcome, at now: Instant, into effects: inout AgentEffects) {
        guard isGreeting else { return }
        let next = now.advanced(by: pause(welcome))
        state = .welcomed(Welcomed(welcome: welcome, since: now, nextHeartbeat: next, heard: now))
        effects.notes.append(.welcomed(welcome))
    }

    /// The coordinator lives: something came from it.
    mutating func heard(at now: Instant) {
        guard case .welcomed(var connection) = state else { return }
        connection.heard = now
        state = .welcomed(connection)
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
        case .welcomed(let connection):
            if now.duration(since: connection.since) >= Self.settledAfter { backoff.reset() }
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
        case .welcomed(let connection): heartbeat(connection, at: now, into: &effects)
        }
    }

    /// Says that we live, unless the coordinator seems not to: it answers each heartbeat, so a whole lease of silence
    /// means a connection that is open on our side only.
    private mutating func heartbeat(_ connection: Welcomed, at now: Instant, into effects: inout AgentEffects) {
        let silence = now.duration(since: connection.heard)
        guard silence < connection.welcome.lease else {
            return giveUp(reason: "the coordinator has been silent for \(silence)", at: now, into: &effects)
        }
        var next = connection
        next.nextHeartbeat = now.advanced(by: pause(connection.welcome))
        state = .welcomed(next)
        effects.send.append(.heartbeat(Heartbeat(sent: podLease == nil ? 0 : now.uptime)))
    }

    /// A pod lease survives the loss of an answer.
    private func pause(_ welcome: Welcome) -> Duration {
        min(welcome.heartbeatPause, podLease.map { $0 / 3 } ?? welcome.heartbeatPause)
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
