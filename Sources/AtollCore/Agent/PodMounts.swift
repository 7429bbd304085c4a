import AtollModel

extension PodEnvironment {
    /// What one container sees of a volume.
    public struct Mount: Equatable, Sendable {
        /// Name of the volume, for messages.
        public var volume: String
        /// Where the volume is on the host; absolute.
        public var source: String
        /// A path in the volume, mounted in place of the whole; empty for all of it.
        public var subPath: String
        /// Where the container sees it; absolute.
        public var path: String
        public var isReadOnly: Bool
    }

    /// The mounts of a container, outer ones before those inside them. What names no volume is left out.
    ///
    /// - Parameters:
    ///   - folder: the pod's folder, absolute.
    ///   - claims: the folder of all claims, absolute; nil for a host that has none.
    static func mounts(of container: ContainerSpec, in launch: JobLaunch, folder: String, claims: String?) -> [Mount] {
        let mounts = container.mounts.compactMap { mount -> Mount? in
            guard let volume = launch.volumes.first(where: { $0.name == mount.volume }),
                let source = volume.path(folder: folder, claims: claims)
            else { return nil }
            return Mount(
                volume: mount.volume,
                source: source,
                subPath: mount.subPath,
                path: mount.path,
                isReadOnly: mount.isReadOnly
            )
        }
        let depths = mounts.map { $0.path.split(separator: "/").count }
        return mounts.indices.sorted { (depths[$0], $0) < (depths[$1], $1) }.map { mounts[$0] }
    }
}

extension PodVolume {
    /// Where it is on a host, for a pod with this folder; nil for a claim where the host has no folder for claims.
    func path(folder: String, claims: String?) -> String? {
        switch source {
        case .emptyDirectory: "\(folder)/volumes/\(name)"
        case .hostPath(let path, _): path
        case .claim(let claim): claims.map { "\($0)/\(claim.name.namespace)/\(claim.name.name)" }
        }
    }
}
