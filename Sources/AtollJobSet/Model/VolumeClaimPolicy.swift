public import AtollModel
public import AtollYAML

/// Claims that are made with a JobSet, and what becomes of them after it. Source: KEP-572 of JobSet, semantics of a.9.
public struct VolumeClaimPolicy: Equatable, Sendable {
    /// What happens to the claims, and to what is in them, when the JobSet is deleted.
    public enum Retention: String, CaseIterable, Sendable { case delete = "Delete", retain = "Retain" }

    public var templates: [VolumeClaimTemplate]
    public var whenDeleted: Retention

    public init(templates: [VolumeClaimTemplate], whenDeleted: Retention = .delete) {
        self.templates = templates
        self.whenDeleted = whenDeleted
    }
}

/// What one claim is made from; all pods of the JobSet that mount it share it.
public struct VolumeClaimTemplate: Equatable, Sendable {
    /// Also the name of the volume that containers mount.
    public var name: String
    public var labels: Labels
    public var annotations: Labels
    /// The `PersistentVolumeClaimSpec` as written, without places, keys in order.
    public var spec: YAMLNode

    public init(name: String, labels: Labels = [:], annotations: Labels = [:], spec: YAMLNode = .map([])) {
        self.name = name
        self.labels = labels
        self.annotations = annotations
        self.spec = spec
    }
}

extension JobSet {
    /// `<template>-<jobset>`, in the JobSet's namespace.
    public func claimName(_ template: VolumeClaimTemplate) -> ObjectName {
        ObjectName(namespace: metadata.name.namespace, name: "\(template.name)-\(metadata.name.name)")
    }
}

extension PodTemplate {
    /// True when some container or init container mounts the volume.
    public func mounts(_ volume: String) -> Bool {
        (initContainers + containers).contains { $0.spec.mounts.contains { $0.volume == volume } }
    }
}
