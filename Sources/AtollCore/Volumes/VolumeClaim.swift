public import AtollModel

/// A volume claim: one folder below the place that each host's operator set aside, for all pods that mount it.
///
/// As it is stored. A JobSet makes it and, unless it is to be retained, takes it along when it goes.
public struct VolumeClaim: Equatable, Sendable, Codable {
    /// Whose deletion is its own.
    public struct Owner: Equatable, Sendable, Codable {
        public var name: ObjectName
        public var uid: ObjectUID

        public init(name: ObjectName, uid: ObjectUID) {
            self.name = name
            self.uid = uid
        }
    }

    public var name: ObjectName
    public var uid: ObjectUID
    public var resourceVersion: UInt64
    public var createdAt: Timestamp
    public var labels: Labels
    public var annotations: Labels
    /// The `PersistentVolumeClaimSpec` as JSON, keys in order.
    public var spec: String
    /// Nil for a claim that is retained.
    public var owner: Owner?
    /// Hosts that were told to run a pod that mounts it, so that there may be a folder of it.
    public var hosts: [HostID]
    /// When its deletion was asked for; it goes once no host has a folder of it.
    public var deletedAt: Timestamp?

    public init(
        name: ObjectName,
        uid: ObjectUID,
        resourceVersion: UInt64,
        createdAt: Timestamp,
        labels: Labels,
        annotations: Labels,
        spec: String,
        owner: Owner?,
        hosts: [HostID] = [],
        deletedAt: Timestamp? = nil
    ) {
        self.name = name
        self.uid = uid
        self.resourceVersion = resourceVersion
        self.createdAt = createdAt
        self.labels = labels
        self.annotations = annotations
        self.spec = spec
        self.owner = owner
        self.hosts = hosts
        self.deletedAt = deletedAt
    }

    public var id: VolumeClaimID { VolumeClaimID(name: name, uid: uid) }
    public var isTerminating: Bool { deletedAt != nil }
}
