public import AtollModel

/// A person's word that nothing new may be placed on a host, kept until it is taken back: through restarts of the host,
/// its agent and the coordinator.
public struct Cordon: Equatable, Sendable, Codable {
    /// For those who come after; may be empty.
    public var reason: String
    public var since: Timestamp

    public init(reason: String, since: Timestamp) {
        self.reason = reason
        self.since = since
    }
}
