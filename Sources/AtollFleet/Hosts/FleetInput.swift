public import AtollModel
public import AtollWire

/// All that can happen to a fleet. Hosts by position, from 0.
public enum FleetInput: Equatable, Sendable {
    /// The first input.
    case started
    case connected(host: Int)
    /// The connection could not be opened, or it broke. Not after `FleetEffects.Link.close` or `abandon`.
    case disconnected(host: Int, reason: String)
    case received(host: Int, Message)
    case commanded(TimedCommand)
    /// The moment of `FleetEffects.wake` has come. Early or spurious ones are harmless.
    case timerFired
    /// Every agent says goodbye. The last input.
    case stopping
}

/// What a fleet's shell must do, in the order of the members.
public struct FleetEffects: Equatable, Sendable {
    /// Deeds on hosts' connections.
    public enum Link: Equatable, Sendable {
        /// To the coordinator of this position.
        case connect(host: Int, coordinator: Int)
        case send(host: Int, Message)
        /// After what was sent has gone, or at once with a reset.
        case close(host: Int, isReset: Bool)
        /// Nothing is read any more, from this connection and those to come.
        case pause(host: Int)
        /// Reading goes on.
        case resume(host: Int)
        /// The open connection is kept as it is, and the host has none any more: its peer notices nothing.
        case abandon(host: Int)
        /// Connections that were abandoned are closed.
        case closeAbandoned(host: Int)
    }

    public var links: [Link] = []
    public var refusals: [FleetRefusal] = []
    /// When `FleetInput.timerFired` is due, in nanoseconds of the monotonic clock; nil for never.
    public var wake: Int64?

    public init() {}
}

public struct FleetRefusal: Equatable, Sendable {
    public var host: HostID
    public var refusal: Refusal
}
