public import AtollModel

/// `metadata` of a Kubernetes-shaped object.
public struct ObjectMetadata: Equatable, Sendable {
    /// Its name is empty until one is made from `generateName`.
    public var name: ObjectName
    /// What its name begins with, where it was not given; empty where it was.
    public var generateName: String
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
        generateName: String = "",
        uid: ObjectUID = ObjectUID(""),
        resourceVersion: UInt64 = 0,
        generation: Int64 = 0,
        creationTimestamp: Timestamp? = nil,
        deletionTimestamp: Timestamp? = nil,
        labels: Labels = [:],
        annotations: Labels = [:]
    ) {
        self.name = name
        self.generateName = generateName
        self.uid = uid
        self.resourceVersion = resourceVersion
        self.generation = generation
        self.creationTimestamp = creationTimestamp
        self.deletionTimestamp = deletionTimestamp
        self.labels = labels
        self.annotations = annotations
    }

    /// For people: before a name has been made, what it will begin with.
    public var shownName: ObjectName {
        name.name.isEmpty ? ObjectName(namespace: name.namespace, name: generateName) : name
    }
}
