import AtollCore
import AtollModel

/// What supervisors and agents do with the folders of claims.
extension SimWorld {
    /// Makes the folders that a pod mounts. False when one of them belongs to another claim: the pod does not start, and
    /// a person who reads why clears it away.
    mutating func mountClaims(of plan: PodPlan, on host: Int) -> Bool {
        // Also where the pod does not start: some of its folders have been made by then.
        checker.claims.mounted(plan, host: host)
        for claim in plan.claims {
            let found = claimFolders[claim.name, host]
            guard found == nil || found == claim.uid else {
                claimFolders[claim.name, host] = nil
                return false
            }
            claimFolders[claim.name, host] = claim.uid
        }
        return true
    }

    /// A process of its own deletes the folder, whatever becomes of the agent.
    mutating func remove(_ claim: VolumeClaimID, on host: Int) {
        let removal = SimEvent.claimRemoved(host: host, boot: hosts[host].boot, agent: hosts[host].agentNumber, claim)
        schedule(removal, after: claimChance.nanoseconds(ms: 0...2_000))
    }

    mutating func claimRemoved(_ claim: VolumeClaimID, on host: Int, boot: Int, agent: Int) {
        guard hosts[host].boot == boot, hosts[host].isUp else { return }
        let again = SimEvent.claimRemoved(host: host, boot: boot, agent: agent, claim)
        if isStalled(host, puttingOff: again) { return }
        // The file system may be away for a while.
        let isGone = !(isFaulty && claimChance.percent(20))
        if isGone { deleteData(of: claim, on: host) }
        guard hosts[host].agentNumber == agent else { return }
        tell(host, .claimRemovalEnded(claim.uid, isGone: isGone))
    }

    private mutating func deleteData(of claim: VolumeClaimID, on host: Int) {
        guard claimFolders[claim.name, host] == claim.uid else { return }
        trace.note(at: now, "host \(host): the data of \(claim.name) are deleted")
        claimFolders[claim.name, host] = nil
        checker.claimDataDeleted(claim, host: host, in: self)
    }

    /// Planted: the folders of a pod's claims go with its own.
    mutating func deleteClaims(of plan: PodPlan, on host: Int) {
        for claim in plan.claims { deleteData(of: claim, on: host) }
    }
}
