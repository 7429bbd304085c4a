import AtollModel

/// Who has ever mounted which claim, as their launch plans say.
struct ClaimTable {
    /// The JobSet whose pod was the first to mount it, by the claim's uid: the one that made it.
    private(set) var makers: [ObjectUID: ObjectUID] = [:]
    private var hosts: [ObjectUID: Set<HostID>] = [:]

    mutating func mounted(_ plan: PodPlan, host: Int) {
        for claim in plan.claims {
            makers[claim.uid] = makers[claim.uid] ?? plan.launch.jobSetUID
            hosts[claim.uid, default: []].insert(plan.host)
        }
    }

    func wasMounted(_ claim: ObjectUID, onAnyOf others: Set<HostID>) -> Bool {
        !(hosts[claim] ?? []).isDisjoint(with: others)
    }
}
