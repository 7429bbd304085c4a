public import AtollModel

/// Something worth telling: a log line, or a reason to look at an object again.
public enum Note: Equatable, Sendable {
    case hostRegistered(HostID, address: String, devices: Int)
    case hostRefused(HostID, Refusal.Code, peer: String)
    case hostLost(HostID, evidence: String)
    case hostDisconnected(HostID, reason: String)
    /// By policy, for a finding.
    case hostCordoned(HostID, reason: String)
    /// What its pods sat on is free.
    case podLeaseExpired(HostID, evidence: String)
    case jobSetEvent(ObjectName, JobSetEvent)
    /// A JobSet got its islands and hosts.
    case placed(ObjectName, islands: Int, pods: Int)
    case waiting(ObjectName, reason: String)
    /// Watchers of this object should be shown it again.
    case changed(ObjectReference, AdminReply.Change)
}

/// Names one object of those that can be listed.
public enum ObjectReference: Hashable, Sendable {
    case jobSet(ObjectName)
    case job(ObjectName)
    case pod(PodID)
    case host(HostID)
    case volumeClaim(ObjectName)
}

/// One event of a JobSet, as `atollctl describe` and `get events` show it.
public struct JobSetEvent: Equatable, Sendable, Codable {
    public enum Kind: String, Sendable, Codable { case normal = "Normal", warning = "Warning" }

    public var kind: Kind
    public var reason: String
    public var message: String
    public var at: Timestamp
    /// How many times in a row the same event came; the first counts.
    public var count: UInt32

    public init(kind: Kind, reason: String, message: String, at: Timestamp, count: UInt32 = 1) {
        self.kind = kind
        self.reason = reason
        self.message = message
        self.at = at
        self.count = count
    }
}
