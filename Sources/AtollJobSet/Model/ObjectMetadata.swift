public import AtollModel

/// `metadata` of a Kubernetes-shaped object.
public struct ObjectMetadata: Equatable, Sendable {
    public var name: ObjectName
    /// Empty until the coordinator has accepted the object.
    public var uid: ObjectUID
    /// Changes with every write; 0 before the first.
    public var resourceVersion: UInt64
    /// Grows with every change of `spec`.
    public var generation: Int64
    public var creationTimestamp: Timestamp?
    /// When deletion was asked for; the object goes once its pods are gone.
    public var deletionTimestamp: Timestamp?
    public var labels: Labels
    public var annotations: Labels

    public init(
        name: ObjectName,
        uid: ObjectUID = ObjectUID(""),
        resourceVersion: UInt64 = 0,
        generation: Int64 = 0,
        creationTimestamp: Timestamp? = nil,
        deletionTimestamp: Timestamp? = nil,
        labels: Labels = [:],
        annotations: Labels = [:]
    ) {
        self.name = name
        self.uid = uid
        self.resourceVersion = resourceVersion
        self.generation = generation
        self.creationTimestamp = creationTimestamp
        self.deletionTimestamp = deletionTimestamp
        self.labels = labels
        self.annotations = annotations
    }
}
