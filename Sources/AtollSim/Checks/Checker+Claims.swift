import AtollCore
import AtollJobSet
import AtollModel

/// What is in a claim is there for as long as it should be, and no longer.
extension Checker {
    mutating func claimDataDeleted(_ claim: VolumeClaimID, host: Int, in world: SimWorld) {
        let what = "the data of claim \(claim.name) on host \(host) are deleted"
        if let process = processes.live.first(where: { $0.claims.contains(claim.uid) }) {
            broken(.dataKept, at: world.now, "\(what) while \(process.id) of \(process.jobName) may use them")
        }
        if world.people.claimsGivenUp.contains(claim.name) { return }
        guard let (name, whenDeleted) = world.people.claimTemplate(of: claim.name) else { return }
        if whenDeleted == .retain { broken(.dataKept, at: world.now, "\(what), which should be retained") }
        if let maker = claims.makers[claim.uid], world.store.jobSets[name]?.uid == maker {
            broken(.dataKept, at: world.now, "\(what) and its JobSet is still there")
        }
    }

    /// At the end, when no pod runs and nothing fails: what has gone has left nothing behind, but where a person has given
    /// a host up, or another machine has answered under its name: a claim goes when its hosts, known by their names, have
    /// said that nothing of it is left.
    mutating func checkClaimsLeft(in world: SimWorld) {
        for (place, uid) in world.claimFolders.uids where place.host < world.shape.hostCount {
            guard let (name, whenDeleted) = world.people.claimTemplate(of: place.claim), whenDeleted == .delete,
                let maker = claims.makers[uid], world.store.jobSets[name]?.uid != maker,
                !claims.wasMounted(uid, onAnyOf: world.people.fenced), !robbedHosts.contains(place.host)
            else { continue }
            broken(.liveness, at: world.now, "claim \(place.claim) has gone with its JobSet, and left its data behind")
        }
    }
}
