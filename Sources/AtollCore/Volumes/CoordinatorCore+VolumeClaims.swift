import AtollJobSet
import AtollModel
import AtollYAML

extension CoordinatorCore {
    // MARK: Admission

    /// A JobSet may take over a claim that exists, if it asks for the same and will leave it behind as well; one that is
    /// being deleted is nobody's. Source: semantics a.9.
    func checkClaims(of jobSet: JobSet) throws(AdminFailure) {
        for name in jobSet.claimNames {
            if let claim = cluster.volumeClaims[name] { try refuseTerminating(claim) }
        }
        var causes: [AdminFailure.Cause] = []
        for (index, policy) in jobSet.spec.volumeClaimPolicies.enumerated() {
            for (number, template) in policy.templates.enumerated() {
                guard let claim = cluster.volumeClaims[jobSet.claimName(template)] else { continue }
                let path = "spec.volumeClaimPolicies[\(index)]"
                if claim.spec != template.spec.jsonText() {
                    let message =
                        "spec does not match existing PVC \(claim.name.name) in namespace \(claim.name.namespace)"
                    causes.append(.init(field: "\(path).templates[\(number)].spec", message: message))
                }
                if policy.whenDeleted != .retain {
                    let message = "retentionPolicy must be retain when PVC exists"
                    causes.append(.init(field: "\(path).retentionPolicy.whenDeleted", message: message))
                }
            }
        }
        guard !causes.isEmpty else { return }
        let message =
            "JobSet \(jobSet.metadata.name) would take over volume claims that exist; give them other names, ask for the "
            + "same and Retain, or delete them: atollctl get pvc"
        throw AdminFailure(code: .invalid, message: message, causes: causes)
    }

    private func refuseTerminating(_ claim: VolumeClaim) throws(AdminFailure) {
        guard claim.isTerminating else { return }
        let message =
            "PersistentVolumeClaim \(claim.name) is being deleted; apply the JobSet again once it is gone: "
            + "atollctl get pvc \(claim.name.name) -n \(claim.name.namespace) -o yaml says what it waits for"
        throw AdminFailure(code: .conflict, message: message)
    }

    // MARK: Deleting

    mutating func deleteClaim(_ name: ObjectName, at now: Instant) throws(AdminFailure) {
        guard let claim = cluster.volumeClaims[name] else {
            throw AdminFailure(code: .notFound, message: "PersistentVolumeClaim \(name) does not exist")
        }
        if let user = cluster.volumeClaims.users(of: name).first, !claim.isTerminating {
            let message = "PersistentVolumeClaim \(name) is used by JobSet \(user); delete that first"
            throw AdminFailure(code: .conflict, message: message)
        }
        cluster.volumeClaims.delete(name, at: now.wall)
    }

    /// Tells hosts to delete the folders of claims that nobody uses any more.
    mutating func removeClaims() {
        for claim in cluster.volumeClaims.takeRemovable() {
            let slots = claim.hosts.compactMap { cluster.inventory.slot(of: $0) }
                .filter { !cluster.inventory[$0].isFenced }
            for slot in slots { cluster.inventory.setRemoval(claim.id, isWanted: true, slot: slot) }
            cluster.volumeClaims.beginRemoval(of: claim, on: slots.map { cluster.inventory[$0].id })
        }
    }

    /// A host has no folders of these claims.
    mutating func removedClaims(_ uids: [ObjectUID], slot: Int) {
        for uid in uids {
            guard let claim = cluster.inventory[slot].removals[uid] else { continue }
            cluster.inventory.setRemoval(claim, isWanted: false, slot: slot)
            cluster.volumeClaims.removed(uid, from: cluster.inventory[slot].id)
        }
    }

    // MARK: Saving

    /// Persists what changed, tells watchers, and lets those look again that found no room.
    mutating func saveClaims(into effects: inout Effects) {
        for name in cluster.volumeClaims.takeUnsaved() {
            guard cluster.volumeClaims[name] != nil else {
                effects.persist.append(.delete(.volumeClaim(name)))
                effects.notes.append(.changed(.volumeClaim(name), .deleted))
                for jobSet in cluster.volumeClaims.takeWanting() { stir(jobSet) }
                continue
            }
            cluster.volumeClaims.setResourceVersion(cluster.nextRevision(), of: name)
            guard let claim = cluster.volumeClaims.record(of: name) else { continue }
            effects.persist.append(.put(.volumeClaim(claim)))
            effects.notes.append(.changed(.volumeClaim(name), .modified))
        }
    }
}

extension HostState {
    /// A person has vouched that nothing of it is left, and nobody has said hello under its name since.
    fileprivate var isFenced: Bool { instance == nil && link.session == nil }
}
