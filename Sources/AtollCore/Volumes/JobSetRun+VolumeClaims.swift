import AtollJobSet
import AtollModel
import AtollYAML

extension JobSet {
    /// Claims that its pods may mount: those of its own templates, and others that it names.
    var claimNames: [ObjectName] {
        let own = spec.volumeClaimPolicies.flatMap(\.templates).map { claimName($0) }
        let named = spec.replicatedJobs.flatMap { $0.template.pod.volumes.compactMap { claimName($0) } }
        return own + named.filter { !own.contains($0) }
    }

    /// The claim that a volume of a pod names; nil for another kind of volume.
    fileprivate func claimName(_ volume: PodVolume) -> ObjectName? {
        guard case .claim(let claim) = volume.source else { return nil }
        return ObjectName(namespace: metadata.name.namespace, name: claim.name.name)
    }
}

extension JobSetRun {
    private var claimTemplates: [(template: VolumeClaimTemplate, whenDeleted: VolumeClaimPolicy.Retention)] {
        spec.volumeClaimPolicies.flatMap { policy in policy.templates.map { ($0, policy.whenDeleted) } }
    }

    // MARK: Making

    /// Makes the claims that do not exist. False when one could not be made, and so nothing that comes after.
    /// Source: semantics a.9.
    mutating func makeClaims(in cluster: inout Cluster, at now: Instant) -> Bool {
        for (template, whenDeleted) in claimTemplates where cluster.volumeClaims[jobSet.claimName(template)] == nil {
            guard cluster.volumeClaims.count < cluster.limits.volumeClaims else {
                noteMissingClaims(in: &cluster, at: now)
                return false
            }
            let claim = claim(template, whenDeleted, uid: cluster.ids.uid(), at: now)
            cluster.volumeClaims.add(claim)
        }
        lacksClaims = false
        return true
    }

    private mutating func noteMissingClaims(in cluster: inout Cluster, at now: Instant) {
        cluster.volumeClaims.noteWanting(name)
        guard !lacksClaims else { return }
        lacksClaims = true
        let reason =
            "the limit of \(cluster.limits.volumeClaims) volume claims is reached; delete some that are retained"
        waiting = Waiting(since: now.wall, reason: reason)
        note(.warning, "PVCCreationFailed", reason, at: now.wall)
    }

    private func claim(
        _ template: VolumeClaimTemplate,
        _ whenDeleted: VolumeClaimPolicy.Retention,
        uid: ObjectUID,
        at now: Instant
    ) -> VolumeClaim {
        let isOwned = whenDeleted == .delete
        return VolumeClaim(
            name: jobSet.claimName(template),
            uid: uid,
            resourceVersion: 0,
            createdAt: now.wall,
            labels: template.labels.merging([JobSetKeys.jobSetName: name.name]),
            annotations: template.annotations,
            spec: template.spec.jsonText(),
            owner: isOwned ? VolumeClaim.Owner(name: name, uid: jobSet.metadata.uid) : nil
        )
    }

    // MARK: Using

    /// Volumes of a job's pods: those of its template, and the claims that some container of it mounts.
    /// Source: semantics a.9.
    func volumes(ofReplicatedJob number: Int, in claims: VolumeClaims) -> [PodVolume] {
        let pod = spec.replicatedJobs[number].template.pod
        let own = pod.volumes.map { volume in
            jobSet.claimName(volume).map { PodVolume(name: volume.name, source: .claim(id(of: $0, in: claims))) }
                ?? volume
        }
        let templates = claimTemplates.map(\.template).filter { pod.mounts($0.name) }
        return own
            + templates.map { template in
                PodVolume(name: template.name, source: .claim(id(of: jobSet.claimName(template), in: claims)))
            }
    }

    private func id(of claim: ObjectName, in claims: VolumeClaims) -> VolumeClaimID {
        VolumeClaimID(name: claim, uid: claims[claim]?.uid ?? ObjectUID(""))
    }

    /// Keeps account of the hosts on which a job's pods may make folders of claims.
    func noteMounts(at position: JobPosition, on seats: [Seat], in cluster: inout Cluster) {
        for volume in volumes(ofReplicatedJob: position.replicatedJob, in: cluster.volumeClaims) {
            guard case .claim(let claim) = volume.source else { continue }
            cluster.volumeClaims.mount(claim.name, on: seats.map(\.host))
        }
    }

    /// Claims that are its own go with it; those that are retained are left to others.
    func leaveClaims(in cluster: inout Cluster, at now: Instant) {
        let names = jobSet.claimNames
        cluster.volumeClaims.release(names, by: name)
        for claim in names where cluster.volumeClaims[claim]?.owner?.uid == jobSet.metadata.uid {
            cluster.volumeClaims.delete(claim, at: now.wall)
        }
    }
}
