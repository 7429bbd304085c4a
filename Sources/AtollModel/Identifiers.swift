/// The unique name of a host in the cluster, as its agent gave it: a DNS-1123 subdomain.
public struct HostID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let name: String

    public init(_ name: String) { self.name = name }

    public var description: String { name }

    public static func < (left: HostID, right: HostID) -> Bool { left.name < right.name }
}

/// One child Job object. A re-created Job (a restart of its JobSet) is a new object with a new id, as in Kubernetes.
///
/// The upper 24 bits are drawn once for each store, the lower 40 count up, so ids sort by creation and those of
/// another cluster are not mistaken for ours.
public struct JobID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    public var description: String { String(rawValue, radix: 16) }

    public static func < (left: JobID, right: JobID) -> Bool { left.rawValue < right.rawValue }
}

/// One pod: a process tree on one host. A replacement of a failed pod has the same job and index and the next
/// `replacement`.
public struct PodID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let job: JobID
    /// The completion index for Indexed jobs, a running number for NonIndexed ones.
    public let index: UInt32
    /// How many pods of this index came before this one; starts at 0.
    public let replacement: UInt32

    public init(job: JobID, index: UInt32, replacement: UInt32) {
        self.job = job
        self.index = index
        self.replacement = replacement
    }

    /// `<job>-<index>-<replacement>`, job in hexadecimal: safe as a file name.
    public var description: String { "\(job)-\(index)-\(replacement)" }

    /// Parses what `description` gives; nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let job = UInt64(parts[0], radix: 16), let index = UInt32(parts[1]),
            let replacement = UInt32(parts[2])
        else { return nil }
        self.init(job: JobID(rawValue: job), index: index, replacement: replacement)
    }

    public static func < (left: PodID, right: PodID) -> Bool {
        (left.job, left.index, left.replacement) < (right.job, right.index, right.replacement)
    }
}

/// Namespace and name of an object; `description` is `namespace/name`.
public struct ObjectName: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let namespace: String
    public let name: String

    public init(namespace: String = "default", name: String) {
        self.namespace = namespace
        self.name = name
    }

    public var description: String { "\(namespace)/\(name)" }

    public static func < (left: ObjectName, right: ObjectName) -> Bool {
        (left.namespace, left.name) < (right.namespace, right.name)
    }
}

/// The unique id of an object over time: a UUID in lower-case text, as Kubernetes shows it.
public struct ObjectUID: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let text: String

    public init(_ text: String) { self.text = text }

    public var description: String { text }

    public static func < (left: ObjectUID, right: ObjectUID) -> Bool { left.text < right.text }
}

/// The coordinator's generation: the fencing token on every assignment. Only grows.
public struct Epoch: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    public var description: String { String(rawValue) }

    public static func < (left: Epoch, right: Epoch) -> Bool { left.rawValue < right.rawValue }
}

/// The number of one host's desired set within an epoch. 0 is the empty set before the first assignment.
public struct Generation: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    public var next: Generation { Generation(rawValue + 1) }

    public var description: String { String(rawValue) }

    public static func < (left: Generation, right: Generation) -> Bool { left.rawValue < right.rawValue }
}

/// One connection of one peer to the coordinator; never reused while the coordinator process lives.
public struct SessionID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    public var description: String { String(rawValue) }

    public static func < (left: SessionID, right: SessionID) -> Bool { left.rawValue < right.rawValue }
}
