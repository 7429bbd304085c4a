import AtollModel

/// Hosts whose pods end by themselves when no coordinator answers them: who may renew that lease, and when what the pods
/// sat on is free without anybody's word (I4).
///
/// Let `L` be a host's pod lease. Its pods end at `sent + L` on its clock, where `sent` is when it sent the newest hello
/// or heartbeat that was answered. Nobody can have answered it later than `renewed`, the later of
///
/// - when this coordinator last heard the host: what it answered it had heard, and that had been sent before;
/// - `L / 4` after this coordinator started. Until then a predecessor that does not know of its end may have answered:
///   every answer leaves only after a commit that was asked for at most `L / 4` before it (`askForProof`), and none of
///   the predecessor's commits succeeds once its store is ours. How long it was paused in between does not matter.
///
/// So the pods have ended at `renewed + L`. Added to it are 1 % of `L`, for two clocks that do not run alike, and
/// `podLeaseMargin`, for supervisors: they look every 5 s whether the lease was shortened, and take a moment to kill.
///
/// `L` itself is agreed on: an agent obeys the shorter of its own and the one that the answer names, and that one is on
/// disk before the answer leaves, where a successor finds it. See `PodLease` for the agent's side.
extension CoordinatorCore {
    /// An answer rests on a commit no older than its host's pod lease divided by this.
    private static let proofsPerLease = 4
    /// Two clocks differ by less than one part in so many.
    private static let clockAccuracy = 100

    mutating func answer(
        _ heartbeat: Heartbeat,
        slot: Int,
        session: SessionID,
        at now: Instant,
        into effects: inout Effects
    ) {
        let lease = cluster.inventory[slot].facts.podLease
        if heartbeat.sent != 0 { askForProof(of: lease, at: now) }
        effects.send.append(.heartbeat(session, Heartbeat(sent: heartbeat.sent, podLease: lease)))
    }

    /// Has this turn write something, unless a recent one did: a coordinator whose store has been taken over renews
    /// nothing any more, since what it answers never leaves.
    mutating func askForProof(of lease: Duration?, at now: Instant) {
        guard let lease else { return }
        if let provedAt, now.duration(since: provedAt) < lease / Self.proofsPerLease { return }
        provedAt = now
        isProofDue = true
    }

    /// Looks again when the pods of a host that is being given up have ended, if they do so by themselves.
    mutating func armPodLease(_ slot: Int) {
        let end = endOfPods(on: cluster.inventory[slot])
        cluster.inventory.update(slot) { $0.opensAt = end }
        if let end { cluster.agenda.add(.podLease(slot: slot), at: end) }
    }

    private func endOfPods(on host: HostState) -> Instant? {
        // What a backup says of a lease may be older than the lease.
        guard let lease = host.facts.podLease, !host.isUnverified, let started = cluster.startedAt else { return nil }
        let renewed = max(host.lastHeard ?? started, started.advanced(by: lease / Self.proofsPerLease))
        return renewed.advanced(by: lease + lease / Self.clockAccuracy + cluster.policy.podLeaseMargin)
    }

    mutating func podLeaseIsDue(_ slot: Int, at now: Instant, into effects: inout Effects) {
        let host = cluster.inventory[slot]
        guard case .lost(let since, _) = host.link, let opensAt = host.opensAt, opensAt <= now,
            let silentSince = host.lastHeard ?? cluster.startedAt
        else { return }
        let silence = now.duration(since: silentSince).components.seconds
        let evidence = "LeaseExpired: silent for \(silence) s, its pods ended by themselves"
        cluster.inventory.update(slot) {
            $0.link = .lost(since: since, evidence: evidence)
            $0.opensAt = nil
        }
        effects.notes.append(.podLeaseExpired(host.id, evidence: evidence))
        effects.notes.append(.changed(.host(host.id), .modified))
        endPods(on: slot, message: "\(host.id) \(evidence)", at: now, into: &effects)
    }
}
