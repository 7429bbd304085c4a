import AtollModel

/// The folders of volume claims: on a file system that all hosts share, or on a disk of each host.
struct ClaimFolders {
    /// Where a folder is: the host's number, or -1 for a file system that all share.
    struct Place: Comparable {
        var host: Int
        var claim: ObjectName

        static func < (left: Place, right: Place) -> Bool { (left.host, left.claim) < (right.host, right.claim) }
    }

    private let isShared: Bool
    /// By the uid in the folder's marker.
    private(set) var uids: SortedMap<Place, ObjectUID> = [:]

    init(isShared: Bool) { self.isShared = isShared }

    /// Of the folder that a host sees under a claim's name.
    subscript(claim: ObjectName, host: Int) -> ObjectUID? {
        get { uids[Place(host: isShared ? -1 : host, claim: claim)] }
        set { uids[Place(host: isShared ? -1 : host, claim: claim)] = newValue }
    }
}

extension PodPlan {
    /// Claims that the pod's containers may mount.
    var claims: [VolumeClaimID] {
        launch.volumes.compactMap { volume in
            if case .claim(let claim) = volume.source { claim } else { nil }
        }
    }
}
