public import AtollModel

/// What the shell must do about an input, in this order: `persist`, then `send`, then `wake`, then `notes`.
///
/// Contract: nothing in `send` leaves the process before everything in `persist`, and everything persisted earlier,
/// is durable. Repeating any of it is harmless. Values only: ids, never a descriptor or closure.
public struct Effects: Equatable, Sendable {
    /// Changes of the store, to be committed together.
    public var persist: [StoreChange] = []
    public var send: [Send] = []
    /// When `Input.wake` is wanted next; replaces what was asked for before. Nil: no change.
    public var wake: Instant?
    /// What people and watchers are told. Never needed for correctness.
    public var notes: [Note] = []

    public init() {}

    public var isEmpty: Bool { persist.isEmpty && send.isEmpty && wake == nil && notes.isEmpty }

    /// Adds what came later; its wake replaces ours.
    public mutating func append(_ later: Effects) {
        persist += later.persist
        send += later.send
        wake = later.wake ?? wake
        notes += later.notes
    }
}

public enum Send: Equatable, Sendable {
    case hello(SessionID, HelloReply)
    case assignment(SessionID, Assignment)
    /// The answer to a heartbeat.
    case heartbeat(SessionID, Heartbeat)
    case reply(AdminTicket, AdminReply.Body)
    /// Close the connection once what was sent before has left.
    case close(SessionID, reason: String)
}

public enum StoreChange: Equatable, Sendable {
    case put(Record)
    case delete(RecordKey)
}
