/// The versions of the wire protocol that one side speaks, both ends included.
public struct VersionRange: Equatable, Sendable {
    public var oldest: UInt32
    public var newest: UInt32

    public init(oldest: UInt32, newest: UInt32) {
        self.oldest = oldest
        self.newest = newest
    }

    /// The newest version that both speak; nil when there is none.
    public func agreed(with other: VersionRange) -> UInt32? {
        let version = min(newest, other.newest)
        return version >= max(oldest, other.oldest) ? version : nil
    }

    /// What this release speaks.
    public static let current = VersionRange(oldest: 1, newest: 1)
}

/// The first frame of every connection, from the side that connected.
public struct Hello: Equatable, Sendable {
    public enum Role: Equatable, Sendable {
        case agent(AgentHello)
        case admin
    }

    public var versions: VersionRange
    /// The software's own version, for people: `0.1.0`.
    public var software: String
    public var role: Role

    public init(versions: VersionRange = .current, software: String, role: Role) {
        self.versions = versions
        self.software = software
        self.role = role
    }
}

public struct AgentHello: Equatable, Sendable {
    public var host: HostID
    public var address: String
    public var bootID: String
    /// Drawn anew by each agent installation and kept in its state folder: tells a reconnecting agent from a second
    /// one that uses the same host name.
    public var instance: ObjectUID
    /// The highest epoch this agent has ever obeyed; 0 before the first.
    public var highestEpoch: Epoch
    /// False for an agent of a release before there was `TopologyRead`.
    public var answersTopologyReads: Bool
    /// False for an agent of a release before there was `PeerList`.
    public var readsPeerLists: Bool

    public init(
        host: HostID,
        address: String,
        bootID: String,
        instance: ObjectUID,
        highestEpoch: Epoch,
        answersTopologyReads: Bool = false,
        readsPeerLists: Bool = false
    ) {
        self.host = host
        self.address = address
        self.bootID = bootID
        self.instance = instance
        self.highestEpoch = highestEpoch
        self.answersTopologyReads = answersTopologyReads
        self.readsPeerLists = readsPeerLists
    }
}

/// The coordinator's answer to `Hello`; after a refusal it closes the connection.
public enum HelloReply: Equatable, Sendable {
    case accepted(Welcome)
    case refused(Refusal)
}

public struct Welcome: Equatable, Sendable {
    public var version: UInt32
    public var software: String
    public var epoch: Epoch
    public var heartbeatInterval: Duration
    /// A host that stays silent longer than this is lost.
    public var lease: Duration
    /// False for a coordinator of a release before there were pod leases.
    public var renewsPodLeases: Bool
    /// The pod lease that the coordinator counts with for this host; nil for none.
    public var podLease: Duration?
    /// False for a coordinator of a release before there was `HostChange`, which is told the whole each time.
    public var takesHostChanges: Bool

    public init(
        version: UInt32,
        software: String,
        epoch: Epoch,
        heartbeatInterval: Duration,
        lease: Duration,
        renewsPodLeases: Bool = false,
        podLease: Duration? = nil,
        takesHostChanges: Bool = false
    ) {
        self.version = version
        self.software = software
        self.epoch = epoch
        self.heartbeatInterval = heartbeatInterval
        self.lease = lease
        self.renewsPodLeases = renewsPodLeases
        self.podLease = podLease
        self.takesHostChanges = takesHostChanges
    }
}

/// A sign of life from an agent, or the coordinator's answer to one.
public struct Heartbeat: Equatable, Sendable {
    /// What the agent's clock (`CLOCK_BOOTTIME`, nanoseconds) showed when it sent this; the answer repeats it. 0 where
    /// there is no pod lease to renew.
    public var sent: Int64
    /// In an answer: the pod lease that the coordinator counts with for this host; nil for none.
    public var podLease: Duration?

    public init(sent: Int64 = 0, podLease: Duration? = nil) {
        self.sent = sent
        self.podLease = podLease
    }
}

public struct Refusal: Equatable, Sendable {
    public enum Code: String, CaseIterable, Sendable {
        case versionUnsupported, hostNameTaken, hostNameInvalid, staleCoordinator, overloaded
    }

    public var code: Code
    /// What is wrong and what to do about it.
    public var message: String

    public init(code: Code, message: String) {
        self.code = code
        self.message = message
    }
}
