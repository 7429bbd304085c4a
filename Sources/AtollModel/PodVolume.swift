/// Storage that containers of a pod may mount.
public struct PodVolume: Equatable, Sendable, Codable {
    public enum Source: Equatable, Sendable, Codable {
        /// A folder of the pod's own, gone with the pod.
        case emptyDirectory(inMemory: Bool, sizeMax: UInt64?)
        /// A path of the host.
        case hostPath(String, HostPathType)
        /// A folder below the one that the host's operator set aside for claims.
        case claim(VolumeClaimID)
    }

    /// What has to be at a path of the host. Source: `HostPathType` of Kubernetes' v1.
    public enum HostPathType: String, CaseIterable, Sendable, Codable {
        case any = ""
        case directoryOrCreate = "DirectoryOrCreate"
        case directory = "Directory"
        case fileOrCreate = "FileOrCreate"
        case file = "File"
        case socket = "Socket"
        case characterDevice = "CharDevice"
        case blockDevice = "BlockDevice"
    }

    public var name: String
    public var source: Source

    public init(name: String, source: Source) {
        self.name = name
        self.source = source
    }
}

/// A volume claim of a JobSet: one folder for all of its pods.
public struct VolumeClaimID: Hashable, Sendable, Codable {
    public var name: ObjectName
    /// Tells a claim from an earlier one of its name; empty for a folder that somebody else looks after.
    public var uid: ObjectUID

    public init(name: ObjectName, uid: ObjectUID) {
        self.name = name
        self.uid = uid
    }
}

/// Where one container sees a volume.
public struct VolumeMount: Equatable, Sendable, Codable {
    /// Name of the volume.
    public var volume: String
    /// Absolute.
    public var path: String
    /// A path in the volume, to be seen in place of the whole; empty for all of it.
    public var subPath: String
    public var isReadOnly: Bool

    public init(volume: String, path: String, subPath: String = "", isReadOnly: Bool = false) {
        self.volume = volume
        self.path = path
        self.subPath = subPath
        self.isReadOnly = isReadOnly
    }
}
