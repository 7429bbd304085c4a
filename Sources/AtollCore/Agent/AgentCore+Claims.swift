import AtollModel

/// Claims whose folders the coordinator wants deleted.
extension AgentCore {
    /// When `timerFired` has something to do.
    var nextDeadline: Instant? { [session.deadline, removals.deadline].compactMap(\.self).min() }

    mutating func timerFired(at now: Instant, into effects: inout AgentEffects) {
        session.timerFired(at: now, into: &effects)
        removeNextClaim(at: now, into: &effects)
    }

    mutating func claimRemovalEnded(
        _ uid: ObjectUID,
        _ isGone: Bool,
        at now: Instant,
        into effects: inout AgentEffects
    ) {
        let isNews = removals.ended(uid, isGone: isGone, at: now)
        removeNextClaim(at: now, into: &effects)
        guard isNews, session.isWelcomed else { return }
        effects.send.append(.status(status(complete: false, [], [uid])))
    }

    /// Takes over which claims are to be removed; returns those of which nothing is left.
    mutating func remove(_ claims: [VolumeClaimID], at now: Instant, into effects: inout AgentEffects) -> [ObjectUID] {
        removals.want(claims)
        removeNextClaim(at: now, into: &effects)
        return removals.reports
    }

    private mutating func removeNextClaim(at now: Instant, into effects: inout AgentEffects) {
        effects.removal = removals.next(at: now) ?? effects.removal
    }
}
